// Workloads: a network with weights, settings and a batch, at the two operating points.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBatch } from '../src/data/batches.js';
import type { Batch } from '../src/data/dataset.js';
import { readCifar } from '../src/data/sets/cifar.js';
import { cifar10Form } from '../src/data/sets/cifar10.js';
import type { Engine, ModelSettings } from '../src/engines/engine.js';
import { UnsupportedError } from '../src/errors.js';
import { defaultBatchNorm } from '../src/learning/batch-norm.js';
import { defaultLoss } from '../src/learning/losses/index.js';
import { defaultAdam } from '../src/learning/optimizers/index.js';
import { initialWeights } from '../src/network/initialise.js';
import type { Network } from '../src/network/layers.js';
import { parameterSpecs, sizeOf, type TensorMap } from '../src/network/parameters.js';
import { defaultNeuron } from '../src/neurons/lif.js';
import { cacheRoot, dataRoot } from '../src/paths.js';
import { stream } from '../src/random.js';
import { decodeSafetensors } from '../src/records/safetensors.js';
import { type NetworkName, NETWORKS } from './networks.js';

/** All that decides what one run computes. */
export interface Workload {
  name: string;
  /** Where weights and batch are from, for people. */
  origin: string;
  network: Network;
  settings: ModelSettings;
  weights: TensorMap;
  batch: Batch;
}

/** The settings of every workload but the neuron: Adam, cross entropy of the time mean, no Lipschitz penalty. */
export const settingsFor = (steps: number, neuron: Partial<ModelSettings['neuron']> = {}): ModelSettings => ({
  steps,
  neuron: { ...defaultNeuron, ...neuron },
  batchNorm: defaultBatchNorm,
  loss: defaultLoss,
  lipschitz: { beta: 0, layers: 'all' },
  optimizer: { ...defaultAdam },
});

/** A batch of standard normal images with labels in turn. */
export function normalBatch(network: Network, examples: number): Batch {
  const shape = [examples, ...network.input];
  const { normal } = stream(1, 'probe', 'bench', examples);
  return {
    x: Float32Array.from({ length: sizeOf(shape) }, normal),
    shape,
    labels: Int32Array.from({ length: examples }, (_, i) => i % network.classes),
  };
}

/** Time steps and batch size of operating point (i). */
export const POINT_ONE = { steps: 4, batchSize: 64 };
/** What batch norm is scaled by at operating point (i). */
const GAMMA = 0.8;
/** Where the rates of operating point (i) must be, in all layers. */
export const POINT_ONE_RATES = { least: 0.1, most: 0.17 };

/**
 * Operating point (i): θ = 1, τ = 0.5, δ = 0.2, every batch norm scaled by γ = 0.8, initial weights and normal input,
 * which gives rates of 10 to 17 % in the 5-conv net.
 *
 * @param batchSize - default 64
 */
export async function pointOne(
  engine: Engine,
  network: Network,
  batchSize = POINT_ONE.batchSize,
): Promise<Workload> {
  const { steps } = POINT_ONE;
  const settings = settingsFor(steps, { theta: 1, tau: 0.5, delta: 0.2 });
  const weights = initialWeights(network, 1);
  for (const { name, role } of parameterSpecs(network)) if (role === 'scale') weights[name].data.fill(GAMMA);
  const batch = normalBatch(network, batchSize);
  const calibrated = await withStatisticsOf(batch, engine, { network, settings, weights });
  const origin = `initial weights, batch norm scaled by ${GAMMA}, ${batchSize} normal images, T = ${steps}`;
  return { name: `${network.name} (i)`, origin, network, settings, weights: calibrated, batch };
}

/** Weights with the batch's own statistics as running ones, so that inference fires as training does. */
async function withStatisticsOf(
  batch: Batch,
  engine: Engine,
  { network, settings, weights }: Pick<Workload, 'network' | 'settings' | 'weights'>,
): Promise<TensorMap> {
  const whole = { ...settings, batchNorm: { ...settings.batchNorm, momentum: 1 } };
  const model = engine.createModel(network, whole, weights);
  try {
    await model.trainStep(batch, 0);
    return (await model.read()).weights;
  } finally {
    model.dispose();
  }
}

/** Epochs that weights must have been trained for. */
export const LEAST_EPOCHS = 5;
/** Time steps and batch size of operating point (ii). */
export const POINT_TWO = { 'five-conv': { steps: 2, batchSize: 64 }, resnet19: { steps: 2, batchSize: 32 } };

/** Where `npm run bench -- train-weights` puts the weights of a network. */
export const weightsFile = (name: NetworkName): string =>
  join(cacheRoot(), 'bench', `${NETWORKS[name]().name}.safetensors`);

/**
 * Operating point (ii): the paper's neuron, weights trained on CIFAR-10, its first training images.
 *
 * @throws UnsupportedError when the weights or the images are not there: how to make them
 */
export function pointTwo(name: NetworkName): Workload {
  const file = weightsFile(name);
  const make = `npm run bench -- train-weights --network ${name}`;
  if (!existsSync(file))
    throw new UnsupportedError(`no trained weights of ${name}: make them with \`${make}\``);
  const { tensors, metadata } = decodeSafetensors(readFileSync(file), file);
  if (!(Number(metadata.epochs) >= LEAST_EPOCHS))
    throw new UnsupportedError(
      `the weights of ${name} have seen ${metadata.epochs} epochs, ${LEAST_EPOCHS} are needed: \`${make}\``,
    );
  const { steps, batchSize } = POINT_TWO[name];
  const network = NETWORKS[name]();
  const dataset = readCifar(dataRoot(), cifar10Form);
  const first = Int32Array.from({ length: batchSize }, (_, i) => i);
  const batch = makeBatch(dataset, 'train', first, { steps });
  const { epochs, data, accuracy } = metadata;
  const origin = `weights after ${epochs} epochs on ${data}, test accuracy ${accuracy}; ${batchSize} training images, T = ${steps}`;
  return {
    name: `${network.name} (ii)`,
    origin,
    network,
    settings: settingsFor(steps),
    weights: tensors,
    batch,
  };
}
