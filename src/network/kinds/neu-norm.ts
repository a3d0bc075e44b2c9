// Tests: test/network/layers.test.ts.
import type { Field } from '../fields.js';
import type { InhibitionKind } from '../layer.js';

/**
 * Neuron normalisation, behind a layer of spikes: an auxiliary neuron at each place adds up what the F channels there gave, and
 * is subtracted from each by a learned weight,
 *
 * `a[t] = k·a[t−1] + (1 − k)/F²·Σ_f o_f[t]`, `y_f[t] = o_f[t] − w_f·a[t]`, `a[−1] = 0`.
 *
 * What it gives is no longer 0 or 1. Wu et al., Direct training for spiking neural networks: faster, larger, better, AAAI 2019;
 * the factor of the sum follows from their k + vF = 1.
 */
export interface NeuNorm {
  type: 'neuNorm';
  name: string;
  /** Decay of the auxiliary neuron from step to step, dimensionless, in [0, 1]. */
  k: number;
}

/**
 * Neuron normalisation behind a layer of spikes; its equations stand at {@link NeuNorm}.
 *
 * Source: Wu et al., Direct training for spiking neural networks: faster, larger, better, AAAI 2019.
 *
 * @param name - unique in the network
 * @param k - decay of the auxiliary neuron from step to step, dimensionless, in [0, 1]; default 0.9
 * @returns the layer
 */
export const neuNorm = (name: string, k = 0.9): NeuNorm => ({ type: 'neuNorm', name, k });

const share: Field = {
  expected: 'a number from 0 to 1',
  holds: (value) => typeof value === 'number' && value >= 0 && value <= 1,
};

export const neuNormKind: InhibitionKind<NeuNorm> = {
  type: 'neuNorm',
  role: 'inhibition',
  fields: { k: share },
  output: (_, input) => input,
  /** `w`, `[H, W, C]`, uniform in ±1/√(H·W) at first, as SpikingJelly has it. */
  parameters: (_, [height, width, channels]) => [
    { suffix: 'w', shape: [height, width, channels], role: 'neuron', fanIn: height * width },
  ],
  words: () => 'NeuNorm',
  row: 'appended',
};
