// What a reader's results keep on the JavaScript heap: objects, strings and plain arrays, which the allocation meter
// does not see.
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A watched reader and what was seen of it. */
export interface RetainedWatch<T> {
  read: (bytes: Uint8Array) => T;
  /** Largest (heap held by the result) / (bytes of the input), the free bytes left out. */
  worst(): number;
}

/**
 * Wraps a reader so that for every `every`-th input the heap is measured, after garbage collection, without and with
 * the reader's result. The compiler keeps things on the same heap now and then, so an input that seems to be the
 * worst is measured three times more, and the least counts.
 *
 * @param options - `free`: bytes that count for nothing, whatever the input; default 16 KiB
 */
export function watchRetained<T>(
  read: (bytes: Uint8Array) => T,
  { every = 50, free = 16_384 } = {},
): RetainedWatch<T> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = (): number => {
    collect();
    return getHeapStatistics().used_heap_size;
  };
  let calls = 0;
  let worst = 0;
  const measure = (bytes: Uint8Array): [result: T, share: number] => {
    const before = heap();
    const result = read(bytes);
    return [result, (heap() - before - free) / bytes.length];
  };
  return {
    read(bytes) {
      if (calls++ % every !== 0) return read(bytes);
      let [result, share] = measure(bytes);
      for (let again = 0; again < 3 && share > worst; again++) {
        const [next, measured] = measure(bytes);
        result = next;
        share = Math.min(share, measured);
      }
      worst = Math.max(worst, share);
      return result;
    },
    worst: () => worst,
  };
}
