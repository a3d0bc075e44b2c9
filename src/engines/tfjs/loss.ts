// Losses on logits over time: cross entropy of the time mean, or TET. Tests: test/engines/tfjs/ops.test.ts.
import * as tf from '@tensorflow/tfjs';
import type { LossKind, LossSettings } from '../../learning/loss.js';

/** Mean over the batch of `−log softmax(logits)[label]`. */
function crossEntropy(logits: tf.Tensor2D, oneHot: tf.Tensor2D): tf.Scalar {
  const rows = logits.shape[0];
  const loss = tf.customGrad((...args) => {
    const [z, save] = args as [tf.Tensor2D, tf.GradSaveFunc];
    const logProbability = tf.logSoftmax(z);
    save([logProbability, oneHot]); // TET's is a temporary: unsaved it would be gone before the backward pass
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor =>
      tf.exp(saved[0]).sub(saved[1]).mul(dy.div(rows));
    return {
      value: logProbability
        .mul(oneHot)
        .sum()
        .mul(-1 / rows),
      gradFunc,
    };
  });
  return loss(logits) as tf.Scalar;
}

/** Every kind of src/learning/loss.ts, from logits `[T, B, classes]` and labels `[B, classes]`. */
const losses: Record<
  LossKind,
  (logits: tf.Tensor3D, oneHot: tf.Tensor2D, settings: LossSettings) => tf.Scalar
> = {
  mean: (logits, oneHot) => crossEntropy(logits.mean(0) as tf.Tensor2D, oneHot),
  tet(logits, oneHot, { lambda, target }) {
    const [steps, batch, classes] = logits.shape;
    const flat = logits.reshape([steps * batch, classes]) as tf.Tensor2D; // [T·B, classes]
    const everyStep = crossEntropy(flat, oneHot.tile([steps, 1]));
    const pull = flat.sub(target).square().mean();
    return everyStep.mul(1 - lambda).add(pull.mul(lambda)) as tf.Scalar;
  },
};

/**
 * The classification loss.
 *
 * @param logits - `[T, B, classes]`
 * @param oneHot - `[B, classes]`
 */
export const classificationLoss = (
  logits: tf.Tensor3D,
  oneHot: tf.Tensor2D,
  settings: LossSettings,
): tf.Scalar => losses[settings.kind](logits, oneHot, settings);
