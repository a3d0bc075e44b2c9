import type * as Tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { number, settings, share } from '../../settings.js';
import { crossEntropy, logProbability, softmax } from './cross-entropy.js';
import type { LossKindOf } from './loss.js';

/** TET, Deng et al. 2022: every time step is judged by itself. */
export interface TetSettings {
  kind: 'tet';
  /** λ: weight of the pull of every logit to `target`, in [0, 1]. Default 1e-3. */
  lambda: number;
  /** Default 1. */
  target: number;
}

/** Its settings but the kind. */
export const tetFields = { lambda: share.default(1e-3), target: number.default(1) };

/** `L = (1 − λ)·mean_{t,b} CE(z[t], y) + λ·mean (z − target)²`. */
export const tet: LossKindOf<TetSettings> = {
  kind: 'tet',
  settings: settings({ kind: z.literal('tet'), ...tetFields }),
  fields: tetFields,
  plain({ steps, batch, classes, values }, _mean, labels, { lambda, target }) {
    const gradient = new Float64Array(values.length);
    let loss = 0;
    for (let i = 0; i < steps * batch; i++) {
      const row = values.subarray(i * classes, (i + 1) * classes);
      const label = labels[i % batch];
      const p = softmax(row);
      loss -= ((1 - lambda) * logProbability(row, label)) / (steps * batch);
      for (let c = 0; c < classes; c++) {
        const pull = row[c] - target;
        loss += (lambda * pull * pull) / values.length;
        gradient[i * classes + c] =
          ((1 - lambda) * (p[c] - Number(c === label))) / (steps * batch) +
          (2 * lambda * pull) / values.length;
      }
    }
    return { loss, gradient };
  },
  tensor(tf, logits, oneHot, { lambda, target }) {
    const [steps, batch, classes] = logits.shape;
    const flat = logits.reshape([steps * batch, classes]) as Tf.Tensor2D; // [T·B, classes]
    const everyStep = crossEntropy(tf, flat, oneHot.tile([steps, 1]));
    const pull = flat.sub(target).square().mean();
    return everyStep.mul(1 - lambda).add(pull.mul(lambda)) as Tf.Scalar;
  },
  shader: {
    numbers: ({ lambda, target }) => ({ LAMBDA: lambda, TARGET: target }),
    code: `
    for (var t = 0u; t < STEPS; t++) {
      let z = soften(b, t);
      own += (1.0 - LAMBDA) * (z.x + log(z.y) - logit(b, t, labels[b])) / f32(BATCH * STEPS);
      for (var c = 0u; c < CLASSES; c++) {
        let value = logit(b, t, c);
        let pull = value - TARGET;
        let off = exp(value - z.x) / z.y - select(0.0, 1.0, c == labels[b]);
        own += LAMBDA * pull * pull / f32(BATCH * STEPS * CLASSES);
        let g = (1.0 - LAMBDA) * off / f32(BATCH * STEPS) + 2.0 * LAMBDA * pull / f32(BATCH * STEPS * CLASSES);
        give(b, t, c, WEIGHT * g);
      }
    }`,
  },
};
