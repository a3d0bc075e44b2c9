// Cross entropy of one row of logits and of many: the basis of the losses. Tested by test/learning/losses/mean.test.ts and
// test/engines/tfjs/ops.test.ts.
import type * as Tf from '@tensorflow/tfjs';

/** `p[c] = exp z[c] / Σ exp z`. */
export function softmax(row: Float64Array): Float64Array {
  const largest = Math.max(...row);
  const powers = row.map((z) => Math.exp(z - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / sum);
}

/** `log softmax(z)[label]`. */
export function logProbability(row: Float64Array, label: number): number {
  const largest = Math.max(...row);
  return row[label] - largest - Math.log(row.reduce((sum, z) => sum + Math.exp(z - largest), 0));
}

/** Mean over the rows of `−log softmax(logits)[label]`. */
export function crossEntropy(tf: typeof Tf, logits: Tf.Tensor2D, oneHot: Tf.Tensor2D): Tf.Scalar {
  const rows = logits.shape[0];
  const loss = tf.customGrad((...args) => {
    const [z, save] = args as [Tf.Tensor2D, Tf.GradSaveFunc];
    const logProbability = tf.logSoftmax(z);
    save([logProbability, oneHot]); // TET's is a temporary: unsaved it would be gone before the backward pass
    const gradFunc = (dy: Tf.Tensor, saved: Tf.Tensor[]): Tf.Tensor =>
      tf.exp(saved[0]).sub(saved[1]).mul(dy.div(rows));
    return {
      value: logProbability
        .mul(oneHot)
        .sum()
        .mul(-1 / rows),
      gradFunc,
    };
  });
  return loss(logits) as Tf.Scalar;
}
