// Distance of a matrix's columns from orthonormal ones: the penalty of Lipschitz regularisation in plain loops, float64, and on
// tensors with its closed-form gradient.
import type * as Tf from '@tensorflow/tfjs';

/** A matrix by rows: a row for every input of a kernel, a column for every output channel. */
export interface Matrix {
  rows: number;
  columns: number;
  values: ArrayLike<number>;
}

const transposed = ({ rows, columns, values }: Matrix): Matrix => ({
  ...{ rows: columns, columns: rows },
  values: Float64Array.from(values, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]),
});

/** Weights `[out, in, kernelHeight, kernelWidth]` as the matrix M, `[in·kernelHeight·kernelWidth, out]`. */
export const matrixOf = (weights: ArrayLike<number>, out: number): Matrix =>
  transposed({ rows: out, columns: weights.length / out, values: weights });

/** The other way. */
export const weightsOf = (matrix: Matrix): Float64Array => Float64Array.from(transposed(matrix).values);

/** `MᵀM − I`, `[columns, columns]`. */
export function gramExcess({ rows, columns, values }: Matrix): Float64Array {
  const excess = new Float64Array(columns * columns);
  for (let a = 0; a < columns; a++)
    for (let b = 0; b < columns; b++) {
      let sum = a === b ? -1 : 0;
      for (let row = 0; row < rows; row++) sum += values[row * columns + a] * values[row * columns + b];
      excess[a * columns + b] = sum;
    }
  return excess;
}

const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

/** `½·‖MᵀM − I‖²`, or `½·‖MMᵀ − I‖²` where that Gram matrix is the smaller one. */
export const gramPenalty = (matrix: Matrix): number =>
  squares(gramExcess(matrix.rows < matrix.columns ? transposed(matrix) : matrix)) / 2;

/** The gradient of the penalty, `2·M·(MᵀM − I)`: the same whichever Gram matrix the penalty is taken of. */
export function gramPenaltyGradient(matrix: Matrix): Float64Array {
  const { rows, columns, values } = matrix;
  const excess = gramExcess(matrix);
  const gradient = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < columns; c++)
      for (let k = 0; k < columns; k++)
        gradient[row * columns + c] += 2 * values[row * columns + k] * excess[k * columns + c];
  return gradient;
}

/**
 * `½·‖M Mᵀ − I‖²_F` or `½·‖MᵀM − I‖²_F` over the smaller Gram matrix of a weight seen as the matrix M,
 * `[C_in·k·k, C_out]` (the transpose of the paper's W: the norm is the same).
 *
 * Gradient `2·(M Mᵀ − I)·M`. Products use explicit transposes, which TensorFlow.js wasm runs fast.
 */
export function gramPenaltyOfTensor(tf: typeof Tf, weight: Tf.Tensor): Tf.Scalar {
  const columns = weight.shape[weight.rank - 1];
  const rows = weight.size / columns;
  const penalty = tf.customGrad((...args) => {
    const [w, save] = args as [Tf.Tensor, Tf.GradSaveFunc];
    const matrix = w.reshape([rows, columns]) as Tf.Tensor2D;
    const narrow = rows <= columns ? matrix : matrix.transpose(); // fewer rows than columns
    const excess = tf.matMul(narrow, narrow.transpose()).sub(tf.eye(Math.min(rows, columns)));
    save([excess, narrow]);
    const gradFunc = (dy: Tf.Tensor, saved: Tf.Tensor[]): Tf.Tensor => {
      const gradient = tf.matMul(saved[0], saved[1]).mul(2).mul(dy);
      return (rows <= columns ? gradient : gradient.transpose()).reshape(w.shape);
    };
    return { value: excess.square().sum().mul(0.5), gradFunc };
  });
  return penalty(weight) as Tf.Scalar;
}

/** `M − beta·M·(MᵀM − I)` of a weight seen as the matrix M, in its shape; the smaller Gram matrix gives the same. */
export const gramStepOfTensor = (tf: typeof Tf, weight: Tf.Tensor, beta: number): Tf.Tensor =>
  tf.tidy(() => {
    const columns = weight.shape[weight.rank - 1];
    const rows = weight.size / columns;
    const matrix = weight.reshape([rows, columns]) as Tf.Tensor2D;
    const narrow = rows <= columns ? matrix : matrix.transpose(); // fewer rows than columns
    const excess = tf.matMul(narrow, narrow.transpose()).sub(tf.eye(Math.min(rows, columns)));
    const moved = narrow.sub(tf.matMul(excess, narrow).mul(beta));
    return (rows <= columns ? moved : moved.transpose()).reshape(weight.shape);
  });
