// The module of one neuron of equations, compiled by itself (../generate) and run on the same memory as the others.
export * from './described-forward';
export * from './described-backward';
