// Evaluations of a trained run, each kept as a record: accuracy, confusion, noise robustness, energy, probe.
import { buildNetwork } from './architectures.js';
import { makeBatch, type BatchNoise } from './data/batches.js';
import type { Dataset } from './data/dataset.js';
import { splitExamples } from './data/split.js';
import { allEnergies, layerEnergies, meanRate } from './energy.js';
import type { Engine, Model } from './engines/engine.js';
import { SettingsError } from './errors.js';
import { confusionMatrix, evaluateExamples, ratesOf } from './evaluate.js';
import { provenance } from './provenance.js';
import {
  evaluationId,
  RECORD_VERSION,
  type EvaluationRecord,
  type EvaluationSettings,
  type EvaluationSubject,
  type ResultRow,
  type RunRecord,
} from './record.js';
import type { Runs } from './runs.js';
import { weightsDigest } from './safetensors.js';

/** An evaluation, by kind. `limit`: only the first n test examples; default all that the run was tested on. */
export type Evaluation =
  | { kind: 'test' | 'confusion' | 'energy'; limit?: number }
  /** Accuracy under noise; definitions: `NOISE_DEFINITIONS`. Level 0 is the clean accuracy. */
  | ({ kind: 'noise'; levels: number[]; limit?: number } & Omit<BatchNoise, 'level'>)
  /** One look inside, on the first n test examples (default 100). */
  | { kind: 'probe'; limit?: number };

/** What an evaluation needs besides its settings. */
export interface EvaluateRunOptions {
  engine: Engine;
  /** The data set that the run was trained on. */
  dataset: Dataset;
  runs: Runs;
  onProgress?(event: { done: number; total: number; label: string }): void;
  signal?: AbortSignal;
}

/** Rows of results and how they are made, by kind. */
interface Subject {
  model: Model;
  dataset: Dataset;
  test: Int32Array;
  options: EvaluateRunOptions;
}

/**
 * Evaluates a run's weights, or returns the record where that has been done.
 *
 * @param of - the run's id
 * @throws DataError when the run or its weights are not in the folder; SettingsError when the data does not fit
 */
export async function evaluateRun(
  of: string,
  evaluation: Evaluation,
  options: EvaluateRunOptions,
): Promise<EvaluationRecord> {
  const { engine, dataset, runs } = options;
  const run = runs.get(of);
  if (run.kind !== 'run') throw new SettingsError(`${of} is an evaluation; give the id of a run`);
  const weights = runs.readWeights(of);
  const subject = subjectOf(of, weightsDigest(weights), evaluation, dataset.fingerprint);
  const id = evaluationId(subject);
  if (runs.has(id)) return runs.get(id) as EvaluationRecord;
  const started = performance.now();
  const network = buildNetwork(run.experiment.network, dataset.shape, dataset.classes.length);
  const model = engine.createModel(network, run.experiment, weights);
  try {
    const test = testExamples(
      run,
      dataset,
      evaluation.limit ?? (evaluation.kind === 'probe' ? 100 : undefined),
    );
    const results = await resultsOf(evaluation, { model, dataset, test, options });
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
  if (dataset.name !== run.data.name)
    throw new SettingsError(
      `${run.id} was trained on ${run.data.name}, got ${dataset.name}; load that data set`,
    );
  const { test } = splitExamples(dataset, run.experiment.data);
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
    throw new SettingsError(`evaluation: limit must be a positive integer, got ${limit}`);
  return test.subarray(0, limit);
}

function resultsOf(evaluation: Evaluation, subject: Subject): Promise<ResultRow[]> {
  switch (evaluation.kind) {
    case 'test':
      return accuracy(subject);
    case 'confusion':
      return confusion(subject);
    case 'noise':
      return underNoise(evaluation, subject);
    case 'energy':
      return energy(subject);
    case 'probe':
      return probe(subject);
    default:
      throw new SettingsError(`evaluation: unknown kind in ${JSON.stringify(evaluation satisfies never)}`);
  }
}

/** Progress of one pass over the test part among several. */
const progress = ({ options }: Subject, label: string, before = 0, passes = 1) => ({
  signal: options.signal,
  onProgress: (done: number, total: number): void =>
    options.onProgress?.({ done: before * total + done, total: passes * total, label }),
});

async function accuracy(subject: Subject): Promise<ResultRow[]> {
  const { model, dataset, test } = subject;
  const { count, accuracy, loss } = await evaluateExamples(
    model,
    dataset,
    'test',
    test,
    progress(subject, 'test'),
  );
  return [{ examples: count, accuracy, loss }];
}

/** One row for each pair of classes: `{actual, predicted, count}`. */
async function confusion(subject: Subject): Promise<ResultRow[]> {
  const { model, dataset, test } = subject;
  const { classes } = dataset;
  const { predictions } = await evaluateExamples(
    model,
    dataset,
    'test',
    test,
    progress(subject, 'confusion'),
  );
  const labels = Array.from(test, (index) => dataset.test.labels[index]);
  const matrix = confusionMatrix(labels, predictions, classes.length);
  return matrix.flatMap((row, i) =>
    row.map((count, j) => ({ actual: classes[i], predicted: classes[j], count })),
  );
}

async function underNoise(
  { levels, definition, seed, perStep }: Extract<Evaluation, { kind: 'noise' }>,
  subject: Subject,
): Promise<ResultRow[]> {
  const { model, dataset, test } = subject;
  const rows: ResultRow[] = [];
  for (const [i, level] of levels.entries()) {
    const noise = level === 0 ? undefined : { definition, level, seed, perStep };
    const { count, accuracy, loss } = await evaluateExamples(model, dataset, 'test', test, {
      ...progress(subject, definition, i, levels.length),
      noise,
    });
    rows.push({ level, accuracy, loss, examples: count });
  }
  return rows;
}

/**
 * Three kinds of rows: `layer` (MACs, input rate, exact synaptic operations), `rate` (spike rate by layer and
 * step) and `total` (energies under every counting, in pJ an example).
 */
async function energy(subject: Subject): Promise<ResultRow[]> {
  const { model, dataset, test } = subject;
  const summary = await evaluateExamples(model, dataset, 'test', test, {
    ...progress(subject, 'energy'),
    activity: true,
  });
  const activity = summary.activity!;
  const layers = layerEnergies(model.network, activity);
  const rates = activity
    .filter(({ kind }) => kind === 'neuron')
    .flatMap((layer) =>
      ratesOf(layer).map((rate, step) => ({ row: 'rate', layer: layer.layer, step: step + 1, rate })),
    );
  const rate = meanRate(layers);
  return [
    ...layers.map((layer) => ({ row: 'layer', ...layer })),
    ...rates,
    ...allEnergies(layers, model.settings.steps).map((total) => ({ row: 'total', meanRate: rate, ...total })),
  ];
}

/** One row for each layer and step. */
async function probe({ model, dataset, test }: Subject): Promise<ResultRow[]> {
  const probes = await model.probe(makeBatch(dataset, 'test', test, { steps: model.settings.steps }));
  return probes.flatMap(({ layer, dead, saturated, traces: _, ...byStep }) =>
    byStep.spikeRate.map((spikeRate, t) => ({
      layer,
      step: t + 1,
      spikeRate,
      gradientNorm: byStep.gradientNorm[t],
      windowDensity: byStep.windowDensity[t],
      negativeScales: byStep.negativeScales[t],
      dead,
      saturated,
    })),
  );
}
