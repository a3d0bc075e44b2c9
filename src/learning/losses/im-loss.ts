// Tests: test/learning/losses/neuron-terms.test.ts.
import type * as Tf from '@tensorflow/tfjs';
import type { NeuronTermOf } from './neuron-term.js';

/** The information maximisation of IM-Loss, Guo et al. 2022: half of the neurons fire where the mean potential is the threshold. */
export interface ImLossSettings {
  kind: 'imLoss';
}

/** Of a layer `(mean (v − θ))²`. */
export const imLoss: NeuronTermOf<ImLossSettings> = {
  kind: 'imLoss',
  fields: {},
  plain: ({ mean }) => ({ value: mean * mean, byMean: 2 * mean, bySpread: 0, byRate: 0 }),
  tensor: (_tf, { mean }) => mean.square() as Tf.Scalar,
};
