// Tests: test/norms/index.test.ts.
import { rowForSteps, type StepNorm, summedOverSteps } from './norm.js';

/**
 * `γ·x̂[t] + β` with the statistics of each step by itself and shared γ, β: what batch norm does where a network is called once a
 * step (PLIF, Fang et al. 2021; STL-SNN, Sun et al. 2023). One set of running statistics is moved T times a batch, so that
 * inference, which uses it at every step, is not what was trained.
 */
export const stepwise: StepNorm = {
  statistics: 'steps',
  running: 'shared',
  differs: false,
  parameters: ({ channels }) => [
    { suffix: 'weight', shape: [channels], role: 'scale', initial: 1 },
    { suffix: 'bias', shape: [channels], role: 'shift', initial: 0 },
  ],
  map: ({ weight, bias }, size) => ({ scale: rowForSteps(weight, size), shift: rowForSteps(bias, size) }),
  gradients: (_, size, { scale, shift }) => ({
    weight: summedOverSteps(scale, size),
    bias: summedOverSteps(shift, size),
  }),
  tensors: (tf, { weight, bias }, { steps }) => ({
    scale: tf.tile(weight.expandDims(0), [steps, 1]),
    shift: tf.tile(bias.expandDims(0), [steps, 1]),
  }),
  words: 'BN of steps',
};
