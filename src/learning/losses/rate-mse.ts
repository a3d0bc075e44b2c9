import type * as Tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { settings } from '../../settings.js';
import type { LossKindOf } from './loss.js';

/** Squared distance of the time mean to the one-hot label: of firing rates the loss of Fang et al. 2021 (PLIF). */
export interface RateMseSettings {
  kind: 'rateMse';
}

/**
 * `L = mean_{b,c} (z̄[b,c] − onehot(y[b])[c])²` with `z̄ = mean_t z[t]`; `∂L/∂z[t] = 2(z̄ − onehot(y)) / (B·C·T)`. Of a readout by
 * rate z̄ is the firing rate of a class, the mean of its neurons where several vote.
 */
export const rateMse: LossKindOf<RateMseSettings> = {
  kind: 'rateMse',
  settings: settings({ kind: z.literal('rateMse') }),
  fields: {},
  plain({ steps, batch, classes, values }, mean, labels) {
    const off = mean.map((value, i) => value - Number(i % classes === labels[Math.floor(i / classes)]));
    return {
      loss: off.reduce((sum, value) => sum + value * value, 0) / off.length,
      gradient: values.map((_, i) => (2 * off[i % off.length]) / (batch * classes * steps)),
    };
  },
  tensor: (_tf, logits, oneHot) => logits.mean(0).sub(oneHot).square().mean() as Tf.Scalar,
  shader: {
    numbers: () => ({}),
    code: `
    for (var c = 0u; c < CLASSES; c++) {
      let off = logit(b, STEPS, c) - select(0.0, 1.0, c == labels[b]);
      own += off * off / f32(BATCH * CLASSES);
      for (var t = 0u; t < STEPS; t++) { give(b, t, c, WEIGHT * 2.0 * off / f32(BATCH * CLASSES * STEPS)); }
    }`,
  },
};
