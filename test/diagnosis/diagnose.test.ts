// Networks that are broken on purpose, and the diagnosis that names what is wrong with each.
import test from 'ava';
import { epochOrder, makeBatch } from '../../src/data/batches.js';
import { splitExamples } from '../../src/data/split.js';
import { diagnose, type Diagnosis } from '../../src/diagnosis/diagnose.js';
import { partOf } from '../../src/diagnosis/facts.js';
import { openEngine } from '../../src/engines/open.js';
import { createPlainEngine } from '../../src/engines/plain/engine.js';
import { SettingsError } from '../../src/errors.js';
import { experiment, type ExperimentInput } from '../../src/experiment/experiment.js';
import { initialWeights } from '../../src/network/initialise.js';
import { batchNorm, conv2d, flatten, lif, linear, type Network } from '../../src/network/layers.js';
import { gradientNoise } from '../../src/measures/gradient-noise.js';
import { train } from '../../src/training/train.js';
import { smallDataset } from '../helpers/dataset.js';
import { smallExperiment, smallShapes, withRuns } from '../helpers/runs.js';

const engine = createPlainEngine();
const dataset = smallDataset({ train: 20, shape: [6, 6, 3] });
const batch = makeBatch(
  dataset,
  'train',
  Int32Array.from({ length: 20 }, (_, i) => i),
  { steps: 3 },
);

/** A net of so many layers of neurons, with batch norms or without. */
function deep(depth: number, norms: boolean): Network {
  const layers = [conv2d('c0', 3, 6, { stride: 2 }), ...(norms ? [batchNorm('n0', 6)] : []), lif('l0')];
  for (let i = 1; i < depth; i++)
    layers.push(conv2d(`c${i}`, 6, 6), ...(norms ? [batchNorm(`n${i}`, 6)] : []), lif(`l${i}`));
  return {
    ...{ name: 'deep', input: [6, 6, 3], classes: 4 },
    layers: [...layers, flatten('f'), linear('fc', 54, 4)],
  };
}

/** The diagnosis of a net at its start, every weight taken times a number. */
function diagnosisOf(network: Network, given: ExperimentInput = {}, factor = 1): Promise<Diagnosis> {
  const weights = initialWeights(network, 1);
  for (const [name, { data }] of Object.entries(weights))
    if (name.endsWith('.weight')) data.forEach((value, i) => (data[i] = factor * value));
  const model = engine.createModel(network, experiment({ steps: 3, ...given }), weights);
  return diagnose(model, batch, { engine, batchSize: 20, probes: 2 });
}

/** The checks that found a fault. */
const faults = ({ findings }: Diagnosis): string[] => [
  ...new Set(findings.filter(({ severity }) => severity === 'fault').map(({ check }) => check)),
];
const textOf = ({ findings }: Diagnosis, check: string): string =>
  findings.find((row) => row.check === check)!.text;

test('a net with batch norms has no fault at its start; every layer, parameter and step is in the facts', async (t) => {
  const found = await diagnosisOf(deep(3, true));
  t.deepEqual(
    faults(found).filter((check) => check !== 'alignment'), // four weights say little
    [],
  );
  const { facts, run, weights } = found;
  t.deepEqual([run, weights, facts.examples, facts.batchSize], [null, 'trained', 20, 20]);
  t.deepEqual(
    facts.layers.map(({ layer, deadAt }) => [layer, deadAt.length]),
    [
      ['l0', 3],
      ['l1', 3],
      ['l2', 3],
    ],
  );
  t.true(facts.parameters.every(({ rms, size }) => rms >= 0 && size > 0));
  t.is(facts.parameters.find(({ parameter }) => parameter === 'n1.weight')!.rms, 1);
  t.deepEqual(JSON.parse(JSON.stringify(found)), JSON.parse(JSON.stringify(found)));
});

test('the noise is that of the gradients of four parts of the batch, penalties left out', async (t) => {
  const network = deep(1, true);
  const settings = experiment({ steps: 3, lipschitz: { beta: 0 } });
  const model = engine.createModel(network, settings, initialWeights(network, 1));
  const parts = await Promise.all([0, 5, 10, 15].map((at) => model.gradients(partOf(batch, at, 5))));
  const wanted = gradientNoise(
    parts.map(({ gradients }) => gradients),
    5,
  );
  const { facts } = await diagnosisOf(network, { lipschitz: { beta: 0.5 } });
  t.deepEqual(facts.noise, wanted);
  t.true(wanted.noise > 0);
});

test('a threshold that is far too high: the first layer is dead, all behind it too, and no weight of them learns', async (t) => {
  const found = await diagnosisOf(deep(3, true), { neuron: { theta: 40 } });
  t.true(faults(found).includes('dead'));
  t.is(textOf(found, 'dead'), '100 % of l0 fires for none of 20 examples at any step; as dead: l1 and l2');
  t.true(faults(found).includes('coverage') && faults(found).includes('window'));
  t.regex(found.findings.find(({ check }) => check === 'dead')!.advice!, /neuron\.theta/);
});

test('weights that are far too large, and bright images: every neuron fires always, far outside of the window', async (t) => {
  const network = deep(2, false);
  const weights = initialWeights(network, 1);
  for (const { data } of Object.values(weights)) data.forEach((value, i) => (data[i] = 40 * Math.abs(value)));
  const bright = { ...batch, x: batch.x.map((value) => 0.2 + Math.abs(value)) };
  const settings = experiment({ steps: 3, optimizer: { kind: 'sgd', learningRate: 0.1 } });
  const model = engine.createModel(network, settings, weights);
  const found = await diagnose(model, bright, { engine, probes: 0 });
  t.true(faults(found).includes('saturated') && faults(found).includes('window'));
  t.is(textOf(found, 'saturated'), '100 % of l0 fires for all 20 examples at every step; as saturated: l1');
  t.is(textOf(found, 'window').slice(0, 27), '0 % of the potentials of l0');
  t.false(faults(found).includes('dead'));
});

test('a learning rate that is far too large: one update moves weights by more than their size', async (t) => {
  const found = await diagnosisOf(deep(2, true), { optimizer: { kind: 'adam', learningRate: 0.5 } });
  t.true(faults(found).includes('updates'));
  t.regex(textOf(found, 'updates'), /^at learning rate 0\.5 an update moves .* by up to \d+ % of its size$/);
  const usual = await diagnosisOf(deep(2, true), { optimizer: { kind: 'adam', learningRate: 1e-3 } });
  t.is(usual.findings.find(({ check }) => check === 'updates')!.severity, 'usual');
});

test('a deep net whose surrogate is low and narrow: the gradient vanishes on its way back', async (t) => {
  const narrow = { derivative: '0.02 * where(abs(u) < 0.4, 1, 0)', name: 'low' };
  const found = await diagnosisOf(deep(5, true), { neuron: { surrogate: narrow } });
  t.true(faults(found).includes('flow'), textOf(found, 'flow'));
  t.regex(textOf(found, 'flow'), /^it vanishes: in l0 it is [\de.-]+ times that in l4, most from l\d back/);
  const usual = await diagnosisOf(deep(5, true));
  t.false(faults(usual).includes('flow'));
});

test('what is looked at stays as it was: weights, optimizer, updates', async (t) => {
  const network = deep(2, true);
  const model = engine.createModel(network, experiment({ steps: 3 }), initialWeights(network, 1));
  await model.trainStep(batch, 1e-3);
  const before = JSON.stringify(await model.read());
  await diagnose(model, batch, { engine, probes: 2 });
  t.is(JSON.stringify(await model.read()), before);
});

test('partOf: examples of a batch, of each frame', (t) => {
  const numbers = (n: number) => Float32Array.from({ length: n }, (_, i) => i);
  const labels = Int32Array.of(5, 6, 7);
  const images = partOf({ x: numbers(12), shape: [3, 2, 2, 1], labels }, 1, 2);
  t.deepEqual(images, {
    ...{ x: Float32Array.of(4, 5, 6, 7, 8, 9, 10, 11), shape: [2, 2, 2, 1] },
    labels: Int32Array.of(6, 7),
  });
  const frames = partOf({ x: numbers(12), shape: [2, 3, 1, 1, 2], labels }, 1, 1);
  t.deepEqual(frames, {
    ...{ x: Float32Array.of(2, 3, 8, 9), shape: [2, 1, 1, 1, 2] },
    labels: Int32Array.of(6),
  });
});

test.serial('a record: trained weights with its curve; one that diverged as it began, on engine event', (t) =>
  withRuns(async (runs) => {
    const fast = await openEngine({ engine: 'event', threads: 1 });
    t.teardown(() => fast.dispose());
    const settings = smallExperiment();
    const order = epochOrder(splitExamples(smallShapes, settings.data).train, 0, 0);
    const examples = makeBatch(smallShapes, 'train', order.subarray(0, 40), { steps: settings.steps });
    const record = await train(settings, { engine: fast, dataset: smallShapes, runs });
    const options = { engine: fast, runs, probes: 2 };
    const found = await diagnose(record, examples, options);
    t.deepEqual([found.run, found.weights, found.facts.batchSize], [record.id, 'trained', 20]);
    t.is(found.facts.training!.rows.length, 2);
    t.true(found.findings.some(({ check }) => check === 'curve'));
    const initial = await diagnose(record, examples, { ...options, weights: 'initial' });
    t.is(initial.weights, 'initial');
    t.not(initial.facts.loss, found.facts.loss);

    const wild = smallExperiment({ optimizer: { kind: 'sgd', learningRate: 1e30 } });
    const diverged = await train(wild, { engine: fast, dataset: smallShapes, runs });
    t.is(diverged.outcome.status, 'diverged');
    const why = await diagnose(diverged, examples, options);
    t.is(why.weights, 'initial');
    t.true(faults(why).includes('curve') && faults(why).includes('updates'));
    await t.throwsAsync(diagnose(record, batch, options), { instanceOf: SettingsError });
  }),
);

test('probes that are no number are refused', async (t) => {
  const network = deep(1, true);
  const model = engine.createModel(network, experiment({ steps: 3 }), initialWeights(network, 1));
  await t.throwsAsync(diagnose(model, batch, { engine, probes: 1.5 }), {
    instanceOf: SettingsError,
    message: 'diagnose: probes must be an integer of at least 0, got 1.5',
  });
});
