// The registry: what every data set says of itself agrees with what is loaded, and names that there are not are answered.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { checkDataset } from '../../../src/data/check.js';
import { normalisationOf } from '../../../src/data/images/normalise.js';
import {
  classNames,
  DATASET_NAMES,
  type DatasetName,
  dataTitle,
  datasets,
  exampleWord,
  isEventData,
  isFound,
  loadableName,
} from '../../../src/data/sets/index.js';
import { loadDataset } from '../../../src/data/sets/load.js';
import { SettingsError } from '../../../src/errors.js';
import { temporaryFolder } from '../../helpers/folder.js';

/** Those whose facts are written down here; of others these tests ask only that they agree with themselves. */
const KNOWN: DatasetName[] = ['shapes10', 'shapes10-dvs', 'cifar10', 'cifar100', 'cifar10-dvs', 'nmnist'];

test('every data set is listed under its own name, and its facts are those of a data set', (t) => {
  for (const listed of DATASET_NAMES) {
    const { name, kind, shape, sensor, classes, sizes, normalisation } = datasets[listed];
    t.is(name, listed);
    t.is(sensor !== undefined, kind === 'frames', name);
    const size = shape[0] * shape[1] * shape[2];
    const one = { data: new Uint8Array(size), labels: new Uint8Array(1), count: 1 };
    const made = { name, kind, shape, classes: [...classes], normalisation, train: one, test: one };
    const frames = kind === 'frames' ? { frames: 1 } : {};
    t.notThrows(() => checkDataset({ ...made, ...frames, fingerprint: '', description: '' }), name);
    t.true(sizes.train > sizes.test && sizes.test >= classes.length, name);
  }
});

test('an embedded data set is loaded as it says: kind, shape, classes, sizes and normalisation', async (t) => {
  const { kind, shape, classes, sizes, normalisation } = datasets.shapes10;
  const loaded = await loadDataset({ name: 'shapes10' });
  t.deepEqual(
    [loaded.kind, loaded.shape, loaded.classes, { train: loaded.train.count, test: loaded.test.count }],
    [kind, shape, [...classes], sizes],
  );
  t.deepEqual(normalisationOf(loaded), normalisation);
});

test('classNames: every data set has its classes', (t) => {
  for (const name of KNOWN) t.is(classNames(name).length, name === 'cifar100' ? 100 : 10, name);
  t.is(classNames('cifar10')[3], 'cat');
  t.is(classNames('nmnist')[3], '3');
});

test('dataTitle: names of data sets as people write them', (t) => {
  t.deepEqual([...KNOWN, 'mine'].map(dataTitle), [
    ...['shapes10', 'shapes10-dvs', 'CIFAR-10', 'CIFAR-100', 'CIFAR10-DVS', 'N-MNIST'],
    'mine',
  ]);
});

test('exampleWord and isEventData: by the data, not by how a name ends', (t) => {
  t.deepEqual(KNOWN.filter(isEventData), ['shapes10-dvs', 'cifar10-dvs', 'nmnist']);
  const word = (name: string): string => exampleWord({ name });
  t.deepEqual(['cifar10', 'nmnist', 'mine-dvs'].map(word), ['images', 'recordings', 'images']);
  t.is(exampleWord({ name: 'mine', arrays: { kind: 'frames' } }), 'recordings');
});

test('isFound: generated sets always, downloaded ones by their folder or within it', (t) => {
  const root = temporaryFolder(t);
  t.true(isFound('shapes10', root) && isFound('shapes10-dvs', root));
  for (const [name, folder] of [
    ['cifar10', 'cifar-10-batches-bin'],
    ['cifar100', 'cifar-100-binary'],
    ['cifar10-dvs', 'cifar10-dvs'],
    ['nmnist', 'N-MNIST'],
  ] as const) {
    t.false(isFound(name, root), name);
    mkdirSync(join(root, folder));
    t.true(isFound(name, root), name);
  }
  for (const [name, folder, label] of [
    ['cifar10-dvs', 'cifar10-dvs', 'airplane'],
    ['nmnist', 'N-MNIST', 'Train'],
  ] as const) {
    mkdirSync(join(root, folder, label));
    t.true(isFound(name, join(root, folder)), name);
  }
});

test('loadableName: another name is answered with the one that was meant, or with all', (t) => {
  t.is(loadableName('cifar10'), 'cifar10');
  const refused = { instanceOf: SettingsError };
  t.throws(() => loadableName('cifr10'), {
    ...refused,
    message: /no data set "cifr10".*did you mean "cifar10"\?/,
  });
  t.throws(() => loadableName('mine'), {
    message: /no data set "mine".*only shapes10, .*nmnist.*; .*arrayDataset/,
  });
  t.throws(() => loadableName('toString'), refused);
});
