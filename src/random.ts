// The only source of random numbers: one seeded generator (xoroshiro128+ from pure-rand) with an independent
// stream per purpose, so that drawing more numbers for one purpose never shifts another.
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { SettingsError } from './errors.js';
import { newSha256 } from './host/sha256.js';

/** Purpose of a stream. A new purpose is a new word here; the words are part of every result. */
export type Purpose =
  | 'init'
  | 'shuffle'
  | 'augment'
  | 'noise'
  | 'encode'
  | 'split'
  | 'generate'
  | 'probe'
  | 'sweep'
  | 'bootstrap'
  | 'sign-flip';

/** A stream of random numbers: mutable, cheap, and a pure function of (seed, purpose, path). */
export interface Stream {
  /** A uniform double in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A uniform integer in [min, max], both inclusive. */
  integer(min: number, max: number): number;
  /** A standard normal double (Box–Muller, both values used). */
  normal(): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** A permutation of 0 … n − 1 (Fisher–Yates). */
  permutation(n: number): Int32Array;
}

/**
 * Opens the stream of a purpose.
 *
 * The 128-bit state is the SHA-256 of `seed/purpose/path…`, hence streams are independent and reading one
 * never moves another.
 *
 * @param seed - the experiment's seed, a non-negative safe integer
 * @param purpose - what the numbers are for
 * @param path - further names, for instance the epoch and the image's index
 * @returns draws, each of which moves the stream on
 * @throws SettingsError when the seed is not a non-negative safe integer
 */
export function stream(seed: number, purpose: Purpose, ...path: (string | number)[]): Stream {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new SettingsError(`stream: seed must be a non-negative integer, got ${seed}; use for instance 0`);
  const digest = newSha256()
    .update(JSON.stringify([seed, purpose, ...path]))
    .digest();
  const words = new DataView(digest.buffer, digest.byteOffset);
  const state: number[] = [0, 4, 8, 12].map((offset) => words.getInt32(offset, true));
  if (!state.some(Boolean)) state[0] = 1; // the all-zero state is a fixed point
  const generator = xoroshiro128plusFromState(state);
  let spare: number | undefined;
  const uniform = (): number => uniformFloat64(generator);
  const integer = (min: number, max: number): number => uniformInt(generator, min, max);
  return {
    uniform,
    integer,
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform())); // 1 − u lies in (0, 1]
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    chance: (probability) => uniform() < probability,
    permutation(n) {
      const order = Int32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = integer(0, i);
        const swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
      return order;
    },
  };
}
