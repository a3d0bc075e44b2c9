// Sweeps: many trainings from one description, in parallel, resumable, with a live view. `sweep({...})` in a notebook;
// `sgs sweep` on the command line.
import os from 'node:os';
import type { ColumnTable } from 'arquero';
import type { EngineOptions } from '../engines/open.js';
import { SettingsError } from '../errors.js';
import { interruptSignal } from '../cell/interrupt.js';
import { dataRoot, runsRoot } from '../paths.js';
import { reportProgress } from '../display/progress/progress.js';
import type { RunRecord } from '../records/record.js';
import { openRuns } from '../records/folder.js';
import { bestSoFar, type Best } from './best.js';
import { Executor } from './executor.js';
import { planSweep, type SweepPlan } from './plan.js';
import { sweepTable } from './rows.js';
import { Photographer } from './snapshot.js';
import { checkSweep, type SweepInput } from './spec.js';
import { SweepRecords, type TrialState } from './state.js';
import { chooseView, type SweepView } from './view.js';

export type { Axis, Range } from './axis.js';
export type { Best } from './best.js';
export type { Constraint } from './constraint.js';
export type { Search, SweepInput } from './spec.js';

/** Options of a sweep; every field has a default. */
export interface SweepOptions extends Pick<EngineOptions, 'engine' | 'backend'> {
  /** Where the records are; default `runsRoot()`. Any number of sweeps and machines may share it. */
  runs?: string;
  /** Where the data sets are; default `dataRoot()`. */
  dataDir?: string;
  /** Threads of each trial; default 1, which is fastest for many trials. Changes no result. */
  threads?: number;
  /** Trials at the same time; default: as many as cores, and free memory, allow. */
  jobs?: number;
  /** Try again what is recorded as failed. Default false. */
  retryFailed?: boolean;
  /** A process that gives no sign of life for so long is taken for dead; 0.1 to 86,400, default 60. */
  leaseSeconds?: number;
  /** Interval at which trials save their state besides after each epoch; default 60. */
  checkpointSeconds?: number;
  /** Stops at the next safe points. Default: Ctrl-C, or the notebook's interrupt. */
  signal?: AbortSignal;
  /** Shows it; default: the one that fits. */
  view?: SweepView;
}

/** State of a sweep: a moment in it, or its end. */
export interface SweepResults {
  /** Every trial, a row each, see `sweepTable`. */
  table: ColumnTable;
  /** Records of the trials that are done or diverged, in the order of the sweep. */
  records: RunRecord[];
  /** The leading configuration, by validation accuracy. */
  best: Best | undefined;
  /**
   * Whether nothing is left to do. Under halving, trials that were not promoted have nothing left. A run that could not be
   * evaluated has, and its row says why.
   */
  complete: boolean;
}

/**
 * Trains every trial of a sweep that has no record yet, each in a process of its own, and evaluates it. Called again it
 * goes on where it was stopped; records of equal trainings are reused, from any process.
 *
 * @param given - an experiment as `base`, values by path as `axes`, how many `seeds`; `search`: default the whole grid
 * @param options - `runs`: the folder of records; `jobs`: trials at a time; `signal` stops it at the next safe points
 * @returns the results when nothing is left to do, or the signal aborted
 * @throws SettingsError naming axis and value, or trial, that cannot run; DataError when the folder takes no more
 *
 * @example
 * ```ts
 * const { table, best } = await sweep({
 *   base: { network: { architecture: 'convNet', width: 0.25 }, epochs: 4 },
 *   axes: { 'neuron.delta': [0, 1e-3, 1e-2], 'lipschitz.beta': [0, 1e-4] },
 *   seeds: 3,
 * });
 * ```
 */
export async function sweep(given: SweepInput, options: SweepOptions = {}): Promise<SweepResults> {
  const { signal = interruptSignal(), view = chooseView() } = options;
  const plan = await planned(given, { ...options, signal });
  const executor = await execute(plan, { ...options, signal, view });
  return resultsOf(plan, executor.states, !signal.aborted && executor.unevaluated.size === 0);
}

/**
 * The state of a sweep at this moment, in any process: for a second notebook, or a cell that does not train.
 *
 * @param given - the same as of `sweep`
 * @param options - as of `sweep`: the folders, `engine` and `backend`
 * @returns table, records and the leading configuration so far
 * @throws as `sweep`
 */
export async function sweepResults(given: SweepInput, options: SweepOptions = {}): Promise<SweepResults> {
  const plan = await planned(given, options);
  const runs = openRuns(options.runs ?? runsRoot());
  const states = new SweepRecords(runs).readAll(plan.trials);
  const open = ['missing', 'begun', 'trained'];
  return resultsOf(plan, states, ![...states.values()].some(({ status }) => open.includes(status)));
}

/** Checks and plans a sweep and checks its options, with a progress bar where that takes long. */
export async function planned(given: unknown, options: SweepOptions): Promise<SweepPlan> {
  checkOptions(options);
  const { engine, backend, signal } = options;
  const checked = checkSweep(given);
  const onProgress = reportProgress();
  try {
    return await planSweep(checked, { engine, backend, signal, onProgress, dataDir: dataRoot(options) });
  } finally {
    onProgress.stop();
  }
}

/** Works on a plan until it is done or stopped, shown by the view. */
export async function execute(
  plan: SweepPlan,
  options: SweepOptions & { signal: AbortSignal; view: SweepView },
): Promise<Executor> {
  const { view, threads, jobs, reason } = { ...options, ...sharesOf(plan, options) };
  const executor = new Executor(plan, {
    ...options,
    runsFolder: options.runs ?? runsRoot(),
    dataDir: dataRoot(options),
    threads,
    jobs,
    onChange: () => view.show(photographer.take()),
    onNote: (line) => view.note(line),
  });
  const photographer = new Photographer(executor);
  view.note(
    `${plan.trials.length} trials, ${jobs} at a time × ${threads} ${threads === 1 ? 'thread' : 'threads'}${reason}`,
  );
  try {
    await executor.run();
  } finally {
    view.stop(photographer.take());
  }
  return executor;
}

/** Memory of a trial's process beside the network's: Node, the program and the data. Measured: 170 MiB on shapes10. */
const PROCESS_BYTES = 250 * 2 ** 20;

/** Seconds of a lease: shorter than a late heartbeat, or longer than anyone waits, is a typing error. */
const LEASE_SECONDS = { least: 0.1, most: 86_400 };

/** Every trial is given these: what is wrong with them would fail each. */
function checkOptions({ threads, jobs, leaseSeconds, checkpointSeconds }: SweepOptions): void {
  const fail = (name: string, value: number, expected: string): never => {
    throw new SettingsError(`sweep: ${name} is ${value}, expected ${expected}`);
  };
  for (const [name, value] of Object.entries({ threads, jobs }))
    if (value !== undefined && !(Number.isInteger(value) && value >= 1))
      fail(name, value, 'a whole number of at least 1');
  const { least, most } = LEASE_SECONDS;
  if (leaseSeconds !== undefined && !(leaseSeconds >= least && leaseSeconds <= most))
    fail('leaseSeconds', leaseSeconds, `a number from ${least} to ${most}`);
  if (checkpointSeconds !== undefined && !(checkpointSeconds >= 0 && checkpointSeconds < Infinity))
    fail('checkpointSeconds', checkpointSeconds, 'a number of at least 0');
}

/** Number of trials at a time, and threads of each: many trials with one thread each give most (README, Sweeps). */
export function sharesOf(
  { trials }: SweepPlan,
  { threads, jobs }: Pick<SweepOptions, 'threads' | 'jobs'>,
): { threads: number; jobs: number; reason: string } {
  const cores = os.availableParallelism();
  if (jobs !== undefined)
    return { jobs, threads: threads ?? Math.max(1, Math.floor(cores / jobs)), reason: '' };
  const byCores = Math.max(1, Math.floor(cores / (threads ?? 1)));
  const peak = trials.reduce((most, { peakBytes }) => Math.max(most, peakBytes ?? 0), 0) + PROCESS_BYTES;
  const byMemory = Math.max(1, Math.floor((0.9 * process.availableMemory()) / peak));
  const chosen = Math.min(byCores, byMemory, trials.length);
  const left = Math.max(1, Math.floor(cores / chosen));
  return {
    jobs: chosen,
    threads: threads ?? left,
    reason: byMemory < byCores ? ` (memory: each needs ${(peak / 2 ** 30).toFixed(1)} GiB)` : '',
  };
}

function resultsOf(
  plan: SweepPlan,
  states: ReadonlyMap<string, TrialState>,
  complete: boolean,
): SweepResults {
  const finished = ['done', 'trained', 'diverged'];
  const records = plan.trials
    .map(({ id }) => states.get(id)!)
    .filter(({ status, record }) => record !== undefined && finished.includes(status))
    .map(({ record }) => record!);
  return { table: sweepTable(plan, states), records, best: bestSoFar(plan.trials, states), complete };
}
