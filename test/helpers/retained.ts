// What a reader's results keep on the JavaScript heap: objects, strings and plain arrays, which the allocation meter
// does not see.
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { stream } from '../../src/random.js';
import { mutate } from './mutate.js';

/** Bytes of one result that count for nothing: the objects that even an empty file becomes. */
const FREE = 4096;

/**
 * How many results are held at once: what else comes and goes on the heap is shared among them. The next number where
 * the one before seemed to be the worst.
 */
const COPIES = [1, 64, 512];

/** What is measured again holds by that factor more than the worst so far; else every whole file would be. */
const CLEARLY = 1.1;

/** How often the last is measured; the median counts. */
const REPEATS = 5;

/**
 * The largest (heap held by a result) / (bytes of its input) over damaged files, within a tenth, after garbage
 * collection. A refused input holds nothing. The compiler keeps things on the same heap, now more, now less, and on a
 * loaded machine later than one would think: where one result seems to be the worst, many of the same file are held at
 * once, several times, and the median of their means counts.
 *
 * @param inputs - how many files; each costs some milliseconds
 */
export function largestRetained(
  read: (bytes: Uint8Array) => unknown,
  originals: Uint8Array[],
  inputs: number,
): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = (): number => {
    collect();
    return getHeapStatistics().used_heap_size;
  };
  const held: unknown[] = new Array(COPIES[2]).fill(undefined);
  const measure = (bytes: Uint8Array, copies: number): number => {
    held.fill(undefined);
    const before = heap();
    for (let i = 0; i < copies; i++) {
      try {
        held[i] = read(bytes);
      } catch {
        held[i] = undefined;
      }
    }
    return ((heap() - before) / copies - FREE) / bytes.length;
  };
  let worst = 0;
  for (let i = 0; i < inputs; i++) {
    // Every other file is whole: those are the ones that are kept.
    const bytes =
      i % 2 ? originals[(i >> 1) % originals.length] : mutate(originals, stream(i, 'probe', 'retained'));
    if (COPIES.every((copies) => measure(bytes, copies) > CLEARLY * worst)) {
      const means = Array.from({ length: REPEATS }, () => measure(bytes, COPIES[2]));
      worst = Math.max(worst, means.sort((a, b) => a - b)[REPEATS >> 1]);
    }
  }
  return worst;
}
