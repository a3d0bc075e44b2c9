// All kernels of the event engine: one WebAssembly module, built twice (plain and fma).
export * from './fill';
export { listForward } from './list-forward';
export { listWeights } from './list-weights';
export { lookupForward } from './lookup-forward';
export { lookupWeights } from './lookup-weights';
export * from './planes';
export { probeMadd } from './probe';
