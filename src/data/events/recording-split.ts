// Splits recordings of an event data set into training and test: named, deterministic, hashed.
import { SettingsError } from '../../errors.js';
import { sha256 } from '../../hash.js';
import { stream } from '../../random.js';

/** A recording of a data set in class folders. */
export interface Recording {
  /** Its path below the data set's folder, with `/`: `airplane/cifar10_airplane_0.aedat`. */
  file: string;
  /** Its class. */
  label: number;
}

/** The two parts of a set of recordings. */
export interface RecordingSplit {
  /** As it was asked for: `first-900`, `spikingjelly`, `random:7`. */
  name: string;
  train: Recording[];
  test: Recording[];
  /** SHA-256 (hex) over the file names of both parts, in order. */
  hash: string;
}

/** The default split of recordings. */
export const DEFAULT_SPLIT = 'first-900';

/**
 * Splits recordings nine to one, class by class.
 *
 * - `first-900`: the first 900 of each class in the order of their numbers are for training, the others for the test, as
 *   in TET. Of a class with fewer than 1000 recordings the first nine tenths (rounded down).
 * - `spikingjelly`: as SpikingJelly's `split_to_train_test_set(0.9, …)` without shuffling: the first nine tenths (rounded
 *   up) of each class in the order of the file names **as text**, in which 10 comes before 2.
 * - `random:<seed>`: nine tenths (rounded down) of each class, drawn from the seed.
 *
 * In both parts the classes take turns, so that the first n examples hold every class equally often; TET's order.
 *
 * @param name - the split
 * @param classes - the files of each class, in the order of their numbers
 * @throws SettingsError when there is no such split, or a class leaves nothing for one of the parts
 */
export function splitRecordings(name: string, classes: string[][]): RecordingSplit {
  const select = selection(name);
  const parts = classes.map((files, label) => {
    const chosen = select(files, label);
    const [train, test] = [true, false].map((wanted) => files.filter((file) => chosen.has(file) === wanted));
    if (train.length === 0 || test.length === 0)
      throw new SettingsError(
        `split ${name}: class ${label} has ${files.length} recordings, ${train.length} for training and ${test.length} ` +
          'for the test; add recordings or choose another split',
      );
    return { train, test };
  });
  const train = takingTurns(parts.map((part) => part.train));
  const test = takingTurns(parts.map((part) => part.test));
  const files = [train, test].map((part) => part.map(({ file }) => file));
  return { name, train, test, hash: sha256(JSON.stringify(files)) };
}

/** Choice of a class's training recordings by a split. */
function selection(name: string): (files: string[], label: number) => Set<string> {
  if (name === 'first-900')
    return (files) => new Set(files.slice(0, files.length >= 1000 ? 900 : nineTenths(files)));
  if (name === 'spikingjelly')
    // The product in doubles, rounded up, as Python computes it.
    return (files) => new Set([...files].sort(byText).slice(0, Math.ceil(files.length * 0.9)));
  const seed = /^random:(0|[1-9]\d{0,14})$/.exec(name)?.[1];
  if (seed === undefined)
    throw new SettingsError(
      `no split ${JSON.stringify(name)}; use first-900, spikingjelly or random:<seed>, for instance random:0`,
    );
  return (files, label) => {
    const order = stream(Number(seed), 'split', 'recordings', label).permutation(files.length);
    return new Set(Array.from(order.subarray(0, nineTenths(files)), (i) => files[i]));
  };
}

const nineTenths = (files: string[]): number => Math.floor((files.length * 9) / 10);

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function takingTurns(classes: string[][]): Recording[] {
  const longest = Math.max(0, ...classes.map((files) => files.length));
  const recordings: Recording[] = [];
  for (let i = 0; i < longest; i++)
    classes.forEach((files, label) => {
      if (i < files.length) recordings.push({ file: files[i], label });
    });
  return recordings;
}
