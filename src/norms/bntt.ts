// Tests: test/norms/index.test.ts.
import type { StepNorm } from './norm.js';

/**
 * Batch norm through time: `γ[t]·x̂[t]`, statistics, running statistics and γ of each step by itself, no shift. Kim & Panda,
 * Revisiting batch normalization for training low-latency deep spiking neural networks from scratch, 2021; their ε is 1e-4.
 */
export const bntt: StepNorm = {
  statistics: 'steps',
  running: 'steps',
  differs: true,
  parameters: ({ steps, channels }) => [
    { suffix: 'weight', shape: [steps, channels], role: 'scale', initial: 1 },
  ],
  map: ({ weight }) => ({ scale: Float64Array.from(weight), shift: new Float64Array(weight.length) }),
  gradients: (_, _size, { scale }) => ({ weight: scale.slice() }),
  tensors: (tf, { weight }) => ({ scale: weight, shift: tf.zerosLike(weight) }),
  words: 'BNTT',
};
