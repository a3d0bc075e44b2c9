// A few steps of training on an engine, wherever it runs: in Node or, bundled, in a page.
import { epochOrder, makeBatch } from '../../src/data/batches.js';
import { shapes10 } from '../../src/data/sets/shapes10.js';
import type { Engine } from '../../src/engines/engine.js';
import { experiment } from '../../src/experiment/experiment.js';
import { experimentNetwork } from '../../src/experiment/network.js';
import { initialWeights } from '../../src/network/initialise.js';
import { weightsDigest } from '../../src/records/safetensors.js';

/** Trains a small net for eight steps of ten images; the digest of its weights. */
export async function train(engine: Engine): Promise<string> {
  const settings = experiment({ network: { architecture: 'convNet', width: 0.25 }, steps: 3, batchSize: 10 });
  const dataset = shapes10({ train: 100, test: 10 });
  const network = experimentNetwork(settings, dataset.shape, dataset.classes.length);
  const model = engine.createModel(network, settings, initialWeights(network, settings.seed));
  const order = epochOrder(
    Int32Array.from({ length: 100 }, (_, i) => i),
    settings.seed,
    0,
  );
  for (let step = 0; step < 8; step++) {
    const indices = order.subarray(step * 10, (step + 1) * 10);
    const augment = { seed: settings.seed, epoch: 0 };
    await model.trainStep(makeBatch(dataset, 'train', indices, { steps: settings.steps, augment }), 1e-3);
  }
  const { weights } = await model.read();
  model.dispose();
  return weightsDigest(weights);
}
