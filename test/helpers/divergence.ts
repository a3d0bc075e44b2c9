// How far an engine comes from float64 PyTorch in the trainings of test/fixtures/divergence.json, in the numbers in which
// float32 PyTorch's distance is stored there.
import type { Engine, LayerProbe } from '../../src/engines/engine.js';
import { sizeOf, type TensorMap } from '../../src/network/parameters.js';
import { placeLayers } from '../../src/network/shapes.js';
import {
  alikeWithin,
  type Divergence,
  type Float64Training,
  network,
  settings,
} from '../fixtures/divergence.js';

/** What is measured of one training. */
export interface Measured extends Divergence {
  seed: number;
  /** The worst of the losses that are alike, relative to the loss. */
  before: number;
}

const norm = (values: number[]): number => Math.hypot(...values);
const differences = (a: number[], b: number[]): number[] => a.map((value, i) => value - b[i]);
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** All parameters, running statistics left out, in the order of `like`. */
const flat = (tensors: TensorMap, like: TensorMap): number[] =>
  Object.keys(like)
    .filter((name) => !name.includes('.running'))
    .flatMap((name) => [...tensors[name].data]);

const neurons = Object.fromEntries(
  placeLayers(network).map(({ layer, output }) => [layer.name, sizeOf(output)]),
);

/** How many spikes a probe saw, layer by layer and step by step. */
const spikesOf = (probes: LayerProbe[], examples: number): number[] =>
  probes.flatMap(({ layer, spikeRate }) =>
    spikeRate.map((rate) => Math.round(rate * neurons[layer] * examples)),
  );

/** Trains as the float64 reference did, and compares. */
export async function divergenceFrom(training: Float64Training, engine: Engine): Promise<Measured> {
  const { seed, start, batches, losses: wanted, spikes, end } = training;
  const model = engine.createModel(network, settings, start);
  const losses: number[] = [];
  let probes: LayerProbe[] = [];
  for (const [i, batch] of batches.entries()) {
    if (i === batches.length - 1) probes = await model.probe(batch);
    losses.push((await model.trainStep(batch, settings.optimizer.learningRate)).loss);
  }
  const { weights } = await model.read();
  model.dispose();
  const theirs = flat(end, end);
  const off = losses.map((loss, i) => Math.abs(loss / wanted[i] - 1));
  const unlike = off.findIndex((value) => !(value <= alikeWithin));
  const alike = unlike < 0 ? losses.length : unlike;
  const counts = probes.flatMap(({ layer }) => spikes[layer]);
  const examples = batches[0].labels.length;
  return {
    seed,
    weights: norm(differences(flat(weights, end), theirs)) / norm(differences(theirs, flat(start, end))),
    losses: norm(differences(losses, wanted)) / norm(wanted),
    spikes: sum(differences(spikesOf(probes, examples), counts).map(Math.abs)) / sum(counts),
    alike,
    before: Math.max(0, ...off.slice(0, alike)),
  };
}

/** One line for the log. */
export const described = ({ weights, losses, spikes, alike }: Divergence): string =>
  `weights ${weights.toExponential(1)}, losses ${losses.toExponential(1)}, spikes ${spikes.toExponential(1)}, alike for ${alike}`;

/** Over the six trainings: the mean, but of `alike` the sum. */
export function summed(rows: Divergence[]): Divergence {
  const mean = (kind: keyof Divergence): number => sum(rows.map((row) => row[kind])) / rows.length;
  return {
    weights: mean('weights'),
    losses: mean('losses'),
    spikes: mean('spikes'),
    alike: sum(rows.map(({ alike }) => alike)),
  };
}
