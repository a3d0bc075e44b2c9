// What each kind of evaluation finds in a run's weights: rows of results.
import { makeBatch } from '../data/batches.js';
import { SettingsError } from '../errors.js';
import { confusionMatrix, evaluateExamples, ratesOf } from './accuracy.js';
import { allEnergies, layerEnergies, meanRate } from './energy.js';
import type { Evaluation, ResultRow, Subject } from './evaluation.js';
import { gradientChanges } from './gradient-change.js';
import { sensitivity } from './sensitivity.js';
import { layerSpectra, normIndex } from './spectra.js';

/** Makes the rows of an evaluation. */
export function resultsOf(evaluation: Evaluation, subject: Subject): Promise<ResultRow[]> {
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
    case 'spectra':
      return spectra(subject);
    case 'sensitivity':
      return underPerturbation(evaluation, subject);
    case 'gradients':
      return gradients(evaluation, subject);
    default:
      throw new SettingsError(`evaluation: unknown kind in ${JSON.stringify(evaluation satisfies never)}`);
  }
}

/** Progress of one pass over the test part among several. */
const progress = ({ onProgress, signal }: Subject, label: string, before = 0, passes = 1) => ({
  signal,
  onProgress: (done: number, total: number): void =>
    onProgress?.({ done: before * total + done, total: passes * total, label }),
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

/** Two kinds of rows: `layer` (norms of one layer) and `index` (their product along the network). */
async function spectra(subject: Subject): Promise<ResultRow[]> {
  const { model, weights } = subject;
  const layers = await layerSpectra(model.network, weights, model.settings, progress(subject, 'spectra'));
  const indexOf = (norm: 'operatorNorm' | 'plainNorm' | 'matrixNorm'): number =>
    normIndex(model.network, new Map(layers.map((row) => [row.layer, row[norm]])));
  return [
    ...layers.map((layer) => ({ row: 'layer', ...layer })),
    {
      row: 'index',
      operatorNorm: indexOf('operatorNorm'),
      plainNorm: indexOf('plainNorm'),
      matrixNorm: indexOf('matrixNorm'),
    },
  ];
}

/** Two kinds of rows for each size: `logits` and, by layer, `flips`. */
async function underPerturbation(
  { sizes, seed }: Extract<Evaluation, { kind: 'sensitivity' }>,
  subject: Subject,
): Promise<ResultRow[]> {
  const { model, weights, dataset, test } = subject;
  const { x, shape } = makeBatch(dataset, 'test', test, { steps: model.settings.steps });
  const size = dataset.shape[0] * dataset.shape[1] * dataset.shape[2];
  const frames = shape.length === 5 ? shape[0] : 1;
  const examples = Array.from(test, (_, b) =>
    Array.from({ length: frames }, (_, t) => {
      const at = (t * test.length + b) * size;
      return x.subarray(at, at + size);
    }),
  );
  const rows = await sensitivity(model.network, weights, model.settings, examples, sizes, {
    seed,
    ...progress(subject, 'sensitivity'),
  });
  return rows.flatMap(({ flips, ...row }) => [
    { row: 'logits', ...row },
    ...flips.map((flip) => ({ row: 'flips', rms: row.rms, inputChange: row.inputChange, ...flip })),
  ]);
}

/** One row for each δ and parameter, and one for all parameters together. */
async function gradients(
  { deltas }: Extract<Evaluation, { kind: 'gradients' }>,
  { model, weights, dataset, test, engine }: Subject,
): Promise<ResultRow[]> {
  const batch = makeBatch(dataset, 'test', test, { steps: model.settings.steps });
  const changes = await gradientChanges(engine, model.network, model.settings, weights, batch, deltas);
  return changes.map((change) => ({ ...change }));
}
