// A data set of one's own: images or frames as arrays, under a name of its own.
import { SettingsError } from '../../errors.js';
import { checkDataset } from '../check.js';
import type { Dataset, Examples, Normalisation } from '../dataset.js';
import { fingerprint } from '../fingerprint.js';
import { drawByClass } from '../split.js';
import { isDatasetName } from './index.js';

/** Images or frames with their classes. */
export interface LabelledImages {
  /** Pixels, one byte a value, example by example: `[N, H, W, C]`, of frames `[N, T, H, W, C]`. */
  x: Uint8Array;
  /** The class of each image, `[N]`, 0 … classes − 1. */
  labels: ArrayLike<number>;
}

/** Input of `arrayDataset`. */
export interface ArrayDatasetInput extends LabelledImages {
  /** Its name: an experiment on it says the same in `data.name`. No name of a data set that can be loaded. */
  name: string;
  /** Height, width and channels of an image. */
  shape: readonly [height: number, width: number, channels: number];
  /** Frames of an example T, which are the time steps of the network; left out for images. */
  frames?: number;
  /** Names of the classes in label order, or how many there are. */
  classes: readonly string[] | number;
  /** Mean and standard deviation by channel, of pixels in [0, 1]; default 0.5 and 0.25 in every channel, of frames 0 and 1. */
  normalisation?: Normalisation;
  /**
   * The test part: images of its own, or the share of `x` that is held out, in (0, 1), drawn class by class from a fixed
   * seed; default 0.1.
   */
  test?: LabelledImages | number;
}

/**
 * Makes a data set of images or frames in memory. `train` records its fingerprint, which is computed from all of it, and that its name
 * does not give it again.
 *
 * ```ts
 * const dataset = arrayDataset({ name: 'stripes', x, labels, shape: [16, 16, 3], classes: ['across', 'along'] });
 * const record = await train(experiment({ data: { name: 'stripes' } }), { engine, dataset, runs });
 * ```
 *
 * @param input - `x`: bytes, `[N, H, W, C]`, of frames `[N, T, H, W, C]`; `labels`: `[N]`, 0 … classes − 1; `shape`:
 *   `[H, W, C]`; `classes`: their names or number; `test`: images of its own, or the share of `x` that is held out, default
 *   0.1
 * @returns the data set: give it to `train` or `evaluate` as `dataset`
 * @throws SettingsError naming the field, the index and the value that is wrong, and what was expected
 */
export function arrayDataset({
  name,
  x,
  labels,
  shape,
  frames,
  classes,
  normalisation,
  test = 0.1,
}: ArrayDatasetInput): Dataset {
  if (isDatasetName(name))
    throw new SettingsError(
      `arrayDataset: ${name} is the name of a data set that is loaded; give this one a name of its own`,
    );
  const whole = examplesOf('', { x, labels });
  const dataset: Dataset = {
    name,
    kind: frames === undefined ? 'images' : 'frames',
    shape: [...shape],
    ...(frames !== undefined && { frames }),
    classes: typeof classes === 'number' ? numbered(classes) : [...classes],
    ...(normalisation && { normalisation: { mean: [...normalisation.mean], std: [...normalisation.std] } }),
    train: whole,
    test: typeof test === 'number' ? whole : examplesOf('test.', test),
    fingerprint: '',
    description: '',
  };
  checkDataset(dataset);
  if (typeof test === 'number') Object.assign(dataset, splitByClass(dataset, test));
  const [train, tested] = [dataset.train, dataset.test].map(({ count }) => count.toLocaleString('en-US'));
  return {
    ...dataset,
    fingerprint: fingerprint(dataset, undefined),
    description: `${name}: ${train} training and ${tested} test ${frames === undefined ? 'images' : 'recordings'}, given as arrays`,
  };
}

function numbered(classes: number): string[] {
  if (!Number.isInteger(classes) || classes < 1)
    throw new SettingsError(`arrayDataset: classes: expected names or a positive integer, got ${classes}`);
  return Array.from({ length: classes }, (_, i) => `class ${i}`);
}

/** Images as examples; a label that no byte holds is refused before it becomes another one. */
function examplesOf(before: string, { x, labels }: LabelledImages): Examples {
  if (!(x instanceof Uint8Array))
    throw new SettingsError(
      `arrayDataset: ${before}x: expected bytes of 0 to 255 in a Uint8Array; multiply values in [0, 1] by 255 and round`,
    );
  const bytes = Uint8Array.from(labels);
  const wrong = bytes.findIndex((label, i) => label !== labels[i]);
  if (wrong >= 0)
    throw new SettingsError(
      `arrayDataset: ${before}labels[${wrong}]: expected an integer of at least 0, one for each class, got ${JSON.stringify(labels[wrong])}`,
    );
  return { data: x, labels: bytes, count: bytes.length };
}

/** Two parts of the training examples, in their order: those drawn for the test, and the others. */
function splitByClass(
  { name, train: { data, labels, count }, classes }: Dataset,
  share: number,
): Pick<Dataset, 'train' | 'test'> {
  if (!(share > 0 && share < 1))
    throw new SettingsError(`arrayDataset: test: expected images, or a share between 0 and 1, got ${share}`);
  const drawn = drawByClass(labels, classes.length, share, 'test', name);
  if (drawn.size === 0 || drawn.size === count)
    throw new SettingsError(
      `arrayDataset: test: ${share} of ${count} images leaves ${count - drawn.size} to train on and ${drawn.size} to test on; give images, or another share`,
    );
  const bytes = data.length / count;
  const part = (wanted: boolean): Examples => {
    const chosen = Array.from({ length: count }, (_, i) => i).filter((i) => drawn.has(i) === wanted);
    const taken = new Uint8Array(chosen.length * bytes);
    chosen.forEach((from, to) => taken.set(data.subarray(from * bytes, (from + 1) * bytes), to * bytes));
    return { data: taken, labels: Uint8Array.from(chosen, (i) => labels[i]), count: chosen.length };
  };
  return { train: part(false), test: part(true) };
}
