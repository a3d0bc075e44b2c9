// What a reader's results keep on the JavaScript heap: objects, strings and plain arrays, which the allocation meter
// does not see.
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { stream } from '../../src/random.js';
import { mutate } from './mutate.js';

/** Bytes that count for nothing, whatever the input: the compiler keeps things on the same heap now and then. */
const FREE = 16_384;

/**
 * The largest (heap held by a result) / (bytes of its input) over damaged files, after garbage collection. A refused
 * input holds nothing. One that seems to be the worst is measured three times more, and the least counts.
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
  const held: unknown[] = [];
  const measure = (bytes: Uint8Array): number => {
    const before = heap();
    try {
      held[0] = read(bytes);
    } catch {
      held[0] = undefined;
    }
    return (heap() - before - FREE) / bytes.length;
  };
  let worst = 0;
  for (let i = 0; i < inputs; i++) {
    // Every other file is whole: those are the ones that are kept.
    const bytes =
      i % 2 ? originals[(i >> 1) % originals.length] : mutate(originals, stream(i, 'probe', 'retained'));
    held[0] = undefined;
    let share = measure(bytes);
    for (let again = 0; again < 3 && share > worst; again++) {
      held[0] = undefined;
      share = Math.min(share, measure(bytes));
    }
    worst = Math.max(worst, share);
  }
  return worst;
}
