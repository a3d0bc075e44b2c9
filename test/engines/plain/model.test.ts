// The readable engine as a whole. Against PyTorch: pytorch.test.ts.
import test from 'ava';
import type { Batch } from '../../../src/data/dataset.js';
import type { Model, ModelSettings } from '../../../src/engines/engine.js';
import { openEngine } from '../../../src/engines/open.js';
import { createPlainEngine } from '../../../src/engines/plain/engine.js';
import { SettingsError } from '../../../src/errors.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { initialWeights } from '../../../src/network/initialise.js';
import { annTwin, convNet } from '../../../src/network/architectures.js';
import type { Network } from '../../../src/network/layers.js';
import { sizeOf, type TensorMap } from '../../../src/network/parameters.js';
import { decodeSafetensors, encodeSafetensors } from '../../../src/records/safetensors.js';
import { isCentralDifference } from '../../helpers/central.js';
import { pooled } from '../../helpers/networks.js';
import { normals } from '../../helpers/tensors.js';

const engine = createPlainEngine();
const settings: ModelSettings = experiment({ steps: 3, lipschitz: { beta: 1e-3 } });
const small = convNet({ classes: 4, width: 0.125, size: 8 });

function batchOf(network: Network, count: number, name = 'x'): Batch {
  const shape = [count, ...network.input];
  const labels = Int32Array.from({ length: count }, (_, i) => i % network.classes);
  return { x: normals(`${name} ${network.name}`, sizeOf(shape)), shape, labels };
}
const modelOf = (network: Network, how = settings, seed = 3): Model =>
  engine.createModel(network, how, initialWeights(network, seed));

test('it is opened by name, never by auto; its numerics say float64; a backend is refused', async (t) => {
  const opened = await openEngine({ engine: 'plain' });
  t.like(opened.numerics, { engine: 'plain', backend: 'float64', deterministic: true });
  const automatic = await openEngine({ network: small, settings });
  t.not(automatic.numerics.engine, 'plain');
  automatic.dispose();
  await t.throwsAsync(() => openEngine({ engine: 'plain', backend: 'wasm' }), {
    instanceOf: SettingsError,
    message: /backend wasm belongs to engine tfjs/,
  });
});

test(`${annTwin(pooled).name}, which has no spikes: the gradient of every parameter is the central difference within 1e-6 of the largest, one value each`, (t) =>
  isCentralDifference(t, annTwin(pooled), 1));

test('a static image equals the same image given at every step, to the bit', async (t) => {
  const once = batchOf(small, 3);
  const shape = [settings.steps, ...once.shape];
  const x = Float32Array.from({ length: sizeOf(shape) }, (_, i) => once.x[i % once.x.length]);
  t.deepEqual(await modelOf(small).gradients({ ...once, x, shape }), await modelOf(small).gradients(once));
});

for (const optimizer of [
  { kind: 'adam' },
  { kind: 'sgd', momentum: 0.9 },
  { kind: 'sgd', momentum: 0 },
] as const)
  test(`${JSON.stringify(optimizer)}: a model that continues from a state written and read as bytes ends with the same float64 bits`, async (t) => {
    const how: ModelSettings = experiment({ steps: 2, optimizer });
    const whole = modelOf(small, how);
    await whole.trainStep(batchOf(small, 4, 'a'), 1e-2);
    const { weights, optimizer: slots, updates } = await whole.read();
    const bytes = (tensors: TensorMap): TensorMap =>
      decodeSafetensors(encodeSafetensors(tensors), 'x').tensors;
    t.true(Object.values({ ...weights, ...slots }).every(({ data }) => data instanceof Float64Array));
    const state = { weights: bytes(weights), optimizer: bytes(slots), updates };
    const continued = modelOf(small, how, 99);
    continued.write(state);
    for (const model of [whole, continued]) await model.trainStep(batchOf(small, 4, 'b'), 1e-2);
    t.deepEqual(await continued.read(), await whole.read());
  });

test('gradients, evaluate and probe change nothing; what is read is a copy; a disposed model says so', async (t) => {
  const model = modelOf(small);
  await model.trainStep(batchOf(small, 4), 1e-3);
  const before = await model.read();
  await model.gradients(batchOf(small, 4));
  await model.evaluate(batchOf(small, 2), { activity: true });
  await model.probe(batchOf(small, 4), { traces: { 'conv1.lif': [0] } });
  t.deepEqual(await model.read(), before);
  const copy = await model.read();
  for (const { data } of Object.values(copy.weights)) data.fill(0);
  t.deepEqual(await model.read(), before);
  model.dispose();
  await t.throwsAsync(() => model.gradients(batchOf(small, 4)), { message: /model is disposed/ });
});

test('probe: layers in order, traces of the neurons asked for, negative SGS scales only where delta·|v − o| exceeds 1', async (t) => {
  const batch = batchOf(small, 4);
  const neuron = { surrogate: { name: 'identity' as const } };
  const [usual, strong] = await Promise.all(
    [1e-4, 4].map((delta) =>
      modelOf(small, experiment({ steps: 3, neuron: { ...neuron, delta } })).probe(batch, {
        traces: { 'conv2.lif': [2, 0] },
      }),
    ),
  );
  t.deepEqual(
    usual.map(({ layer, traces }) => [layer, traces?.map((trace) => trace.neuron)]),
    [
      ['conv1.lif', undefined],
      ['conv2.lif', [2, 0]],
      ['conv3.lif', undefined],
    ],
  );
  const negative = (probes: typeof usual): number =>
    Math.max(...probes.flatMap((probe) => probe.negativeScales));
  t.is(negative(usual), 0);
  t.true(negative(strong) > 0.1);
});

test('probe: dead and saturated at a step are those of that step alone; over all steps they are in every one', async (t) => {
  const neurons = Array.from({ length: 8 * 8 * 4 }, (_, i) => i);
  const traces = { 'conv1.lif': neurons };
  const [probe] = await modelOf(small, settings).probe(batchOf(small, 1), { traces });
  const fired = probe.traces!.map(({ o }) => o);
  const share = (wanted: (o: number[]) => boolean): number => fired.filter(wanted).length / fired.length;
  t.deepEqual(
    probe.deadAt,
    [0, 1, 2].map((step) => share((o) => o[step] === 0)),
  );
  t.deepEqual(
    probe.saturatedAt,
    [0, 1, 2].map((step) => share((o) => o[step] === 1)),
  );
  t.is(
    probe.dead,
    share((o) => o.every((spike) => spike === 0)),
  );
  t.is(
    probe.saturated,
    share((o) => o.every((spike) => spike === 1)),
  );
  t.true(new Set(probe.deadAt).size > 1 && probe.dead < Math.min(...probe.deadAt), 'steps differ here');
  // With more examples fewer are dead or saturated than fire rarely or often.
  const [several] = await modelOf(small, settings).probe(batchOf(small, 4));
  several.deadAt.forEach((dead, step) => {
    const saturated = several.saturatedAt[step];
    t.true(dead < 1 - several.spikeRate[step] && saturated < several.spikeRate[step] && dead > 0);
  });
});

test('peakBytes grows by as much with each example, and with frames as without', async (t) => {
  const of = (batch: number, evaluation = 0): Promise<number> =>
    engine.peakBytes(small, settings, batch, { evaluation });
  const [one, two, three] = [await of(1), await of(2), await of(3)];
  t.is(three - two, two - one);
  t.true(two > one);
  t.is(await of(1, 3), three);
});
