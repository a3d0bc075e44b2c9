// Tests: test/learning/losses/neuron-terms.test.ts.
import type * as Tf from '@tensorflow/tfjs';
import { share } from '../../settings.js';
import type { NeuronTermOf } from './neuron-term.js';

/** A penalty on spikes, in the line of Yan et al. 2022 (BPSR). */
export interface SpikeRateSettings {
  kind: 'spikeRate';
  /** The share that should fire, in [0, 1]. Absent: the fewer the better. */
  target?: number;
}

/** Of a layer its rate r, the share that fires; with a target `(r − target)²`. */
export const spikeRate: NeuronTermOf<SpikeRateSettings> = {
  kind: 'spikeRate',
  fields: { target: share.optional() },
  plain({ rate }, { target }) {
    const none = { byMean: 0, bySpread: 0 };
    if (target === undefined) return { value: rate, byRate: 1, ...none };
    const off = rate - target;
    return { value: off * off, byRate: 2 * off, ...none };
  },
  tensor: (_tf, { rate }, { target }) =>
    target === undefined ? rate : (rate.sub(target).square() as Tf.Scalar),
};
