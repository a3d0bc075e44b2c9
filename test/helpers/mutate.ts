// Seeded damage to files, for fuzzing readers: every input is a function of (seed, name, number).
import type { Stream } from '../../src/random.js';

/** Values that length, count and offset fields go wrong at. `size` is the file's. */
const edgeValues = (size: number): number[] => [
  0,
  1,
  2,
  0x7f,
  0x80,
  0xff,
  0x7fff,
  0x8000,
  0xffff,
  0x7fffffff,
  0x80000000,
  0xffffffff,
  size - 1,
  size,
  size + 1,
  size * 2,
  Math.floor(size / 2),
];

const KINDS = ['flip', 'byte', 'truncate', 'extend', 'delete', 'copy', 'splice', 'field'] as const;

/**
 * Damages one of the originals: one to four of bit flips, byte changes, truncation, extension, a block deleted, a
 * block copied elsewhere, a block of another original spliced in, and a field of 1, 2, 4 or 8 bytes (either byte
 * order, any alignment, the head of the file preferred) set to a value at an edge.
 *
 * @returns a new array; at most a few KiB longer than the longest original
 */
export function mutate(originals: Uint8Array[], random: Stream): Uint8Array {
  const pick = <T>(from: readonly T[]): T => from[random.integer(0, from.length - 1)];
  let bytes: Uint8Array = pick(originals).slice();
  for (let rounds = random.integer(1, 4); rounds > 0; rounds--) bytes = mutateOnce(bytes, pick(KINDS));
  return bytes;

  function mutateOnce(bytes: Uint8Array, kind: (typeof KINDS)[number]): Uint8Array {
    const size = bytes.length;
    const place = (): number => random.integer(0, Math.max(0, size - 1));
    const block = (of: Uint8Array): Uint8Array => {
      const start = random.integer(0, Math.max(0, of.length - 1));
      return of.subarray(start, start + random.integer(0, Math.min(1024, of.length - start)));
    };
    const insert = (at: number, piece: Uint8Array): Uint8Array => {
      const longer = new Uint8Array(size + piece.length);
      longer.set(bytes.subarray(0, at));
      longer.set(piece, at);
      longer.set(bytes.subarray(at), at + piece.length);
      return longer;
    };
    switch (kind) {
      case 'flip':
        for (let n = random.integer(1, 8); n > 0 && size > 0; n--)
          bytes[place()] ^= 1 << random.integer(0, 7);
        return bytes;
      case 'byte':
        for (let n = random.integer(1, 8); n > 0 && size > 0; n--) bytes[place()] = random.integer(0, 255);
        return bytes;
      case 'truncate':
        return bytes.slice(
          0,
          random.chance(0.5) ? random.integer(0, size) : Math.max(0, size - random.integer(1, 9)),
        );
      case 'extend':
        return insert(
          size,
          Uint8Array.from({ length: random.integer(1, 64) }, () => random.integer(0, 255)),
        );
      case 'delete': {
        const start = place();
        const end = Math.min(size, start + random.integer(1, 256));
        return bytes.copyWithin(start, end).slice(0, size - (end - start));
      }
      case 'copy':
        return insert(place(), block(bytes));
      case 'splice':
        return insert(place(), block(pick(originals)));
      case 'field': {
        const width = pick([1, 2, 4, 8].filter((width) => width <= size));
        if (width === undefined) return bytes;
        const at = random.integer(0, random.chance(0.5) ? Math.min(256, size - width) : size - width);
        const value = BigInt.asUintN(8 * width, BigInt(pick(edgeValues(size))));
        const little = random.chance(0.5);
        for (let i = 0; i < width; i++)
          bytes[at + (little ? i : width - 1 - i)] = Number((value >> BigInt(8 * i)) & 0xffn);
        return bytes;
      }
    }
  }
}
