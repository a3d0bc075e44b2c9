// The readable engine as a whole. Against PyTorch: pytorch.test.ts.
import test from 'ava';
import type { Batch } from '../../../src/data/dataset.js';
import type { Model, ModelSettings } from '../../../src/engines/engine.js';
import { openEngine } from '../../../src/engines/open.js';
import { createPlainEngine } from '../../../src/engines/plain/engine.js';
import { SettingsError } from '../../../src/errors.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { initialWeights } from '../../../src/network/initialise.js';
import { annTwin, convNet, resnet19 } from '../../../src/network/architectures.js';
import type { Network } from '../../../src/network/layers.js';
import { sizeOf, type TensorMap } from '../../../src/network/parameters.js';
import { decodeSafetensors, encodeSafetensors } from '../../../src/records/safetensors.js';
import { float64Trainings } from '../../fixtures/divergence.js';
import { divergenceFrom } from '../../helpers/divergence.js';
import { pooled } from '../../helpers/networks.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

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

for (const network of [annTwin(pooled), annTwin(resnet19({ classes: 3, width: 1 / 64, size: 8 }))])
  test(`${network.name}, which has no spikes: the gradient of every parameter is the central difference within 1e-6 of the largest`, async (t) => {
    const how: ModelSettings = experiment({
      ...{ steps: 1, lipschitz: { beta: 0.01 }, loss: { kind: 'tet', lambda: 0.2 } },
      batchNorm: { kind: 'tdbn', alpha: 0.7 },
    });
    const batch = batchOf(network, 3);
    const start = initialWeights(network, 1);
    const lossAt = (name: string) => (values: Float64Array) => {
      const weights = { ...start, [name]: { ...start[name], data: values.slice() } };
      return lossOf(engine.createModel(network, how, weights), batch);
    };
    const { gradients } = await engine.createModel(network, how, start).gradients(batch);
    const all: { got: number[]; expected: number[] } = { got: [], expected: [] };
    for (const [name, { data }] of Object.entries(gradients)) {
      const chosen = Math.min(data.length, 3); // every kind of layer and parameter, a few values each
      const at = Float64Array.from(start[name].data);
      const expected = await differences(lossAt(name), at, chosen);
      all.got.push(...data.subarray(0, chosen));
      all.expected.push(...expected);
    }
    const worst = worstDifference(all.got, all.expected);
    t.log(`${all.got.length} values, ${worst.toExponential(1)}`);
    t.true(worst < 1e-6);
  });

const lossOf = async (model: Model, batch: Batch): Promise<number> => (await model.gradients(batch)).loss;

/** Central differences by the first few values. */
async function differences(
  loss: (values: Float64Array) => Promise<number>,
  at: Float64Array,
  count: number,
): Promise<number[]> {
  const step = 1e-6;
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    const moved = (by: number): Float64Array => at.map((value, k) => (k === i ? value + by : value));
    found.push(((await loss(moved(step))) - (await loss(moved(-step)))) / (2 * step));
  }
  return found;
}

test('six trainings of 20 updates in which float32 flips spikes: losses within 1e-12 of float64 PyTorch and all alike, every spike of the last update, weights within 1e-6 of their movement', async (t) => {
  for (const training of float64Trainings()) {
    const row = await divergenceFrom(training, engine);
    t.log(`seed ${row.seed}: losses ${row.losses.toExponential(1)}, weights ${row.weights.toExponential(1)}`);
    t.true(row.losses < 1e-12 && row.before < 1e-12, `${row.losses} ${row.before}`);
    t.deepEqual([row.spikes, row.alike], [0, training.batches.length]);
    t.true(row.weights < 1e-6, String(row.weights)); // 4e-7 is what storing them in float32 took
  }
});

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

test('peakBytes grows by as much with each example, and with frames as without', async (t) => {
  const of = (batch: number, evaluation = 0): Promise<number> =>
    engine.peakBytes(small, settings, batch, { evaluation });
  const [one, two, three] = [await of(1), await of(2), await of(3)];
  t.is(three - two, two - one);
  t.true(two > one);
  t.is(await of(1, 3), three);
});
