// Spectral norms of linear maps by power iteration, and how far weights are from orthogonal.
import type { LinearMap } from './linear-map.js';
import { stream } from '../random.js';

/** A norm and how it was found. */
export interface OperatorNorm {
  /** The largest singular value, from below: power iteration never overshoots. */
  norm: number;
  iterations: number;
  /** Whether the last iteration changed the norm by less than the tolerance. */
  converged: boolean;
}

/** End of the iteration. */
export interface PowerIteration {
  /** Relative change at which the iteration ends; default 1e-5. */
  tolerance?: number;
  /** Default 500. */
  most?: number;
  /** Seed of the start vector; default 0. */
  seed?: number;
}

/**
 * The largest singular value of a map: power iteration on `AᵀA` from a random start.
 *
 * Where the two largest singular values lie close together the vector converges slowly, but the norm does not: it is
 * then between the two.
 */
export function operatorNorm(
  map: LinearMap,
  { tolerance = 1e-5, most = 500, seed = 0 }: PowerIteration = {},
): OperatorNorm {
  const random = stream(seed, 'probe', 'operator-norm');
  let x: Float64Array = Float64Array.from({ length: map.from }, () => random.normal());
  scale(x, 1 / length(x));
  let norm = 0;
  for (let iterations = 1; iterations <= most; iterations++) {
    const y = map.apply(x);
    const found = length(y);
    if (found === 0) return { norm: 0, iterations, converged: true };
    if (Math.abs(found - norm) <= tolerance * found) return { norm: found, iterations, converged: true };
    norm = found;
    x = map.adjoint(y);
    scale(x, 1 / length(x));
  }
  return { norm, iterations: most, converged: false };
}

/** Euclidean length. */
export function length(x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
  return Math.sqrt(sum);
}

function scale(x: Float64Array, factor: number): void {
  for (let i = 0; i < x.length; i++) x[i] *= factor;
}

/**
 * `‖W Wᵀ − I‖_F / √m` over the smaller Gram matrix, m its size: 0 for weights whose rows (or columns, where there are
 * fewer) are orthonormal, 1 for zero weights. What Lipschitz regularisation makes small.
 *
 * @param weight - `[rows, columns]`, row-major; kernels are viewed as `out × (in·k·k)`
 */
export function orthogonalityDistance(weight: ArrayLike<number>, rows: number, columns: number): number {
  const byRow = rows <= columns;
  const m = Math.min(rows, columns);
  const n = Math.max(rows, columns);
  const value = (i: number, j: number): number => weight[byRow ? i * columns + j : j * columns + i];
  let sum = 0;
  for (let a = 0; a < m; a++)
    for (let b = 0; b <= a; b++) {
      let product = 0;
      for (let j = 0; j < n; j++) product += value(a, j) * value(b, j);
      sum += a === b ? (product - 1) ** 2 : 2 * product ** 2;
    }
  return Math.sqrt(sum / m);
}
