// The largest array job that the cluster takes. Tests: test/sweep/slurm/submit.test.ts.
import { UnsupportedError } from '../../errors.js';
import { slurm } from './queue.js';

/** Slurm's own default of `MaxArraySize`. */
const DEFAULT_SIZE = 1001;

/**
 * The most tasks that one array job may have here; the default of Slurm where the cluster does not tell.
 *
 * @throws UnsupportedError when the cluster takes no arrays
 */
export async function largestArray(): Promise<number> {
  let config = '';
  try {
    config = await slurm('scontrol', ['show', 'config']);
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error; // what is wrong with the cluster `sbatch` will say
  }
  const size = arraySizeIn(config);
  if (size === 0)
    throw new UnsupportedError(
      'this cluster takes no array jobs (MaxArraySize is 0 in `scontrol show config`); leave --slurm out to work here',
    );
  return size;
}

/**
 * Reads what `scontrol show config` writes: array numbers are below `MaxArraySize`, and `max_array_tasks` may allow fewer
 * tasks than numbers.
 */
export function arraySizeIn(config: string): number {
  const numbers = [
    /^MaxArraySize\s*=\s*(\d+)/m,
    /^SchedulerParameters\s*=.*\bmax_array_tasks=(\d+)/m,
  ].flatMap((form) => form.exec(config)?.[1] ?? []);
  return numbers.length === 0 ? DEFAULT_SIZE : Math.min(...numbers.map(Number));
}
