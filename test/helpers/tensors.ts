// Tensors for tests: seeded values, and comparison with a stated tolerance.
import type { Model } from '../../src/engines/engine.js';
import type { TensorMap } from '../../src/network/parameters.js';
import { stream } from '../../src/random.js';

/** Seeded standard normal values. */
export function normals(name: string, count: number): Float32Array {
  const { normal } = stream(1, 'probe', name, count);
  return Float32Array.from({ length: count }, normal);
}

/** Largest difference, relative to the largest expected value. */
export function worstDifference(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (got.length !== expected.length) return Infinity;
  let worst = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(got[i] - expected[i]);
    if (!(difference <= worst)) worst = difference; // a NaN stays
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  return largest === 0 ? worst : worst / largest;
}

/** The largest {@link worstDifference} of all tensors of two maps. */
export const worstOfAll = (got: TensorMap, expected: TensorMap): number =>
  Math.max(
    ...Object.keys(expected).map((name) => worstDifference(got[name]?.data ?? [], expected[name].data)),
  );

/** Weights of a model, read back. */
export const weightsOf = async (model: Model): Promise<TensorMap> => (await model.read()).weights;
