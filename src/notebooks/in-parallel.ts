// Works through a list, several at a time, until the first error.
import os from 'node:os';

/** Notebooks at the same time by default: one a core, at most 4, as each takes some 500 MB. */
export const usualJobs = (): number => Math.min(4, os.availableParallelism());

/**
 * Works through items in their order, `jobs` at a time. The first error ends those that run, and is thrown once they have ended.
 *
 * @param work - is given a signal that aborts with `signal` and with the first error
 */
export async function inParallel<Item>(
  items: readonly Item[],
  { jobs, signal }: { jobs: number; signal: AbortSignal },
  work: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const failed = new AbortController();
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      if (failed.signal.aborted) return;
      await work(item, AbortSignal.any([signal, failed.signal]));
    }
  };
  await Promise.all(
    Array.from({ length: Math.min(jobs, items.length) }, () =>
      worker().catch((error: unknown) => failed.abort(error)),
    ),
  );
  if (failed.signal.aborted) throw failed.signal.reason; // the first; the others ended because of it
}
