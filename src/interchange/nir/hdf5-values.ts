// Values of HDF5 data sets as ours: which numbers and texts are taken, and how a file is refused.
// Tests: test/interchange/nir/read.test.ts.
import type { Metadata, Module } from 'h5wasm';
import { inertText } from '../../text.js';
import type { NirArray } from './graph.js';

/** The HDF5 library. */
export type H5Module = typeof Module;

/** A file that cannot be read, said so that a DataError can be made of it on the other side of a thread. */
export class Hdf5Refusal extends Error {
  /**
   * @param found - what is wrong and where
   * @param remedy - what to do
   * @param damaged - whether the file is broken, not merely of another kind
   */
  constructor(
    readonly found: string,
    readonly remedy: string,
    readonly damaged = false,
  ) {
    super(found);
  }
}

/** Text up to its first zero. @throws Hdf5Refusal where it is not UTF-8 */
export function utf8(bytes: Uint8Array, path: string): string {
  const end = bytes.indexOf(0);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      end < 0 ? bytes : bytes.subarray(0, end),
    );
  } catch {
    throw new Hdf5Refusal(`${shown(path)} is not text in UTF-8`, 'write or copy the file again', true);
  }
}

/** Numbers of a data set as they are taken. */
export interface NumbersKind {
  dtype: NirArray['dtype'];
  values(bytes: Uint8Array, path: string): NirArray['data'];
}

const INTEGERS = {
  true: { 1: Int8Array, 2: Int16Array, 4: Int32Array, 8: BigInt64Array },
  false: { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: BigUint64Array },
} as const;

/** Numbers of a data set as they are taken, which the library has made little-endian; undefined of anything but numbers. */
export function numbersKind(
  module: H5Module,
  { type, size, signed, enum_type: names }: Metadata,
): NumbersKind | undefined {
  const { H5T_INTEGER, H5T_FLOAT, H5T_ENUM } = module.H5T_class_t;
  if (type === H5T_FLOAT.value && size === 4)
    return { dtype: 'float32', values: ({ buffer }) => new Float32Array(buffer as ArrayBuffer) };
  if (type === H5T_FLOAT.value && size === 8)
    return { dtype: 'float64', values: ({ buffer }) => new Float64Array(buffer as ArrayBuffer) };
  const isBoolean =
    type === H5T_ENUM.value && size === 1 && names?.members.FALSE === 0 && names.members.TRUE === 1;
  if (isBoolean) return { dtype: 'bool', values: (bytes) => bytes.map((byte) => Number(byte !== 0)) };
  const Integers = INTEGERS[`${signed}`][size as 1 | 2 | 4 | 8];
  if (type !== H5T_INTEGER.value || Integers === undefined) return undefined;
  return {
    dtype: 'int64',
    values({ buffer }, path) {
      const values = new Integers(buffer as ArrayBuffer);
      if (values instanceof BigUint64Array && values.some((value) => value >= 2n ** 63n))
        throw new Hdf5Refusal(`${shown(path)} has a whole number of 2^63 or more`, 'store signed integers');
      return BigInt64Array.from(values as ArrayLike<number | bigint>, BigInt);
    },
  };
}

/** A path in a message: inert and short. */
export const shown = (path: string): string => inertText(JSON.stringify(path.slice(0, 120)));
