// Garbage collection, by Node, when a model's memory is let go of: V8 does not count shared memory, so that gigabytes of it
// are no reason for V8 to collect, and an idle worker would keep them for ever. A bundler for browsers takes
// browser/collect.ts in its place. Tests: test/engines/event/pool.test.ts.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Collects this thread's garbage now. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('globalThis.gc') as (() => void) | undefined;
  setFlagsFromString('--no-expose-gc');
  collect?.();
}
