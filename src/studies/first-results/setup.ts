// The one training of first-results: its settings, its data where they are here, and its record once it is trained.
import type { Dataset } from '../../data/dataset.js';
import { loadDataset } from '../../data/sets/load.js';
import { DataError, SettingsError } from '../../errors.js';
import type { Experiment } from '../../experiment/experiment.js';
import { trainingSet } from '../../figures/training-note.js';
import type { Evaluation } from '../../measures/index.js';
import type { Runs } from '../../records/folder.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import { recordOf } from '../../sweep/presets/found.js';
import { evaluationIdOf } from '../../training/evaluate-run.js';
import type { StudyContext } from '../context.js';
import { Part } from '../part.js';

/** The settings as a part that is shown; what `train` and `evaluate` need can be taken out of it. */
export class Setup extends Part {
  /**
   * @param experiment - what is trained
   * @param dataset - its data; undefined where the files are not here: then everything is read from records
   * @param why - what was missing, and what to do
   * @param runs - the folder of records
   */
  constructor(
    readonly experiment: Experiment,
    readonly dataset: Dataset | undefined,
    why: string | undefined,
    readonly runs: Runs,
  ) {
    super(() => [
      { lines: [dataset?.description ?? why ?? ''] },
      {
        table: [
          { setting: 'network', value: JSON.stringify(experiment.network) },
          { setting: 'time steps T', value: experiment.steps },
          { setting: 'surrogate', value: experiment.neuron.surrogate.name },
          { setting: 'SGS strength δ', value: experiment.neuron.delta },
          { setting: 'LR weight β', value: experiment.lipschitz.beta },
          { setting: 'epochs × batch', value: `${experiment.epochs} × ${experiment.batchSize}` },
          { setting: 'seed', value: experiment.seed },
        ],
      },
    ]);
  }

  /** The record of the training, read anew each time; undefined where it is not done. */
  get record(): RunRecord | undefined {
    return recordOf(this.runs, this.experiment);
  }

  /** The record of the training. @throws SettingsError where it is not done */
  trained(): RunRecord {
    const { record } = this;
    if (record) return record;
    throw new SettingsError(
      `there is no finished record of this training in ${this.runs.folder}: run the cell that trains; one that was interrupted goes on`,
    );
  }

  /** Training data, in words. */
  get trainedOn(): string {
    return trainingSet([this.trained()]);
  }

  /** An evaluation of the training. @throws SettingsError where it was not made */
  evaluated(evaluation: Evaluation): EvaluationRecord {
    const record = this.trained();
    const id = evaluationIdOf(record, evaluation);
    if (this.runs.has(id)) return this.runs.get(id) as EvaluationRecord;
    throw new SettingsError(
      `there is no evaluation ${evaluation.kind} of ${record.id} in ${this.runs.folder}: make it by evaluate('${record.id}', { kind: '${evaluation.kind}' })`,
    );
  }
}

/** Reads the settings off the preset, and loads the data if they are here. @throws any error but that of missing data */
export async function setupOf({ trials, runs }: StudyContext): Promise<Setup> {
  const [{ experiment, fingerprint }] = trials;
  let why: string | undefined;
  const dataset = await loadDataset(experiment.data, { steps: experiment.steps, fingerprint }).catch(
    (error: unknown) => {
      if (!(error instanceof DataError)) throw error;
      why = error.message;
      return undefined;
    },
  );
  return new Setup(experiment, dataset, why, runs);
}
