// All kernels of the event engine: one WebAssembly module, built twice (plain and fma).
export * from './fill';
