// Trains an experiment to its end, or returns the record of a run that is done.
import { signalOrInterrupt } from '../cell/interrupt.js';
import type { Experiment } from '../experiment/experiment.js';
import type { Runs } from '../records/folder.js';
import type { RunRecord } from '../records/record.js';
import type { TrainOptions } from './options.js';
import { prepareRun } from './prepare.js';
import { Training } from './training.js';

export type { TrainOptions, TrainProgress } from './options.js';

/**
 * Trains, or continues from the last checkpoint (anew where that is damaged), or returns the record of a run that is done.
 *
 * A run that is interrupted at any point and continued ends with the same weights, bit for bit, on a
 * deterministic engine.
 *
 * @returns the record, which has been written; its status is `done`, `diverged` (NaN or Inf loss or weights)
 *   or `interrupted` (the signal)
 * @throws SettingsError for settings that cannot run; DataError when nothing can be kept in the folder, before anything is
 *   computed, and when a run that is trained again ends with other weights than its record's; any error of the engine, after writing a `failed` record
 */
export async function train(experiment: Experiment, options: TrainOptions): Promise<RunRecord> {
  const prepared = prepareRun(experiment, options);
  const { finished } = prepared;
  if (finished && !(options.again && lacksWeights(options.runs, finished))) return finished;
  options.runs.checkWritable();
  return new Training(experiment, prepared, { ...options, signal: signalOrInterrupt(options.signal) }).run();
}

/** Whether a run is done and its weights are not in the folder: they are not committed with its record. */
export const lacksWeights = (runs: Runs, { id, outcome }: RunRecord): boolean =>
  outcome.status === 'done' && !runs.hasWeights(id);
