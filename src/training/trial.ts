// One training with its evaluations, as one of many processes on a shared folder: it claims the run's lease, does what
// is still missing, and leaves everything resumable when it is stopped.
import type { Dataset } from '../data/dataset.js';
import type { Engine } from '../engines/engine.js';
import { evaluateRun, evaluationIdOf, type Evaluation } from './evaluate-run.js';
import type { Experiment } from '../experiment/experiment.js';
import { claimLease, leasedRuns, type ClaimOptions, type Lease } from '../records/lease/lease.js';
import { prepareRun } from './prepare.js';
import { checkpointOf } from './resume.js';
import type { RunRecord } from '../records/record.js';
import { openRuns, type Runs } from '../records/folder.js';
import { lacksWeights, train, type TrainOptions } from './train.js';

/** Task of a trial. */
export interface TrialTask {
  experiment: Experiment;
  evaluations: Evaluation[];
}

/** Options of a trial besides its task. */
export interface TrialOptions
  extends
    Omit<ClaimOptions, 'watcher'>,
    Pick<TrainOptions, 'again' | 'checkpointSeconds' | 'onNote' | 'onProgress'> {
  engine: Engine;
  dataset: Dataset;
  runsFolder: string;
  /** Stop after this epoch, resumable and not evaluated; default, and where there are no more epochs: the end. */
  until?: number;
  /** The lease is in hand; not called where nothing is missing. */
  onClaim?(lease: Lease): void;
  /** The run is done, and is trained once more because its weights are gone and are asked for, or an evaluation needs them. */
  onAgain?(): void;
  onEvaluation?(event: { done: number; total: number; label: string }): void;
}

/**
 * Trains and evaluates what is still missing of a trial; does nothing where nothing is. A run whose weights are gone is
 * trained once more where an evaluation needs them, or `again` asks for them.
 *
 * @returns the run's record: `done`, `diverged`, or `interrupted` (stopped, or `until` was reached)
 * @throws LeaseError when another process works on it, or took over; whatever `train` and `evaluateRun` throw
 */
export async function runTrial(task: TrialTask, given: TrialOptions): Promise<RunRecord> {
  const until = given.until !== undefined && given.until < task.experiment.epochs ? given.until : undefined;
  const options = { ...given, until };
  const { engine, dataset, runsFolder, signal } = options;
  const plain = openRuns(runsFolder);
  const { id, finished } = prepareRun(task.experiment, { engine, dataset, runs: plain });
  const weightsWanted = options.again === true && finished !== undefined && lacksWeights(plain, finished);
  if (finished && !weightsWanted && missingEvaluations(plain, finished, task.evaluations).length === 0)
    return finished;
  const lease = await claimLease(runsFolder, id, options);
  options.onClaim?.(lease);
  if (finished && lacksWeights(plain, finished) && until === undefined) options.onAgain?.();
  let final = false;
  try {
    const stop = joined([signal, lease.lost]);
    const record = await trainUntil(task.experiment, id, leasedRuns(runsFolder, lease), stop, lease, options);
    if (record.outcome.status === 'done' && until === undefined)
      for (const evaluation of task.evaluations)
        await evaluateRun(id, evaluation, {
          engine,
          dataset,
          runs: leasedRuns(runsFolder, lease),
          signal: stop.signal,
          onProgress: options.onEvaluation,
        });
    final = record.outcome.status === 'done' || record.outcome.status === 'diverged';
    return record;
  } finally {
    await lease.release(final);
  }
}

/** Missing evaluations of a finished run; a run that diverged is not evaluated. */
export const missingEvaluations = (
  runs: Runs,
  run: RunRecord,
  evaluations: readonly Evaluation[],
): Evaluation[] =>
  run.outcome.status === 'done' ? evaluations.filter((each) => !runs.has(evaluationIdOf(run, each))) : [];

async function trainUntil(
  experiment: Experiment,
  id: string,
  runs: Runs,
  stop: AbortController,
  lease: Lease,
  { engine, dataset, until, checkpointSeconds, onNote, onProgress }: TrialOptions,
): Promise<RunRecord> {
  if (until !== undefined) {
    const present = runs.has(id) ? runs.get(id) : undefined;
    if (present?.kind === 'run' && present.outcome.status !== 'failed' && present.rows.length >= until)
      return present;
    // Killed when the epoch was in its checkpoint and not yet in a record: only the record is missing.
    const checkpoint = checkpointOf(runs, id, engine.numerics, () => undefined); // train says it
    if (checkpoint !== undefined && checkpoint.epoch >= until) stop.abort();
  }
  return train(experiment, {
    engine,
    dataset,
    runs,
    checkpointSeconds,
    onNote,
    again: until === undefined,
    signal: stop.signal,
    onProgress(progress) {
      lease.progress(progress.done / progress.total);
      onProgress?.(progress);
      if (until !== undefined && progress.row && progress.row.epoch >= until) stop.abort();
    },
  });
}

/** A controller that aborts with any of the signals, and by itself. */
function joined(signals: (AbortSignal | undefined)[]): AbortController {
  const controller = new AbortController();
  for (const signal of signals) {
    const abort = (): void => controller.abort(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
  }
  return controller;
}
