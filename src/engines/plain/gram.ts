// Lipschitz regularisation in plain loops, float64: how far the columns of a matrix are from orthonormal
// (src/learning/lipschitz.ts says what for).

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
