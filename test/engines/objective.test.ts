// Losses that are lists: their terms, those that judge neurons too, on all engines.
import test from 'ava';
import type { Batch } from '../../src/data/dataset.js';
import type { Engine, GradientResult } from '../../src/engines/engine.js';
import { openEngine } from '../../src/engines/open.js';
import { experiment, type ExperimentInput } from '../../src/experiment/experiment.js';
import { experimentNetwork } from '../../src/experiment/network.js';
import { SettingsError } from '../../src/errors.js';
import { annTwin } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';
import type { Network } from '../../src/network/layers.js';
import { sizeOf, type TensorMap } from '../../src/network/parameters.js';
import { weightsDigest } from '../../src/records/safetensors.js';
import { normals, worstDifference, worstOfAll, weightsOf } from '../helpers/tensors.js';

const plain = await openEngine({ engine: 'plain' });
const tfjs = await openEngine({ engine: 'tfjs', backend: 'cpu' });
const event = await openEngine({ engine: 'event', threads: 2 });
const steady = await openEngine({ engine: 'event', threads: 3 });
test.after.always(() => [plain, tfjs, event, steady].forEach((engine) => engine.dispose()));

const batchOf = (network: Network, count: number): Batch => {
  const shape = [count, ...network.input];
  const labels = Int32Array.from({ length: count }, (_, i) => i % network.classes);
  return { x: normals('x', sizeOf(shape)), shape, labels };
};
const networkOf = (how: ReturnType<typeof experiment>): Network => experimentNetwork(how, [7, 7, 2], 3);

const small = { architecture: 'convNet', width: 0.2, convolutions: 2 } as const;
const base: ExperimentInput = { network: small, steps: 3, lipschitz: { beta: 1e-3 } };

async function gradients(engine: Engine, how: ReturnType<typeof experiment>): Promise<GradientResult> {
  const network = networkOf(how);
  const model = engine.createModel(network, how, initialWeights(network, 3));
  const made = await model.gradients(batchOf(network, 5));
  model.dispose();
  return made;
}

const LISTS: Record<string, ExperimentInput['loss']> = {
  'mean and tet': [
    { kind: 'mean', weight: 0.7 },
    { kind: 'tet', lambda: 0.3 },
  ],
  rateMse: { kind: 'rateMse' },
  imLoss: [{ kind: 'mean' }, { kind: 'imLoss', weight: 2 }],
  distribution: [{ kind: 'mean' }, { kind: 'distribution', weight: 3, saturation: 3 }],
  spikeRate: [{ kind: 'rateMse' }, { kind: 'spikeRate', weight: 5 }],
  'all of them': [
    ...[{ kind: 'spikeRate', target: 0.05, weight: 4 } as const, { kind: 'tet' } as const],
    ...[
      { kind: 'imLoss' } as const,
      { kind: 'distribution', window: 0.3 } as const,
      { kind: 'rateMse' } as const,
    ],
  ],
};
for (const [name, loss] of Object.entries(LISTS))
  test(`${name}: terms, loss and gradients of tfjs and event are those of engine plain within 2e-5`, async (t) => {
    const how = experiment({ ...base, loss });
    const want = await gradients(plain, how);
    for (const engine of [tfjs, event]) {
      const got = await gradients(engine, how);
      const off = worstOfAll(got.gradients, want.gradients);
      t.log(engine.numerics.engine, off.toExponential(1));
      t.true(off < 2e-5);
      t.true(Math.abs(got.loss - want.loss) < 2e-6 * Math.abs(want.loss));
      t.is(got.terms?.length, want.terms?.length);
      if (want.terms) t.true(worstDifference(got.terms!, want.terms) < 2e-6);
    }
  });

test('a list of one term trains the same bits as the loss alone, on every engine', async (t) => {
  for (const engine of [plain, tfjs, event]) {
    const weights = [];
    for (const loss of [{ kind: 'mean' } as const, [{ kind: 'mean' } as const]]) {
      const how = experiment({ ...base, loss });
      const network = networkOf(how);
      const model = engine.createModel(network, how, initialWeights(network, 3));
      for (let i = 0; i < 2; i++) await model.trainStep(batchOf(network, 4), 1e-2);
      weights.push(weightsDigest(await weightsOf(model)));
      model.dispose();
    }
    t.is(weights[0], weights[1], engine.numerics.engine);
  }
});

test('engine event: terms that judge neurons give the same bits with two threads and three; in inference LIF is what it was', async (t) => {
  const digests = [];
  const logits = [];
  for (const engine of [event, steady]) {
    const how = experiment({ ...base, loss: LISTS['all of them'] });
    const network = networkOf(how);
    const model = engine.createModel(network, how, initialWeights(network, 3));
    for (let i = 0; i < 2; i++) await model.trainStep(batchOf(network, 40), 1e-2);
    const weights = await weightsOf(model);
    digests.push(weightsDigest(weights));
    const usual = engine.createModel(network, experiment(base), weights);
    for (const each of [model, usual]) logits.push((await each.evaluate(batchOf(network, 5))).logits.join());
    model.dispose();
    usual.dispose();
  }
  t.is(digests[0], digests[1]);
  t.is(new Set(logits).size, 1);
});

for (const reset of ['hard', 'soft'] as const)
  test(`${reset} reset: where no gradient passes a spike, that of what judges potentials is the central difference of the loss within 1e-6`, async (t) => {
    // Spikes stay as they are where weights move a little: the loss is smooth there, and a surrogate of 0 is right.
    const how = experiment({
      ...base,
      lipschitz: { beta: 0 },
      neuron: { reset, delta: 0, surrogate: { name: 'nothing', derivative: '0 * u' } },
      loss: [{ weight: 0 }, { kind: 'imLoss' }, { kind: 'distribution', weight: 0.3, saturation: 2 }],
    });
    const network = networkOf(how);
    const start = initialWeights(network, 3);
    const batch = batchOf(network, 4);
    const lossAt = async (weights: TensorMap): Promise<number> =>
      (await plain.createModel(network, how, weights).gradients(batch)).loss;
    const { gradients: found } = await plain.createModel(network, how, start).gradients(batch);
    for (const name of ['conv1.conv.weight', 'conv2.conv.weight', 'conv2.bn.bias', 'conv1.bn.weight']) {
      const moved = async (by: number): Promise<number> => {
        const data = Float64Array.from(start[name].data, (value, i) => value + (i === 1 ? by : 0));
        return lossAt({ ...start, [name]: { ...start[name], data } });
      };
      const wanted = ((await moved(1e-6)) - (await moved(-1e-6))) / 2e-6;
      const scale = Math.max(...Array.from(found[name].data, Math.abs));
      t.true(scale > 1e-3);
      t.true(Math.abs(found[name].data[1] - wanted) < 1e-6 * Math.max(1, scale), `${name} ${wanted}`);
    }
  });

test('probe: the gradient at a spike includes what judges it, on all engines', async (t) => {
  const of = async (engine: Engine, loss: ExperimentInput['loss']) => {
    const how = experiment({ ...base, loss });
    const network = networkOf(how);
    const model = engine.createModel(network, how, initialWeights(network, 3));
    const probes = await model.probe(batchOf(network, 5));
    model.dispose();
    return probes.flatMap(({ gradientNorm }) => gradientNorm);
  };
  const loss: ExperimentInput['loss'] = [{}, { kind: 'spikeRate', weight: 5 }];
  const want = await of(plain, loss);
  t.true(worstDifference(await of(plain, {}), want) > 0.1);
  for (const engine of [tfjs, event]) t.true(worstDifference(await of(engine, loss), want) < 1e-4);
});

test('a term that judges neurons is refused of a network without any that spike, in one sentence on all engines', (t) => {
  const how = experiment({ steps: 1, loss: [{}, { kind: 'imLoss' }] });
  const network = annTwin(networkOf(experiment(base)));
  for (const engine of [plain, tfjs, event])
    t.throws(
      () => {
        const model = engine.createModel(network, how, initialWeights(network, 3));
        model.dispose();
      },
      {
        instanceOf: SettingsError,
        message: `${network.name}: imLoss judges layers of neurons that spike, and it has none; leave the term out of the loss`,
      },
      engine.numerics.engine,
    );
});
