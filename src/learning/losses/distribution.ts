// Tests: test/learning/losses/neuron-terms.test.ts.
import type * as Tf from '@tensorflow/tfjs';
import { atLeastZero, positive } from '../../settings.js';
import type { NeuronTermOf } from './neuron-term.js';

/**
 * The distribution loss of binary networks (Ding et al. 2019), applied to `v − θ`. RecDis (Guo et al. 2022) follows
 * the same idea with coefficients that its authors have not published: this is not it.
 */
export interface DistributionSettings {
  kind: 'distribution';
  /** Unit of `v − θ`: half the width of the surrogate's window, above 0. Default 0.5, that of the rectangle. */
  window: number;
  /** k₁: all neurons on one side of the threshold cost from a mean of so many spreads on. Default 1. */
  degeneration: number;
  /** k₂: potentials far outside of the window cost from a spread of 1/k₂ windows on. Default 0.25. */
  saturation: number;
  /** k₃: potentials all inside of the window cost below a spread of 1/k₃ windows, where the mean is 0. Default 3. */
  mismatch: number;
}

/** The three margins that are exceeded, of mean m and spread s in windows. */
const margins = (m: number, s: number, { degeneration, saturation, mismatch }: DistributionSettings) => [
  Math.max(0, Math.abs(m) - degeneration * s),
  Math.max(0, saturation * s - 1),
  Math.max(0, 1 - Math.abs(m) - mismatch * s),
];

/** Of a layer `[|m| − k₁s]₊² + [k₂s − 1]₊² + [1 − |m| − k₃s]₊²`, m and s mean and spread of `(v − θ)/window`. */
export const distribution: NeuronTermOf<DistributionSettings> = {
  kind: 'distribution',
  fields: {
    window: positive.default(0.5),
    degeneration: atLeastZero.default(1),
    saturation: atLeastZero.default(0.25),
    mismatch: atLeastZero.default(3),
  },
  plain({ mean, spread }, settings) {
    const { window, degeneration: k1, saturation: k2, mismatch: k3 } = settings;
    const [a, b, c] = margins(mean / window, spread / window, settings);
    return {
      value: a * a + b * b + c * c,
      byMean: (2 * (a - c) * Math.sign(mean)) / window,
      bySpread: (2 * (k2 * b - k1 * a - k3 * c)) / window,
      byRate: 0,
    };
  },
  tensor(tf, { mean, spread }, { window, degeneration: k1, saturation: k2, mismatch: k3 }) {
    const [m, s] = [tf.abs(mean).div(window), spread.div(window)];
    return tf.addN([
      tf.relu(m.sub(s.mul(k1))).square(),
      tf.relu(s.mul(k2).sub(1)).square(),
      tf.relu(tf.sub(1, m).sub(s.mul(k3))).square(),
    ]) as Tf.Scalar;
  },
};
