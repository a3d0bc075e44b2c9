import test from 'ava';
import { createPlainEngine } from '../../../src/engines/plain/engine.js';
import { annTwin, resnet19 } from '../../../src/network/architectures.js';
import { float64Trainings } from '../../fixtures/divergence.js';
import { isCentralDifference } from '../../helpers/central.js';
import { divergenceFrom } from '../../helpers/divergence.js';
import { pooled } from '../../helpers/networks.js';

const engine = createPlainEngine();

for (const network of [annTwin(pooled), annTwin(resnet19({ classes: 3, width: 1 / 64, size: 8 }))])
  test(`${network.name}, which has no spikes: the gradient of every parameter is the central difference within 1e-6 of the largest`, (t) =>
    isCentralDifference(t, network, 3));

test('six trainings of 20 updates in which float32 flips spikes: losses within 1e-12 of float64 PyTorch and all alike, every spike of the last update, weights within 1e-6 of their movement', async (t) => {
  for (const training of float64Trainings()) {
    const row = await divergenceFrom(training, engine);
    t.log(`seed ${row.seed}: losses ${row.losses.toExponential(1)}, weights ${row.weights.toExponential(1)}`);
    t.true(row.losses < 1e-12 && row.before < 1e-12, `${row.losses} ${row.before}`);
    t.deepEqual([row.spikes, row.alike], [0, training.batches.length]);
    t.true(row.weights < 1e-6, String(row.weights)); // 4e-7 is what storing them in float32 took
  }
});
