// What a reader's results keep on the JavaScript heap: objects, strings and plain arrays, which the allocation meter
// does not see.
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { stream } from '../../src/random.js';
import { mutate } from './mutate.js';

/** Bytes of one result that count for nothing: the objects that even an empty file becomes. */
const FREE = 4096;

/** How many results are held at once where one seemed to hold much: what else comes and goes on the heap is shared. */
const COPIES = 64;

/**
 * The largest (heap held by a result) / (bytes of its input) over damaged files, after garbage collection. A refused
 * input holds nothing. The compiler keeps things on the same heap, now more, now less: where one result seems to be
 * the worst, many of the same file are held at once, and their mean counts.
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
  const held: unknown[] = new Array(COPIES).fill(undefined);
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
    if (measure(bytes, 1) > worst) worst = Math.max(worst, measure(bytes, COPIES));
  }
  return worst;
}
