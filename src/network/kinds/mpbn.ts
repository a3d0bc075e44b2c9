// Tests: test/network/layers.test.ts.
import type { NeuronKind } from '../layer.js';

/**
 * A layer of LIF neurons whose potential is batch-normalised before it is compared, by channel over B·H·W of each step by itself:
 *
 * `v[t] = tau·u[t−1] + x[t]`, `o[t] = 1 if BN(v[t]) > theta`, `u[t]` is v after the reset, not normalised.
 *
 * γ and β are shared by the steps; one set of running statistics moves T times a batch. The numbers are those of the experiment's
 * LIF. Guo et al., Membrane potential batch normalization for spiking neural networks, ICCV 2023.
 */
export interface Mpbn {
  type: 'mpbn';
  name: string;
}

/**
 * A layer of LIF neurons whose potential is normalised.
 *
 * Source: Guo et al., Membrane potential batch normalization for spiking neural networks, ICCV 2023.
 *
 * @param name - unique in the network
 * @returns the layer
 */
export const mpbn = (name: string): Mpbn => ({ type: 'mpbn', name });

export const mpbnKind: NeuronKind<Mpbn> = {
  type: 'mpbn',
  role: 'neuron',
  gives: () => 'spikes',
  states: () => 1,
  fields: {},
  output: (_, input) => input,
  movesNothing: true,
  /** `weight` is the scale γ, `bias` the shift β. */
  parameters: (_, [, , channels]) => [
    { suffix: 'weight', shape: [channels], role: 'scale' },
    { suffix: 'bias', shape: [channels], role: 'shift' },
    { suffix: 'runningMean', shape: [channels], role: 'runningMean' },
    { suffix: 'runningVariance', shape: [channels], role: 'runningVariance' },
  ],
  words: () => 'LIF with BN of its potential',
  row: 'appended',
};
