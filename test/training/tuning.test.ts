// Rules by which the gradient through the spikes changes from epoch to epoch: what is in force, its record, and a training that
// is continued.
import test from 'ava';
import type { Model } from '../../src/engines/engine.js';
import { openEngine } from '../../src/engines/open.js';
import { experimentNetwork } from '../../src/experiment/network.js';
import { cosineWith, finiteDifference } from '../../src/measures/finite-difference.js';
import { initialWeights } from '../../src/network/initialise.js';
import { epochOrder, makeBatch } from '../../src/data/batches.js';
import { splitExamples } from '../../src/data/split.js';
import type { ExperimentInput } from '../../src/experiment/experiment.js';
import { resultOf, type RunRecord } from '../../src/records/record.js';
import { evaluateRun } from '../../src/training/evaluate-run.js';
import { train, type TrainOptions } from '../../src/training/train.js';
import { tuningOf } from '../../src/training/tuning.js';
import { smallExperiment, smallShapes, withRuns } from '../helpers/runs.js';

const dataset = smallShapes;
const engine = await openEngine({ engine: 'event', threads: 1 });
test.after(() => engine.dispose());

const layers = [
  { type: 'conv2d', name: 'c', in: 3, out: 4, kernel: 3, stride: 4, padding: 1, bias: false },
  { type: 'batchNorm', name: 'b', channels: 4 },
  { type: 'lif', name: 'n' },
  { type: 'flatten', name: 'f' },
  { type: 'linear', name: 'fc', in: 256, out: 10, bias: true },
];
const tiny = (neuron: ExperimentInput['neuron'], epochs = 3) =>
  smallExperiment({ ...{ neuron, epochs }, network: { name: 'tiny', layers: layers as never } });

/** Trains in a folder of its own; stopped after so many updates and continued, where asked for. */
const trained = (neuron: ExperimentInput['neuron'], stopAt?: number): Promise<RunRecord> =>
  withRuns(async (runs) => {
    const options: TrainOptions = { engine, dataset, runs, checkpointSeconds: 0, onNote: () => undefined };
    if (stopAt !== undefined) {
      const stop = new AbortController();
      const record = await train(tiny(neuron), {
        ...options,
        signal: stop.signal,
        onProgress: ({ done }) => done >= 20 * stopAt && stop.abort(),
      });
      if (record.outcome.status !== 'interrupted') throw new Error(`it is ${record.outcome.status}`);
    }
    return train(tiny(neuron), options);
  });
/** Every rule once. */
const RULES: Record<string, ExperimentInput['neuron']> = {
  schedules: {
    surrogate: { name: 'sigmoid', parameter: { from: 2, to: 8, schedule: 'log' } },
    delta: { from: 0, to: 0.3, schedule: 'linear' },
  },
  cosine: { surrogate: { name: 'dspike', parameter: { rule: 'cosine', from: 3, step: 1, probes: 4 } } },
  curvature: { delta: { rule: 'curvature', from: 0.1, batches: 1, examples: 2 } },
};

for (const [name, neuron] of Object.entries(RULES))
  test(`${name}: a row says what was in force; a training that is stopped within an epoch and continued ends with the same record`, async (t) => {
    const whole = await trained(neuron);
    t.is(whole.outcome.status, 'done');
    t.true(whole.rows.every(({ gradient }) => gradient !== undefined));
    const continued = await trained(neuron, 7); // two updates into the second epoch
    t.is(continued.resumed, 1);
    t.deepEqual(resultOf(continued), resultOf(whole));
  });

test('schedules: the values of the formula, and another training than with the number that it ends at', async (t) => {
  const { rows, weightsDigest } = await trained(RULES.schedules);
  rows.forEach(({ gradient }, i) => {
    t.true(Math.abs((gradient!.delta as number) - 0.1 * i) < 1e-15);
    t.true(Math.abs(gradient!.parameter! - (2 + (6 * (10 ** (i / 3) - 1)) / 9)) < 1e-12);
  });
  const fixed = await trained({ surrogate: { name: 'sigmoid', parameter: 8 }, delta: 0.3 });
  t.not(fixed.weightsDigest, weightsDigest);
  t.true(fixed.rows.every((row) => !('gradient' in row)));
});

test('from = to is the number itself: the same weights to the bit', async (t) => {
  const [scheduled, fixed] = await Promise.all([
    trained({ delta: { from: 0.2, to: 0.2, schedule: 'log' } }),
    trained({ delta: 0.2 }),
  ]);
  t.is(scheduled.weightsDigest, fixed.weightsDigest);
  t.not(scheduled.id, fixed.id);
});

test('cosine: the candidate that points most where finite differences do', async (t) => {
  const settings = tiny(RULES.cosine);
  const network = experimentNetwork(settings, dataset.shape, 10);
  const split = splitExamples(dataset, settings.data);
  const model: Model = engine.createModel(network, settings, initialWeights(network, 1));
  const chosen = await tuningOf(settings, { epoch: 0, model, network, dataset, split });
  const { seed, steps } = settings;
  const indices = epochOrder(split.train, seed, 0).subarray(0, 20);
  const batch = makeBatch(dataset, 'train', indices, { steps, augment: { seed, epoch: 0 } });
  const options = { seed, path: ['surrogate', 0], probes: 4, epsilon: 0.01 };
  const found = await finiteDifference(model, batch, options);
  const cosines: number[] = [];
  for (const parameter of [3, 4, 2]) {
    model.tune({ parameter });
    cosines.push(cosineWith(found, (await model.gradients(batch)).gradients)!);
  }
  t.is(chosen!.parameter, [3, 4, 2][cosines.indexOf(Math.max(...cosines))]);
  t.is(new Set(cosines).size, 3);
  model.dispose();
});

test('curvature: the first epoch has the number, those after it one for each layer; what is never due stays', async (t) => {
  const { rows } = await trained(RULES.curvature);
  t.is(rows[0].gradient!.delta, 0.1);
  for (const { gradient } of rows.slice(1)) {
    const { n } = gradient!.delta as Record<string, number>;
    t.true(n >= 0 && Number.isFinite(n));
  }
  const rare = await trained({ delta: { rule: 'curvature', from: 0.1, every: 2, batches: 1, examples: 2 } });
  t.is(rare.rows[1].gradient!.delta, 0.1);
  t.not(rare.rows[2].gradient!.delta, 0.1);
});

test('an evaluation of a run sees the gradient that was in force at its end', (t) =>
  withRuns(async (runs) => {
    const record = await train(tiny(RULES.schedules), { engine, dataset, runs });
    const { parameter, delta } = record.rows.at(-1)!.gradient!;
    const evaluation = { kind: 'probe', limit: 20 } as const;
    const { results } = await evaluateRun(record.id, evaluation, { engine, dataset, runs });
    const settings = tiny({ surrogate: { name: 'sigmoid', parameter }, delta });
    const network = experimentNetwork(settings, dataset.shape, 10);
    const model = engine.createModel(network, settings, runs.readWeights(record.id));
    const indices = splitExamples(dataset, settings.data).test.subarray(0, 20);
    const [probe] = await model.probe(makeBatch(dataset, 'test', indices, { steps: settings.steps }));
    t.deepEqual(
      results.map(({ gradientNorm }) => gradientNorm),
      probe.gradientNorm,
    );
    model.dispose();
  }));
