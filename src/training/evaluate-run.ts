// Evaluations of a trained run, each kept as a record; measures/index.ts says what each kind finds.
import { signalOrInterrupt } from '../cell/interrupt.js';
import { checkDataset, checkNamed } from '../data/check.js';
import type { Dataset } from '../data/dataset.js';
import { fingerprint } from '../data/fingerprint.js';
import { definitionOf } from '../data/sets/index.js';
import { splitExamples } from '../data/split.js';
import type { Engine } from '../engines/engine.js';
import { SettingsError } from '../errors.js';
import { type Evaluation, measures, resultsOf } from '../measures/index.js';
import { experimentNetwork } from '../experiment/network.js';
import type { Runs } from '../records/folder.js';
import { provenance } from '../records/provenance.js';
import {
  evaluationId,
  type EvaluationRecord,
  type EvaluationSettings,
  type EvaluationSubject,
  RECORD_VERSION,
  type RunRecord,
} from '../records/record.js';
import { weightsDigest } from '../records/safetensors.js';

export type { Evaluation } from '../measures/index.js';

/** Options of an evaluation besides its settings. */
export interface EvaluateRunOptions {
  engine: Engine;
  /** The data set that the run was trained on. Where the evaluation has been made it may be missing. */
  dataset: Dataset | undefined;
  runs: Runs;
  onProgress?(event: { done: number; total: number; label: string }): void;
  /** Stops; nothing is recorded. Default: a notebook's interrupt. */
  signal?: AbortSignal;
}

/**
 * Evaluates a run's weights, or returns the record where that has been done: then neither weights nor data are needed.
 *
 * @param of - the run's id
 * @throws DataError when the run or its weights are not in the folder; SettingsError when the data does not fit, or
 * is missing and needed; the signal's reason when aborted
 */
export async function evaluateRun(
  of: string,
  evaluation: Evaluation,
  options: EvaluateRunOptions,
): Promise<EvaluationRecord> {
  const { engine, dataset, runs } = options;
  const run = runs.get(of);
  if (run.kind !== 'run') throw new SettingsError(`${of} is an evaluation; give the id of a run`);
  const seen = dataset === undefined ? run.data.fingerprint : checkedFingerprint(run, dataset);
  const known = evaluationId(subjectOf(of, run.weightsDigest ?? '', evaluation, seen));
  if (runs.has(known)) return runs.get(known) as EvaluationRecord;
  if (dataset === undefined)
    throw new SettingsError(
      `no evaluation ${evaluation.kind} of ${of} in ${runs.folder}: to make it, load ${run.data.name} and pass it as dataset`,
    );
  runs.checkWritable();
  const signal = signalOrInterrupt(options.signal);
  const weights = runs.readWeights(of);
  const subject = subjectOf(of, weightsDigest(weights), evaluation, seen);
  const id = evaluationId(subject);
  const started = performance.now();
  const network = experimentNetwork(run.experiment, dataset.shape, dataset.classes.length);
  const model = engine.createModel(network, run.experiment, weights);
  const inForce = run.rows.at(-1)?.gradient; // as at the end of the training
  if (inForce) model.tune(inForce);
  try {
    const limit = 'limit' in evaluation ? evaluation.limit : undefined;
    const test = testExamples(run, dataset, limit ?? measures[evaluation.kind].defaultLimit);
    const results = await resultsOf(evaluation, {
      model,
      weights,
      dataset,
      test,
      engine,
      onProgress: options.onProgress,
      signal,
    });
    const record: EvaluationRecord = {
      schema: RECORD_VERSION,
      kind: 'evaluation',
      id,
      ...subject,
      numerics: engine.numerics,
      results,
      seconds: (performance.now() - started) / 1000,
      ...provenance(),
    };
    runs.put(record);
    return record;
  } finally {
    model.dispose();
  }
}

/** The fingerprint of a data set, computed from its content, where it may be that of the run. */
function checkedFingerprint({ id, experiment, data }: RunRecord, dataset: Dataset): string {
  checkDataset(dataset);
  if (dataset.name !== data.name)
    throw new SettingsError(`${id} was trained on ${data.name}, got ${dataset.name}; load that data set`);
  checkNamed(experiment.data, dataset);
  const found = fingerprint(dataset, definitionOf(dataset.name)?.normalisation);
  if (data.arrays && found !== data.fingerprint)
    throw new SettingsError(
      `${id} was trained on arrays named ${data.name} (fingerprint ${data.fingerprint.slice(0, 12)}…), got others of that name (${found.slice(0, 12)}…): give the same`,
    );
  return found;
}

/** The id that an evaluation of a finished run has or will have. */
export const evaluationIdOf = ({ id, weightsDigest, data }: RunRecord, evaluation: Evaluation): string =>
  evaluationId(subjectOf(id, weightsDigest ?? '', evaluation, data.fingerprint));

const subjectOf = (
  of: string,
  weightsDigest: string,
  evaluation: Evaluation,
  dataFingerprint: string,
): EvaluationSubject => ({
  of,
  weightsDigest,
  evaluation: JSON.parse(JSON.stringify(evaluation)) as EvaluationSettings,
  dataFingerprint,
});

/** The examples that the run was tested on, or the first `limit` of them. */
function testExamples(run: RunRecord, dataset: Dataset, limit?: number): Int32Array {
  const { test } = splitExamples(dataset, run.experiment.data);
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
    throw new SettingsError(`evaluation: limit must be a positive integer, got ${limit}`);
  return test.subarray(0, limit);
}
