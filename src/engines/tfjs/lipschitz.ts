// Lipschitz regularisation on tensors: the penalty of src/learning/lipschitz.ts with its closed-form gradient.
// Tests: test/engines/tfjs/ops.test.ts.
import * as tf from '@tensorflow/tfjs';

/**
 * `½·‖M Mᵀ − I‖²_F` or `½·‖MᵀM − I‖²_F` over the smaller Gram matrix of a weight seen as the matrix M,
 * `[C_in·k·k, C_out]` (the transpose of the paper's W: the norm is the same).
 *
 * Gradient `2·(M Mᵀ − I)·M`. Products use explicit transposes, which TensorFlow.js wasm runs fast.
 */
export function gramPenalty(weight: tf.Tensor): tf.Scalar {
  const columns = weight.shape[weight.rank - 1];
  const rows = weight.size / columns;
  const penalty = tf.customGrad((...args) => {
    const [w, save] = args as [tf.Tensor, tf.GradSaveFunc];
    const matrix = w.reshape([rows, columns]) as tf.Tensor2D;
    const narrow = rows <= columns ? matrix : matrix.transpose(); // fewer rows than columns
    const excess = tf.matMul(narrow, narrow.transpose()).sub(tf.eye(Math.min(rows, columns)));
    save([excess, narrow]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor => {
      const gradient = tf.matMul(saved[0], saved[1]).mul(2).mul(dy);
      return (rows <= columns ? gradient : gradient.transpose()).reshape(w.shape);
    };
    return { value: excess.square().sum().mul(0.5), gradFunc };
  });
  return penalty(weight) as tf.Scalar;
}
