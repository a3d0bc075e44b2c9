import type * as Tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { settings } from '../../settings.js';
import { crossEntropy, logProbability, softmax } from './cross-entropy.js';
import type { LossKindOf } from './loss.js';
import { tetFields, type TetSettings } from './tet.js';

/** Cross entropy of the time mean of the logits. It ignores TET's settings, which records have beside it. */
export type MeanSettings = Omit<TetSettings, 'kind'> & { kind: 'mean' };

/** `L = −mean_b log softmax(z̄)[y]` with `z̄ = mean_t z[t]`; `∂L/∂z[t] = (softmax(z̄) − onehot(y)) / (B·T)`. */
export const mean: LossKindOf<MeanSettings> = {
  kind: 'mean',
  settings: settings({ kind: z.literal('mean'), ...tetFields }),
  fields: {},
  plain({ steps, batch, classes, values }, mean, labels) {
    const gradient = new Float64Array(values.length);
    let loss = 0;
    for (let b = 0; b < batch; b++) {
      const row = mean.subarray(b * classes, (b + 1) * classes);
      const p = softmax(row);
      loss -= logProbability(row, labels[b]) / batch;
      for (let t = 0; t < steps; t++)
        for (let c = 0; c < classes; c++)
          gradient[(t * batch + b) * classes + c] = (p[c] - Number(c === labels[b])) / (batch * steps);
    }
    return { loss, gradient };
  },
  tensor: (tf, logits, oneHot) => crossEntropy(tf, logits.mean(0) as Tf.Tensor2D, oneHot),
  shader: {
    numbers: () => ({}),
    code: `
    let z = soften(b, STEPS);
    own += (z.x + log(z.y) - logit(b, STEPS, labels[b])) / f32(BATCH);
    for (var c = 0u; c < CLASSES; c++) {
      let g = (exp(logit(b, STEPS, c) - z.x) / z.y - select(0.0, 1.0, c == labels[b])) / f32(BATCH * STEPS);
      for (var t = 0u; t < STEPS; t++) { give(b, t, c, WEIGHT * g); }
    }`,
  },
};
