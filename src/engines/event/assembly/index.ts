// All kernels of the event engine: one WebAssembly module, built twice (plain and fma).
export * from './fill';
export { listForward } from './list-forward';
export { listWeights } from './list-weights';
export { lookupForward } from './lookup-forward';
export { lookupWeights } from './lookup-weights';
export * from './planes';
export { probeMadd } from './probe';
export * from './currents';
export { denseConvolution } from './dense-convolution';
export { densePack } from './dense-pack';
export * from './dense-pool';
export { denseWeights } from './dense-weights';
export * from './mpbn';
export * from './neu-norm';
export * from './neurons';
export * from './neurons-backward-kernels'; // generated: ../surrogate-kernels.ts
export { normaliseBackward } from './normalise-backward';
export { adam, sgd } from './optimizer';
export { averageOfPlanes, averageSpikes, poolPlanes } from './pool';
export { channelSums, statistics } from './statistics';
export * from './step-norm';
export { gram, gramGradient } from './gram';
export { wide } from './wide';
export { winogradConvolution } from './winograd';
export { winogradWeights } from './winograd-weights';
