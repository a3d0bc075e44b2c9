// Named arrays as other programs keep them: the kinds of numbers that are read and written, little-endian.
import type { Fail } from '../fail.js';

/** Kinds of numbers, as NumPy writes them without the byte order: float32, float64, int32, int64, uint8. */
export const DTYPES = {
  f4: Float32Array,
  f8: Float64Array,
  i4: Int32Array,
  i8: BigInt64Array,
  u1: Uint8Array,
} as const;

/** One of {@link DTYPES}. */
export type Dtype = keyof typeof DTYPES;
/** The values of an array. */
export type Values = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array;

/** A dense array, row-major. */
export interface NamedArray {
  shape: number[];
  data: Values;
}

/** Arrays by name, in the order of the file. */
export type ArrayMap = Map<string, NamedArray>;

/** The most dimensions, as in NumPy 1. */
export const MOST_AXES = 32;

/** Kind of numbers of an array. */
export const dtypeOf = ({ data }: NamedArray): Dtype =>
  (Object.keys(DTYPES) as Dtype[]).find((name) => data instanceof DTYPES[name])!;

/** Bytes as numbers, copied: they may begin anywhere. As many as there are whole ones. */
export function valuesFrom(dtype: Dtype, bytes: Uint8Array): Values {
  const { buffer } = new Uint8Array(bytes);
  return new DTYPES[dtype](buffer, 0, Math.floor(bytes.length / DTYPES[dtype].BYTES_PER_ELEMENT));
}

/** Numbers as the bytes they are. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: Values): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Number of values of a shape. @throws what `fail` throws where the axes are too many, or no sizes */
export function countOf(shape: readonly number[], at: number, fail: Fail): number {
  if (shape.length > MOST_AXES) fail(at, `at most ${MOST_AXES} axes`, String(shape.length));
  const count = shape.reduce((product, n) => product * n, 1);
  if (!shape.every((n) => Number.isSafeInteger(n) && n >= 0) || !Number.isSafeInteger(count))
    fail(at, 'sizes from 0 whose product is below 2^53', `[${shape.join(', ')}]`);
  return count;
}

/**
 * The same values with the last axis fastest.
 *
 * @param strides - by axis, how far apart neighbours lie, in values
 * @param first - where the first value lies
 */
export function gathered(
  data: Values,
  shape: readonly number[],
  strides: readonly number[],
  first = 0,
): Values {
  const count = shape.reduce((product, n) => product * n, 1);
  const result = new (data.constructor as { new (length: number): Values })(count);
  const index = shape.map(() => 0);
  let from = first;
  for (let i = 0; i < count; i++) {
    result[i] = data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return result;
}

/** The strides of a dense array whose last axis is fastest. */
export function denseStrides(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}
