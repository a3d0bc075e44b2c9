import test from 'ava';
import { DATASET_NAMES } from '../../../src/data/dataset.js';
import { usualNormalisation, normalisationTable, normalised } from '../../../src/data/images/normalise.js';
import { sha256 } from '../../../src/hash.js';

// Made with PyTorch 2.13: bytes.to(float32).div(255).sub(mean).div(std), which is what ToTensor and Normalize do.
test('every CIFAR-10 byte has the float32 bits that ToTensor and Normalize compute', (t) => {
  const table = normalisationTable(usualNormalisation('cifar10'));
  t.deepEqual(
    [0, 128, 255].map((byte) => table[byte]),
    [-2.429065704345703, 0.0522037111222744, 2.5140879154205322],
  );
  const little = Buffer.alloc(4 * table.length);
  table.forEach((value, i) => little.writeFloatLE(value, 4 * i));
  t.is(sha256(little), '7724f199fd719d61fc4ae466ffd420763f4b07274df1f5a8e5643bbfb7188043');
});

test('every data set has as many constants as channels, and event frames are only divided by 255', (t) => {
  for (const name of DATASET_NAMES) {
    const { mean, std } = usualNormalisation(name);
    t.is(mean.length, name.endsWith('dvs') ? 2 : 3);
    t.is(std.length, mean.length);
  }
  const table = normalisationTable(usualNormalisation('shapes10-dvs'));
  t.is(table.length, 512);
  for (const byte of [0, 1, 77, 255]) t.is(table[256 + byte], Math.fround(byte / 255));
});

test('normalised gives a float32', (t) => {
  const value = normalised(0.3, 0.4914, 0.2023);
  t.is(value, Math.fround(value));
});
