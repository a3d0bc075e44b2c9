// Arrays as NumPy keeps them, made a data set: the role of each array by its name. Tests: test/data/own/arrays.test.ts.
import { basename } from 'node:path';
import { DataError, SettingsError } from '../../errors.js';
import type { ArrayMap, NamedArray } from '../../files/arrays/arrays.js';
import type { Dataset } from '../dataset.js';
import { arrayDataset, type LabelledImages } from '../sets/arrays.js';

/** Names of an array, ours first; then as Keras and MedMNIST name them. */
const NAMES = {
  x: ['x', 'x_train', 'train_images', 'images'],
  labels: ['labels', 'y', 'y_train', 'labels_train', 'train_labels'],
  testX: ['x_test', 'test_images'],
  testLabels: ['labels_test', 'y_test', 'test_labels'],
  mean: ['mean'],
  std: ['std'],
};
type Role = keyof typeof NAMES;

/** In help and errors: which arrays are read. */
export const ARRAYS_READ = 'x (bytes) and labels, and where there is a test part x_test and labels_test';

/** Axes of what a name holds, by their number. */
const LAYOUTS: Record<number, string> = {
  3: '[N, H, W]',
  4: '[N, H, W, C]',
  5: '[N, T, H, W, C]',
};

/**
 * A data set of named arrays: images `[N, H, W]` or `[N, H, W, C]`, frames `[N, T, H, W, C]`, as bytes; labels `[N]` or `[N, 1]`
 * of integers; `mean` and `std` by channel where it is not to be normalised by 0.5 and 0.25. What else is there is named in
 * its description and not read.
 *
 * @param classes - their names; default numbered, up to the largest label
 * @throws DataError naming the array, what is wrong with it and what to do
 */
export function arraysToDataset(path: string, name: string, arrays: ArrayMap, classes?: string[]): Dataset {
  const refuse = (found: string, remedy: string): never => {
    throw new DataError(path, found, remedy);
  };
  const roles = Object.fromEntries(
    (Object.keys(NAMES) as Role[]).map((role) => [role, nameOf(arrays, NAMES[role], refuse)]),
  ) as Record<Role, string | undefined>;
  const array = (role: Role): NamedArray | undefined =>
    roles[role] === undefined ? undefined : arrays.get(roles[role]);
  const needed = (role: Role): NamedArray =>
    array(role) ??
    refuse(
      `it has no array ${NAMES[role][0]}, only ${[...arrays.keys()].slice(0, 8).join(', ') || 'none'}`,
      `name them ${ARRAYS_READ}`,
    );
  const [x, labels] = [needed('x'), needed('labels')];
  const form = formOf(x, roles.x!, refuse);
  const tested = array('testX') === undefined && array('testLabels') === undefined ? undefined : 'both';
  const part = (images: NamedArray, of: NamedArray, [xName, labelName]: string[]): LabelledImages => {
    const other = images.shape.slice(1).join();
    if (other !== x.shape.slice(1).join())
      refuse(`${xName} has shape [${images.shape}], ${roles.x} [${x.shape}]`, 'give both parts one form');
    return {
      x: bytesIn(images, xName, refuse),
      labels: labelsIn(of, labelName, images.shape[0], xName, refuse),
    };
  };
  const train = part(x, labels, [roles.x!, roles.labels!]);
  const test =
    tested && part(needed('testX'), needed('testLabels'), [roles.testX ?? '', roles.testLabels ?? '']);
  const [mean, std] = [array('mean'), array('std')];
  if ((mean === undefined) !== (std === undefined))
    refuse('one of mean and std is there', 'give both or none');
  const most = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => Math.max(a, b), 0);
  try {
    const dataset = arrayDataset({
      ...{ name, ...train, ...form },
      classes: classes ?? 1 + Math.max(most(train.labels), test ? most(test.labels) : 0),
      ...(mean && std && { normalisation: { mean: numbersIn(mean), std: numbersIn(std) } }),
      ...(test && { test }),
    });
    return { ...dataset, description: described(dataset, path, arrays, roles) };
  } catch (error) {
    if (error instanceof SettingsError) refuse(error.message, 'correct the arrays');
    throw error;
  }
}

type Refuse = (found: string, remedy: string) => never;

function nameOf(arrays: ArrayMap, names: readonly string[], refuse: Refuse): string | undefined {
  const found = names.filter((name) => arrays.has(name));
  if (found.length > 1) refuse(`it has both ${found.join(' and ')}`, 'leave one of them out');
  return found[0];
}

/** Height, width, channels, and frames where there are some. */
function formOf(
  { shape }: NamedArray,
  name: string,
  refuse: Refuse,
): { shape: [number, number, number]; frames?: number } {
  if (!(shape.length in LAYOUTS))
    refuse(
      `${name} has shape [${shape}]`,
      `give images as ${LAYOUTS[4]} or ${LAYOUTS[3]}, frames as ${LAYOUTS[5]}`,
    );
  const [height, width, channels] = shape.length === 3 ? [shape[1], shape[2], 1] : shape.slice(-3);
  // An image of 3 rows with 32 channels is none; one of 3 channels, as PyTorch keeps them, is.
  if (height <= 4 && channels > 4)
    refuse(
      `${name} has shape [${shape}], which looks as if channels stood first`,
      `give ${LAYOUTS[shape.length]}, in NumPy ${shape.length === 4 ? 'x.transpose(0, 2, 3, 1)' : 'x.transpose(0, 1, 3, 4, 2)'}`,
    );
  return { shape: [height, width, channels], ...(shape.length === 5 && { frames: shape[1] }) };
}

function bytesIn({ data }: NamedArray, name: string, refuse: Refuse): Uint8Array {
  if (data instanceof Uint8Array) return data;
  return refuse(
    `${name} holds ${data.constructor.name.replace('Array', '').toLowerCase()}, expected uint8`,
    'values in [0, 1] become bytes by (x * 255).round().astype("uint8")',
  );
}

function labelsIn(
  { shape, data }: NamedArray,
  name: string,
  count: number,
  of: string,
  refuse: Refuse,
): number[] {
  if (data instanceof Float32Array || data instanceof Float64Array)
    refuse(`${name} holds numbers with fractions, expected integers`, 'in NumPy labels.astype("int64")');
  const flat = shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  if (!flat) refuse(`${name} has shape [${shape}]`, 'give one class an example, [N]');
  if (shape[0] !== count)
    refuse(`${name} has ${shape[0]} labels, ${of} has ${count} examples`, 'give one label an example');
  return Array.from(data as ArrayLike<number | bigint>, Number);
}

const numbersIn = ({ data }: NamedArray): number[] => Array.from(data as ArrayLike<number | bigint>, Number);

function described(
  { name, kind, train, test, classes }: Dataset,
  path: string,
  arrays: ArrayMap,
  roles: Record<Role, string | undefined>,
): string {
  const used = new Set(Object.values(roles));
  const unused = [...arrays.keys()].filter((each) => !used.has(each));
  return (
    `${name}: ${grouped(train.count)} training and ${grouped(test.count)} test ${kind === 'frames' ? 'recordings' : 'images'} ` +
    `of ${classes.length} classes from ${basename(path)}${unused.length > 0 ? `; not read: ${unused.slice(0, 8).join(', ')}` : ''}`
  );
}

const grouped = (n: number): string => n.toLocaleString('en-US');
