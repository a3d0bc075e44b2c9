import test from 'ava';
import type { Batch } from '../../src/data/dataset.js';
import type { ModelSettings } from '../../src/engines/engine.js';
import { openEngine } from '../../src/engines/open.js';
import { createPlainEngine } from '../../src/engines/plain/engine.js';
import { SettingsError } from '../../src/errors.js';
import { experiment } from '../../src/experiment/experiment.js';
import { cosine, cosineWith, finiteDifference } from '../../src/measures/finite-difference.js';
import { annTwin } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';
import type { Network } from '../../src/network/layers.js';
import { sizeOf } from '../../src/network/parameters.js';
import { pooled } from '../helpers/networks.js';
import { normals } from '../helpers/tensors.js';

const plain = createPlainEngine();
function batchOf({ input, classes }: Network): Batch {
  const shape = [4, ...input];
  const labels = Int32Array.from({ length: 4 }, (_, i) => i % classes);
  return { x: normals('x', sizeOf(shape)), shape, labels };
}
const batch = batchOf(pooled);
const modelOf = (network: Network, settings: ModelSettings, engine = plain) =>
  engine.createModel(network, settings, initialWeights(network, 1));

test('without spikes it is the gradient: within 1e-6, cosine 1; the weights stay to the bit', async (t) => {
  const model = modelOf(annTwin(pooled), experiment({ steps: 1 }));
  const before = await model.read();
  const found = await finiteDifference(model, batch, { seed: 1, probes: 12, epsilon: 1e-6 });
  const { gradients } = await model.gradients(batch);
  t.is(found.parameter, 'c1.weight');
  t.is(found.indices.length, 12);
  for (const [k, i] of found.indices.entries())
    t.true(Math.abs(found.gradient[k] - gradients['c1.weight'].data[i]) < 1e-6);
  t.true(cosineWith(found, gradients)! > 1 - 1e-9);
  const after = await model.read();
  for (const [name, { data }] of Object.entries(before.weights))
    t.true(data.every((value, i) => Object.is(value, after.weights[name].data[i])));
});

test('of a network that spikes it does not depend on the surrogate, and the cosine does; engine event sees the same within 1e-3', async (t) => {
  const event = await openEngine({ engine: 'event', threads: 1 });
  const of = async (engine: typeof plain, parameter: number) => {
    const model = modelOf(
      pooled,
      experiment({ steps: 2, neuron: { surrogate: { name: 'rectangle', parameter } } }),
      engine,
    );
    const found = await finiteDifference(model, batch, { seed: 1, probes: 8, epsilon: 0.05 });
    return { found, cosine: cosineWith(found, (await model.gradients(batch)).gradients)! };
  };
  const [narrow, wide, fast] = [await of(plain, 0.5), await of(plain, 2), await of(event, 2)];
  t.deepEqual(narrow.found, wide.found);
  t.true(narrow.found.gradient.some((value) => value !== 0));
  t.not(narrow.cosine, wide.cosine);
  for (const { cosine: each } of [narrow, wide]) t.true(Math.abs(each) <= 1);
  t.deepEqual(fast.found.indices, wide.found.indices);
  fast.found.gradient.forEach((value, k) => t.true(Math.abs(value - wide.found.gradient[k]) < 1e-3));
  t.true(Math.abs(fast.cosine - wide.cosine) < 1e-3);
  event.dispose();
});

test('seed and path choose the values; a parameter can be named; more than there are is all', async (t) => {
  const model = modelOf(annTwin(pooled), experiment({ steps: 1 }));
  const chosen = async (seed: number, ...path: number[]) =>
    (await finiteDifference(model, batch, { seed, path, probes: 3 })).indices;
  t.deepEqual(await chosen(1), await chosen(1));
  t.notDeepEqual(await chosen(1), await chosen(2));
  t.notDeepEqual(await chosen(1), await chosen(1, 7));
  const bias = await finiteDifference(model, batch, { seed: 1, parameter: 'c1.bias' });
  t.deepEqual([...bias.indices], [0, 1, 2, 3]);
});

test('cosine: parallel, opposite, across, and null of nothing or of what is not finite', (t) => {
  t.true(Math.abs(cosine([1, 2], [2, 4])! - 1) < 1e-15);
  t.true(Math.abs(cosine([1, 2], [-1, -2])! + 1) < 1e-15);
  t.is(cosine([1, 0], [0, 3]), 0);
  t.is(cosine([0, 0], [1, 1]), null);
  t.is(cosine([NaN, 0], [1, 1]), null);
});

test('what cannot be: named', async (t) => {
  const model = modelOf(annTwin(pooled), experiment({ steps: 1 }));
  const refused = (options: object, message: RegExp) =>
    t.throwsAsync(() => finiteDifference(model, batch, { seed: 1, ...options }), {
      instanceOf: SettingsError,
      message,
    });
  await refused({ parameter: 'conv9.weight' }, /has no parameter "conv9.weight"; it has c1.weight/);
  await refused({ probes: 0 }, /probes must be a positive integer, got 0/);
  await refused({ epsilon: -1 }, /epsilon must be a positive number, got -1/);
});
