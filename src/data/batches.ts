// Batches for an engine: examples picked, augmented, normalised and, for robustness, made noisy.
import { SettingsError } from '../errors.js';
import { stream } from '../random.js';
import { checkDataset } from './check.js';
import type { Batch, Dataset } from './dataset.js';
import { type Augmentation, drawPlacement, inPlace, placeImage } from './images/augment.js';
import { addNoise, type BatchNoise, checkNoise } from './images/noise.js';
import { normalisationOf, normalisationTable } from './images/normalise.js';

export type { BatchNoise } from './images/noise.js';

/** Purpose of a batch. */
export interface BatchOptions {
  /** Time steps T of the network. */
  steps: number;
  /** Augments every example; default not. */
  augment?: Augmentation;
  /** Puts noise on every example, after augmentation; default none. */
  noise?: BatchNoise;
}

/**
 * The order in which an epoch sees the training examples: a permutation that depends on seed and epoch alone.
 *
 * @param train - indices of the training examples
 * @param epoch - 0-based
 */
export function epochOrder(train: Int32Array, seed: number, epoch: number): Int32Array {
  return stream(seed, 'shuffle', epoch)
    .permutation(train.length)
    .map((at) => train[at]);
}

/**
 * Makes a batch.
 *
 * @param dataset - where the examples are
 * @param part - `train` or `test`
 * @param indices - which examples of that part, `[B]`
 * @param options - `steps`: time steps T of the network; `augment` and `noise`: default neither
 * @returns images: `[B, H, W, C]`, or `[T, B, H, W, C]` where noise is redrawn each step; frames: `[T, B, H, W, C]`
 * @throws SettingsError when the data set is none (`checkDataset`), an index is outside of the part, event data was framed for another T, or the noise is
 *   not one that there is
 */
export function makeBatch(
  dataset: Dataset,
  part: 'train' | 'test',
  indices: Int32Array,
  { steps, augment, noise }: BatchOptions,
): Batch {
  checkDataset(dataset);
  const { kind, shape } = dataset;
  const examples = dataset[part];
  const frames = framesOf(dataset, steps);
  const slices = noise?.perStep ? steps : frames;
  const normalisation = normalisationOf(dataset);
  const table = normalisationTable(normalisation);
  const definition = noise && checkNoise(noise);
  const size = shape[0] * shape[1] * shape[2];
  const x = new Float32Array(slices * indices.length * size);
  const labels = new Int32Array(indices.length);
  indices.forEach((index, b) => {
    if (index < 0 || index >= examples.count)
      throw new SettingsError(
        `makeBatch: index ${index} is outside of the ${part} part of ${dataset.name}, give 0 to ${examples.count - 1}`,
      );
    labels[b] = examples.labels[index];
    const placement = augment ? drawPlacement(kind, augment, index) : inPlace;
    for (let t = 0; t < slices; t++) {
      const sourceAt = (index * frames + Math.min(t, frames - 1)) * size; // an image is its own only frame
      const targetAt = (t * indices.length + b) * size;
      const edges = kind === 'images' ? 'black' : 'wrap';
      placeImage({ source: examples.data, sourceAt, target: x, targetAt }, shape, placement, edges, table);
      if (noise && definition)
        addNoise(x.subarray(targetAt, targetAt + size), definition, noise, normalisation, index, t);
    }
  });
  const timeFirst = kind === 'frames' || noise?.perStep === true;
  return { x, shape: [...(timeFirst ? [slices] : []), indices.length, ...shape], labels };
}

/** Frames of one example: 1 for images. */
function framesOf({ kind, name, frames }: Dataset, steps: number): number {
  if (kind === 'images') return 1;
  if (frames !== steps)
    throw new SettingsError(
      `steps: ${steps} asked for, but ${name} was framed for ${frames}; ` +
        `set steps to ${frames} or read the data with ${steps} frames`,
    );
  return steps;
}
