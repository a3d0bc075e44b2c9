// Tests: test/neurons/descriptions.test.ts.
import type { NeuronDescription } from '../equations/index.js';

/**
 * DIET-SNN: leak λ and threshold θ are learned, one each a layer; the spike's argument is v/θ − 1, the reset subtracts θ and
 * stops the gradient of the spike, not that of θ. Rathi and Roy, DIET-SNN: a low-latency spiking neural network with direct
 * input encoding and leakage and threshold optimization, IEEE TNNLS 2023. Theirs begins with thresholds taken from a trained
 * ANN and with leak 1; here both begin at a value that trains from scratch.
 */
export const diet = {
  name: 'diet',
  parameters: {
    lambda: { per: 'layer', learned: true, initial: 0.9 },
    theta: { per: 'layer', learned: true, initial: 1 },
  },
  state: { u: 0 },
  step: ['v = lambda * u + x', 'o = spike(v / theta - 1)', 'u = v - theta * detach(o)'],
  output: 'o',
} satisfies NeuronDescription;
