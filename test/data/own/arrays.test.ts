// Arrays that NumPy wrote, in a file or a folder: every value, and what is refused.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { arraysToDataset } from '../../../src/data/own/array-parts.js';
import { loadOwn } from '../../../src/data/own/index.js';
import { DataError, SettingsError } from '../../../src/errors.js';
import type { ArrayMap, NamedArray } from '../../../src/files/arrays/arrays.js';
import { decodeNpy } from '../../../src/files/arrays/npy.js';
import { decodeNpz } from '../../../src/files/arrays/npz.js';
import { stream } from '../../../src/random.js';
import { mutate } from '../../helpers/mutate.js';
import { temporaryFolder } from '../../helpers/folder.js';

const OWN = 'test/fixtures/own';
const load = (path: string, root = OWN, more: object = {}) =>
  loadOwn(root, { path, name: 'mine', frameCache: '', ...more });

/** The values that the fixtures have, example by example. */
const values = (first: number, n: number, height: number, width: number, channels: number): Uint8Array =>
  Uint8Array.from({ length: n * height * width * channels }, (_, j) => {
    const c = j % channels;
    const x = Math.floor(j / channels) % width;
    const y = Math.floor(j / channels / width) % height;
    const i = first + Math.floor(j / channels / width / height);
    return (7 * i + 13 * y + 5 * x + 31 * c) % 256;
  });

test('.npz: images with a test part of their own, every byte and label', async (t) => {
  const { train, test: tested, ...about } = await load('images.npz');
  t.like(about, {
    name: 'mine',
    kind: 'images',
    shape: [4, 5, 3],
    classes: ['class 0', 'class 1', 'class 2'],
  });
  t.is(about.description, 'mine: 6 training and 3 test images of 3 classes from images.npz');
  t.deepEqual(train, { data: values(0, 6, 4, 5, 3), labels: Uint8Array.of(0, 1, 2, 0, 1, 2), count: 6 });
  t.deepEqual(tested, { data: values(6, 3, 4, 5, 3), labels: Uint8Array.of(2, 1, 0), count: 3 });
});

test('a folder of .npy in the other order of axes, and names as others have them, give the same data', async (t) => {
  const [file, folder, other] = await Promise.all(
    ['images.npz', 'arrays', 'medmnist.npz'].map((path) => load(path)),
  );
  for (const same of [folder, other]) {
    t.deepEqual(same.train, file.train);
    t.deepEqual(same.test, file.test);
  }
  t.is(other.fingerprint, file.fingerprint);
  t.deepEqual(folder.classes, ['cat', 'dog', 'cow']);
  t.deepEqual(folder.normalisation, { mean: [0.4, 0.5, 0.6], std: [0.1, 0.2, 0.3] });
  t.not(folder.fingerprint, file.fingerprint, 'another normalisation is other data');
  t.regex(other.description, /; not read: val_images, val_labels$/);
});

test('frames: [N, T, H, W, C], a share of them held out', async (t) => {
  const dataset = await load('frames.npz');
  t.like(dataset, { kind: 'frames', frames: 3, shape: [6, 6, 2] });
  t.deepEqual([dataset.train.count, dataset.test.count], [18, 2]);
  const first = dataset.train.data.subarray(0, 3 * 72);
  const at = Array.from({ length: 20 }, (_, i) => i).find((i) => first[0] === (7 * i) % 256)!;
  for (const t0 of [0, 1, 2])
    t.deepEqual(first.subarray(t0 * 72, (t0 + 1) * 72), values(at + 3 * t0, 1, 6, 6, 2));
});

test('floats, channels first, files that are cut or altered, and idle settings are refused by name', async (t) => {
  const refuse = (path: string, message: RegExp, root = OWN) =>
    t.throwsAsync(load(path, root), { instanceOf: DataError, message });
  await refuse('floats.npz', /floats\.npz: x holds float32, expected uint8; .*\(x \* 255\)\.round\(\)/);
  await refuse(
    'channels-first.npz',
    /x has shape \[6,3,4,5\], which looks as if channels stood first; .*transpose/,
  );
  await refuse('nothing.npz', /there is no such file or folder; correct data\.path/);
  await refuse('odd', /none of the forms of data that are read; expected a \.npz file/);
  await t.throwsAsync(load('images.npz', OWN, { pipeline: 'tet' }), {
    instanceOf: SettingsError,
    message: /^data\.pipeline: "tet" is for recordings of events, mine are arrays or images/,
  });
  const folder = temporaryFolder(t);
  const bytes = readFileSync(join(OWN, 'images.npz'));
  for (const length of [0, 30, 200, bytes.length - 1]) {
    writeFileSync(join(folder, 'cut.npz'), bytes.subarray(0, length));
    await refuse('cut.npz', /cut\.npz: not a readable zip archive: byte \d+/, folder);
  }
  const altered = Buffer.from(bytes);
  altered[200] ^= 1;
  writeFileSync(join(folder, 'altered.npz'), altered);
  await refuse('altered.npz', /with its checksum, found other bytes/, folder);
  cpSync(join(OWN, 'arrays'), join(folder, 'arrays'), { recursive: true });
  writeFileSync(join(folder, 'arrays', 'x.npy'), readFileSync(join(OWN, 'arrays', 'x.npy')).subarray(0, 150));
  await refuse('arrays', /x\.npy: not a readable \.npy: byte 128: expected 360 bytes of values/, folder);
  cpSync(join(OWN, 'arrays'), join(folder, 'two'), { recursive: true });
  writeFileSync(join(folder, 'two', 'classes.txt'), 'a\nb\n');
  await refuse('two', /train\.labels\[2\]: expected an integer from 0 to 1/, folder);
});

const array = (shape: number[], data: NamedArray['data']): NamedArray => ({ shape, data });

test('arrays that do not belong together are refused by name', (t) => {
  const x = array([2, 3, 3], new Uint8Array(18));
  const labels = array([2], Int32Array.of(0, 1));
  const refuse = (arrays: Record<string, NamedArray>, message: RegExp): void => {
    const map: ArrayMap = new Map(Object.entries(arrays));
    t.throws(() => arraysToDataset('a.npz', 'mine', map), { instanceOf: DataError, message });
  };
  refuse({ x }, /it has no array labels, only x; name them x \(bytes\) and labels/);
  refuse({ labels }, /it has no array x, only labels/);
  refuse({}, /it has no array x, only none/);
  refuse({ x, x_train: x, labels }, /it has both x and x_train; leave one of them out/);
  refuse({ x, labels, x_test: x }, /it has no array labels_test/);
  refuse({ x, labels: array([3], Int32Array.of(0, 1, 0)) }, /labels has 3 labels, x has 2 examples/);
  refuse({ x, labels: array([2], Float32Array.of(0, 1)) }, /labels holds numbers with fractions/);
  refuse(
    { x, labels: array([1, 2], Int32Array.of(0, 1)) },
    /labels has shape \[1,2\]; give one class an example/,
  );
  refuse(
    { x, labels: array([2], BigInt64Array.of(0n, 2n ** 40n)) },
    /labels\[1\]: expected an integer of at least 0/,
  );
  refuse({ x, labels: array([2], Int32Array.of(0, -1)) }, /labels\[1\]: .*got -1/);
  refuse({ x: array([18], new Uint8Array(18)), labels }, /x has shape \[18\]; give images as \[N, H, W, C\]/);
  refuse(
    { x, labels, mean: array([1], Float64Array.of(1)) },
    /one of mean and std is there; give both or none/,
  );
  refuse(
    { x, labels, mean: array([2], Float64Array.of(1, 1)), std: array([2], Float64Array.of(1, 1)) },
    /normalisation\.mean: expected a number for each of 1 channels/,
  );
  refuse(
    { x: array([0, 3, 3], new Uint8Array(0)), labels: array([0], new Int32Array(0)) },
    /at least one example/,
  );
  const other = array([2, 3, 4], new Uint8Array(24));
  refuse(
    { x, labels, x_test: other, labels_test: labels },
    /x_test has shape \[2,3,4\], x \[2,3,3\]; give both parts one form/,
  );
});

test('whatever is damaged in a .npz, it is a data set or a DataError (300 damaged files)', (t) => {
  const random = stream(9, 'probe', 'npz');
  const originals = ['images.npz', 'medmnist.npz', 'frames.npz'].map((name) => readFileSync(join(OWN, name)));
  let refused = 0;
  for (let i = 0; i < 300; i++)
    try {
      arraysToDataset('a.npz', 'mine', decodeNpz(mutate(originals, random), 'a.npz'));
    } catch (error) {
      if (!(error instanceof DataError)) t.fail(String((error as Error).stack));
      refused++;
    }
  t.true(refused > 150, String(refused));
});

test('damage within the arrays, past the checksums: an altered header or values is a data set or a DataError', (t) => {
  const random = stream(11, 'probe', 'npy');
  const originals = ['x.npy', 'labels.npy'].map((name) => readFileSync(join(OWN, 'arrays', name)));
  const names = ['x', 'labels', 'x_test', 'labels_test'];
  const whole = names.map((name): [string, NamedArray] => [
    name,
    decodeNpy(readFileSync(join(OWN, 'arrays', `${name}.npy`)), name),
  ]);
  let refused = 0;
  for (let i = 0; i < 1000; i++)
    try {
      const damaged = decodeNpy(mutate(originals, random), 'a.npy');
      arraysToDataset('a', 'mine', new Map([...whole, [names[i % 2], damaged]]));
    } catch (error) {
      if (!(error instanceof DataError)) t.fail(String((error as Error).stack));
      refused++;
    }
  t.true(refused > 500, String(refused));
});
