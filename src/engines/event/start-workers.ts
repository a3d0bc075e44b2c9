// Starts the worker threads of a pool and listens for their end, by Node. A bundler for browsers takes browser/start-workers.ts in
// its place. Tests: test/engines/event/pool.test.ts.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { EngineError, UnsupportedError } from '../../errors.js';
import { builtFile } from './kernel-files.js';
import type { WorkerData, WorkerMail } from './thread.js';

/** A worker as the pool sees it. */
export interface PoolWorker {
  postMessage(mail: WorkerMail): void;
  /** Ends it; a promise settles when it has ended. */
  terminate(): unknown;
}

/**
 * Starts workers 1 to `count`; they do not keep the process alive.
 *
 * @param lost - called when one of them ends, for whatever reason
 * @throws UnsupportedError when the built worker is missing
 */
export function startWorkers(
  data: Omit<WorkerData, 'thread'>,
  count: number,
  lost: (error: EngineError) => void,
): PoolWorker[] {
  const entry = builtFile('worker.js');
  if (!existsSync(entry))
    throw new UnsupportedError(
      `engine event: ${fileURLToPath(entry)} is missing; run \`npm run build\`, or install the package again`,
    );
  return Array.from({ length: count }, (_, i) => {
    const thread = i + 1;
    const ended = (how: string): void =>
      lost(
        new EngineError(
          `engine event: worker ${thread} of ${count} ${how}; open the engine again and go on from the last ` +
            'checkpoint (a machine short of memory kills threads: then take a smaller batch)',
        ),
      );
    const workerData: WorkerData = { ...data, thread };
    // Nothing of how this process was started (loaders, preloads) is for a thread that only runs kernels.
    const worker = new Worker(entry, { workerData, execArgv: [], env: {}, name: `sgs-snn ${thread}` });
    worker.on('error', (error) => ended(`failed: ${error.message}`));
    worker.on('exit', (code) => ended(`ended with exit code ${code}`));
    worker.unref();
    return worker;
  });
}
