// Losses on logits over time: cross entropy of the time mean, or TET.
import * as tf from '@tensorflow/tfjs';
import type { LossSettings } from '../../learning/loss.js';

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

/**
 * The classification loss of `src/learning/loss.ts`.
 *
 * @param logits - `[T, B, classes]`
 * @param oneHot - `[B, classes]`
 */
export function classificationLoss(
  logits: tf.Tensor3D,
  oneHot: tf.Tensor2D,
  settings: LossSettings,
): tf.Scalar {
  const [steps, batch, classes] = logits.shape;
  if (settings.kind === 'mean') return crossEntropy(logits.mean(0) as tf.Tensor2D, oneHot);
  const flat = logits.reshape([steps * batch, classes]) as tf.Tensor2D; // [T·B, classes]
  const everyStep = crossEntropy(flat, oneHot.tile([steps, 1]));
  const pull = flat.sub(settings.target).square().mean();
  return everyStep.mul(1 - settings.lambda).add(pull.mul(settings.lambda)) as tf.Scalar;
}
