// `sgs sweep --status`: where every trial stands, from records, leases and the queue of a cluster.
import { printTable } from '../display/print-table.js';
import { LeaseWatcher, type LeaseView } from '../records/lease/lease.js';
import { openRuns } from '../records/folder.js';
import type { SweepPlan } from '../sweep/plan.js';
import { sweepTable } from '../sweep/rows.js';
import { isActive, queueOf } from '../sweep/slurm/submitted.js';
import { bestText } from '../sweep/snapshot.js';
import { SweepRecords } from '../sweep/state.js';
import { print } from '../print.js';

/** Columns that a narrow terminal drops. */
const LEAST = [
  ...['bestValidationEpoch', 'seconds', 'bestValidationAccuracy', 'id', 'testAccuracy', 'validationAccuracy'],
];

/** Prints where every trial of a plan stands. */
export async function printStatus(plan: SweepPlan, folder: string): Promise<void> {
  const states = new SweepRecords(openRuns(folder)).readAll(plan.trials);
  const isOpen = (id: string): boolean => {
    const state = states.get(id);
    return state !== undefined && state.status !== 'done' && state.status !== 'diverged';
  };
  const words = new Map<string, string>();
  for (const [id, view] of new LeaseWatcher(folder).lookAll(plan.trials.map(({ id }) => id))) {
    const text = leaseText(view);
    if (text && isOpen(id)) words.set(id, text);
  }
  const tasks = await queueOf(plan, folder);
  for (const { id, state, job, task, reason } of tasks) {
    if (!isOpen(id)) continue;
    const said = `${state} ${job}_${task}${isActive({ state }) && reason === 'None' ? '' : ` (${reason})`}`;
    words.set(id, words.has(id) ? `${words.get(id)}, ${said}` : said);
  }
  printTable(sweepTable(plan, states, words).objects(), { least: LEAST });
  const workers = tasks.filter(({ id }) => id === 'worker');
  if (workers.length > 0) print(`\nworkers: ${workers.map(({ state }) => state).join(', ')}`);
  const best = bestText({ plan, states });
  if (best) print(`\n${best}`);
}

/**
 * Progress of the owner of a lease, or at its end; undefined where its file does not say. One look can tell that an
 * owner is gone on its own machine only: on another its heartbeat would have to be watched.
 */
export function leaseText({ state, content }: LeaseView): string | undefined {
  if (content === undefined) return undefined;
  const share = `${(100 * content.done).toFixed(0)} %`;
  return state === 'stale' ? `stopped at ${share}, its owner is gone` : `${share} on ${content.host}`;
}
