// `train(settings)`: a training from its settings alone.
import { liveCurves } from '../display/progress/curves.js';
import { trainingEvent } from '../display/progress/training.js';
import { type Experiment, experiment, type ExperimentInput } from '../experiment/experiment.js';
import type { RunRecord } from '../records/record.js';
import type { TrainOptions } from '../training/options.js';
import { train as trainWith } from '../training/train.js';
import { type SessionOptions, withSession } from './open.js';

/** Options of {@link train}, none of them required. */
export type TrainSettings = SessionOptions & Omit<Partial<TrainOptions>, 'engine' | 'dataset' | 'runs'>;

/**
 * Trains, and keeps the record: loads the data, opens the engine, shows progress in a notebook or a terminal, in a
 * notebook the curves of loss and accuracy too. A run that was
 * interrupted goes on, bit for bit; of one that is done the record is returned.
 *
 * @param settings - of the experiment; what is left out is as by default (SGS and LR of the paper, on the embedded shapes10)
 * @param options - an engine, data or a folder of one's own
 * @returns the record: `outcome.testAccuracy` is a share in [0, 1], `rows` has a row an epoch
 * @throws SettingsError for settings that cannot run; DataError when the data is not here, or nothing can be kept in the
 *   folder; any error of the engine, after a `failed` record is written
 *
 * @example
 * ```ts
 * const run = await train({ data: { name: 'shapes10' }, neuron: { delta: 1e-2 }, epochs: 4, batchSize: 25 });
 * console.log(run.outcome.testAccuracy);
 * ```
 */
export async function train(
  settings: ExperimentInput | Experiment = {},
  options: TrainSettings = {},
): Promise<RunRecord> {
  const asked = experiment(settings as ExperimentInput);
  const curves = options.quiet ? undefined : liveCurves();
  return withSession(asked, options, ({ onProgress, ...needs }) =>
    trainWith(asked, {
      ...options,
      ...needs,
      onProgress(progress) {
        onProgress(trainingEvent(progress));
        if (progress.row) curves?.add(progress.row, progress.epochs);
        options.onProgress?.(progress);
      },
    }),
  );
}
