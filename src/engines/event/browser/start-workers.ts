// Starts the workers of a pool in a page's worker. Tests: test/engines/event/browser/training.slow.ts.
import { EngineError } from '../../../errors.js';
import type * as node from '../start-workers.js';
import type { WorkerData } from '../thread.js';

/** Beside the bundle that this becomes a part of. */
const ENTRY = 'kernel-thread.js';

export const startWorkers: typeof node.startWorkers = (data, count, lost) =>
  Array.from({ length: count }, (_, i) => {
    const thread = i + 1;
    const worker = new Worker(new URL(ENTRY, import.meta.url), { type: 'module', name: `sgs-snn ${thread}` });
    worker.addEventListener('error', ({ message }) =>
      lost(
        new EngineError(
          `engine event: worker ${thread} of ${count} failed: ${message || 'it did not start'}`,
        ),
      ),
    );
    worker.postMessage({ ...data, thread } satisfies WorkerData);
    return worker;
  });
