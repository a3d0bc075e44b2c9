import test from 'ava';
import { normalisationOf, normalisationTable, normalised } from '../../../src/data/images/normalise.js';
import { DATASET_NAMES, datasets } from '../../../src/data/sets/index.js';
import { loadDataset } from '../../../src/data/sets/load.js';
import { sha256 } from '../../../src/hash.js';

// Made with PyTorch 2.13: bytes.to(float32).div(255).sub(mean).div(std), which is what ToTensor and Normalize do.
test('every CIFAR-10 byte has the float32 bits that ToTensor and Normalize compute', (t) => {
  const table = normalisationTable(datasets.cifar10.normalisation);
  t.deepEqual(
    [0, 128, 255].map((byte) => table[byte]),
    [-2.429065704345703, 0.0522037111222744, 2.5140879154205322],
  );
  const little = Buffer.alloc(4 * table.length);
  table.forEach((value, i) => little.writeFloatLE(value, 4 * i));
  t.is(sha256(little), '7724f199fd719d61fc4ae466ffd420763f4b07274df1f5a8e5643bbfb7188043');
});

test('the constants of every data set are those of its source', (t) => {
  const constants = Object.fromEntries(DATASET_NAMES.map((name) => [name, datasets[name].normalisation]));
  t.like(constants, {
    cifar10: { mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.201] }, // the authors' code
    cifar100: { mean: [0.5071, 0.4867, 0.4408], std: [0.2675, 0.2565, 0.2761] }, // TET's
    shapes10: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    'shapes10-dvs': { mean: [0, 0], std: [1, 1] },
    'cifar10-dvs': { mean: [0, 0], std: [1, 1] },
    nmnist: { mean: [0, 0], std: [1, 1] },
  });
});

test('a loaded data set is normalised by its constants, one without any neutrally', async (t) => {
  const loaded = await loadDataset({ name: 'shapes10' });
  t.deepEqual(normalisationOf(loaded), datasets.shapes10.normalisation);
  const own = { mean: [1], std: [2] };
  t.is(normalisationOf({ kind: 'images', shape: [2, 2, 1], normalisation: own }), own);
  t.deepEqual(normalisationOf({ kind: 'images', shape: [2, 2, 1] }), { mean: [0.5], std: [0.25] });
  t.deepEqual(normalisationOf({ kind: 'frames', shape: [2, 2, 2] }), { mean: [0, 0], std: [1, 1] });
});

test('every data set has as many constants as channels, and event frames are only divided by 255', (t) => {
  for (const name of DATASET_NAMES) {
    const { mean, std } = datasets[name].normalisation;
    t.is(mean.length, datasets[name].shape[2]);
    t.is(std.length, mean.length);
  }
  const table = normalisationTable(datasets['shapes10-dvs'].normalisation);
  t.is(table.length, 512);
  for (const byte of [0, 1, 77, 255]) t.is(table[256 + byte], Math.fround(byte / 255));
});

test('normalised gives a float32', (t) => {
  const value = normalised(0.3, 0.4914, 0.2023);
  t.is(value, Math.fround(value));
});
