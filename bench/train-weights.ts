// Trains the weights of operating point (ii): the paper's neuron on the CIFAR-10 images that are there.
import { epochOrder, makeBatch } from '../src/data/batches.js';
import { readCifar } from '../src/data/sets/cifar.js';
import { cifar10Form } from '../src/data/sets/cifar10.js';
import type { Engine } from '../src/engines/engine.js';
import { writeWhole } from '../src/files/whole.js';
import { initialWeights } from '../src/network/initialise.js';
import { learningRateAt } from '../src/learning/schedule.js';
import { evaluateExamples, ratesOf } from '../src/measures/accuracy.js';
import { dataRoot } from '../src/paths.js';
import { encodeSafetensors } from '../src/records/safetensors.js';
import type { TrainWeightsOptions } from './arguments.js';
import { type NetworkName, NETWORKS } from './networks.js';
import { openOurs } from './ours.js';
import { POINT_TWO, settingsFor, weightsFile } from './workloads.js';

const TEST_IMAGES = 1_000;
const SEED = 2022;

/** Trains the networks asked for and stores their weights; the file is written anew after each epoch. */
export async function trainWeights(options: TrainWeightsOptions): Promise<void> {
  const engine = await openOurs(options.engine, options.threads);
  console.error(engine.description);
  try {
    for (const name of options.network) await trainNetwork(engine, name, options);
  } finally {
    engine.dispose();
  }
}

async function trainNetwork(
  engine: Engine,
  name: NetworkName,
  { epochs, images }: TrainWeightsOptions,
): Promise<void> {
  const dataset = readCifar(dataRoot(), cifar10Form);
  const network = NETWORKS[name]();
  const { steps, batchSize } = POINT_TWO[name];
  const settings = settingsFor(steps);
  // The first images, so that a partial and a whole data set give the same weights.
  const train = Int32Array.from({ length: Math.min(images, dataset.train.count) }, (_, i) => i);
  const test = Int32Array.from({ length: Math.min(TEST_IMAGES, dataset.test.count) }, (_, i) => i);
  const model = engine.createModel(network, settings, initialWeights(network, SEED));
  const perEpoch = Math.floor(train.length / batchSize);
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = epochOrder(train, SEED, epoch);
      const rate = learningRateAt({ kind: 'cosine' }, 1e-3, epoch, epochs);
      const started = performance.now();
      let [loss, correct] = [0, 0];
      for (let step = 0; step < perEpoch; step++) {
        const indices = order.subarray(step * batchSize, (step + 1) * batchSize);
        const batch = makeBatch(dataset, 'train', indices, { steps, augment: { seed: SEED, epoch } });
        const result = await model.trainStep(batch, rate);
        loss += result.loss / perEpoch;
        correct += result.correct;
        if (step % 10 === 9)
          console.error(`${name}: epoch ${epoch + 1} of ${epochs}, step ${step + 1} of ${perEpoch}`);
      }
      const imagesPerSecond = (perEpoch * batchSize) / ((performance.now() - started) / 1000);
      const tested = await evaluateExamples(model, dataset, 'test', test, { activity: true });
      const metadata = {
        network: network.name,
        epochs: String(epoch + 1),
        engine: JSON.stringify(engine.numerics),
        data: `${dataset.name}, first ${train.length} training images`,
        accuracy: tested.accuracy.toFixed(3),
      };
      const file = weightsFile(name);
      writeWhole(file, encodeSafetensors((await model.read()).weights, metadata));
      console.log(
        `${name}: epoch ${epoch + 1}: loss ${loss.toFixed(3)}, accuracy ${((100 * correct) / (perEpoch * batchSize)).toFixed(1)} % in training, ${(100 * tested.accuracy).toFixed(1)} % on ${test.length} test images, ${imagesPerSecond.toFixed(0)} images/s`,
      );
      const rates = (tested.activity ?? []).filter(({ kind }) => kind === 'neuron');
      console.log(
        `  spike rates ${rates.map((layer) => (ratesOf(layer).reduce((a, b) => a + b) / steps).toFixed(3)).join(' ')}`,
      );
    }
  } finally {
    model.dispose();
  }
}
