// Width of the vectors that the kernels compute with. WebAssembly's have 128 bits; V8 can join neighbouring pairs of them into one
// of 256 (its revectorization), which changes no lane and so no bit of a result. A bundler for browsers takes browser/vectors.ts in
// its place.
import { setFlagsFromString } from 'node:v8';
import { SettingsError, UnsupportedError } from '../../errors.js';
import { runtime, variable } from '../../host/process.js';

/** The widths, in bits. */
export const VECTOR_BITS = [128, 256] as const;
/** One of {@link VECTOR_BITS}. */
export type VectorBits = (typeof VECTOR_BITS)[number];

/** The Node whose V8 all kernels are tested with; on Node 22 it joins vectors in some kernels only. */
const FIRST_NODE = 24;

/**
 * The width to use: the one asked for, else that of the environment variable `SGS_VECTORS`, else 256 where V8 can
 * and the processor has such vectors, else 128. Has to be called before the first kernel runs: V8 compiles then.
 *
 * @param fused - whether the processor has fused multiply-adds: nearly all that do have 256-bit vectors too, and where
 *   one has not V8 leaves vectors as they are
 * @throws SettingsError when the width is neither
 * @throws UnsupportedError when 256 is asked for and this Node or processor cannot
 */
export function chooseVectors(fused: boolean, option?: VectorBits): VectorBits {
  const asked = option ?? variable('SGS_VECTORS');
  const bits =
    asked === undefined ? (missing(fused) ? 128 : 256) : VECTOR_BITS.find((each) => each === Number(asked));
  if (!bits)
    throw new SettingsError(
      `${option === undefined ? 'SGS_VECTORS' : 'vectors'} is ${JSON.stringify(asked)}: expected one of ${VECTOR_BITS.join(', ')}`,
    );
  const reason = bits === 256 ? missing(fused) : undefined;
  if (reason) throw new UnsupportedError(`engine event: vectors of 256 bits need ${reason}; use 128`);
  if (bits === 256) setFlagsFromString('--experimental-wasm-revectorize');
  return bits;
}

/** Missing requirement of 256 bits; undefined when there is none. */
function missing(fused: boolean): string | undefined {
  if (nodeMajor() < FIRST_NODE) return `Node ${FIRST_NODE} or later, this is ${runtime()}`;
  if (process.arch !== 'x64') return `an x64 processor, this is ${process.arch}`;
  return fused ? undefined : 'a processor with AVX2';
}

/** The width in words for people, with what a later Node would bring. */
export const describeVectors = (bits: VectorBits): string =>
  `vectors of ${bits} bits${bits === 128 && nodeMajor() < FIRST_NODE && process.arch === 'x64' ? ` (256 from Node ${FIRST_NODE} on)` : ''}`;

const nodeMajor = (): number => Number(process.versions.node.split('.')[0]);
