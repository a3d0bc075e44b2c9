// The embedded image set: the same bytes everywhere, balanced, and nothing but the shape tells the class.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { SettingsError } from '../../../src/errors.js';
import type { Examples } from '../../../src/data/dataset.js';
import { loadDataset } from '../../../src/data/sets/load.js';
import { shapes10, shapes10Part, SHAPES10_CLASSES } from '../../../src/data/sets/shapes10.js';
import { temporaryFolder } from '../../helpers/folder.js';

const BYTES = 32 * 32 * 3;
const concatenated = (parts: { train: Examples; test: Examples }): Buffer =>
  Buffer.concat([parts.train, parts.test].flatMap(({ data, labels }) => [data, labels]));
const small = shapes10({ train: 400, test: 100 });
const whole = shapes10();

test('shapes10: the default set has the pinned bytes', (t) => {
  t.is(whole.fingerprint, '25a4ba1bfd6e21d84a27d4404cef2c6f7354fe440fec5c9bbf7dbd750dd61c82');
  t.deepEqual([whole.train.count, whole.test.count, whole.shape], [4000, 1000, [32, 32, 3]]);
  t.regex(whole.description, /^shapes10: 4,000 training and 1,000 test images, drawn from seed 0$/);
});

test('shapes10: what is loaded is kept in the cache and read from there; where it is damaged, drawn anew', async (t) => {
  const cache = temporaryFolder(t);
  const file = join(cache, 'shapes10.bin');
  const isWhole = async (message?: string): Promise<void> => {
    const { train, test, ...rest } = await loadDataset({ name: 'shapes10' }, { cache });
    t.like(whole, rest, message);
    const [found, expected] = [concatenated({ train, test }), concatenated(whole)];
    t.true(found.equals(expected), message);
  };
  await isWhole();
  const kept = readFileSync(file);
  t.is(kept.length, 5000 * (BYTES + 1));
  const written = statSync(file).mtimeMs;
  await isWhole();
  t.is(statSync(file).mtimeMs, written, 'read, not written again');

  kept[4_000_000] ^= 1;
  writeFileSync(file, kept);
  await isWhole('drawn anew');
  kept[4_000_000] ^= 1;
  t.true(readFileSync(file).equals(kept));
});

test('shapes10: every block of ten labels holds each class once', (t) => {
  t.deepEqual(whole.classes, [...SHAPES10_CLASSES]);
  for (const { labels, count } of [whole.train, whole.test])
    for (let i = 0; i < count; i += 10) t.is(new Set(labels.subarray(i, i + 10)).size, 10);
  t.notDeepEqual(whole.train.labels.subarray(0, 10), whole.train.labels.subarray(10, 20));
});

test('shapes10: a smaller set is the beginning of a larger one', (t) => {
  for (const part of ['train', 'test'] as const) {
    const { data, labels, count } = small[part];
    t.deepEqual(labels, whole[part].labels.subarray(0, count));
    t.true(Buffer.compare(data, whole[part].data.subarray(0, count * BYTES)) === 0);
  }
});

test('shapes10: other seeds and the two parts give other images and labels', (t) => {
  const parts = [shapes10Part('train', 50), shapes10Part('test', 50), shapes10Part('train', 50, 1)];
  const images = parts.flatMap(({ data, count }) =>
    Array.from({ length: count }, (_, i) =>
      Buffer.from(data.subarray(i * BYTES, (i + 1) * BYTES)).toString('base64'),
    ),
  );
  t.is(new Set(images).size, 150);
  t.is(new Set(parts.map(({ labels }) => labels.join())).size, 3);
});

test('shapes10: no two images of the default set are equal', (t) => {
  const seen = new Set<string>();
  for (const { data, count } of [whole.train, whole.test])
    for (let i = 0; i < count; i++)
      seen.add(Buffer.from(data.subarray(i * BYTES, i * BYTES + 300)).toString('latin1'));
  t.is(seen.size, 5000);
});

test('shapes10: mean 115 to 128 and deviation 65 to 80 levels in every channel', (t) => {
  for (let c = 0; c < 3; c++) {
    const [mean, deviation] = moments(whole.train.data, c, 3);
    t.true(mean > 115 && mean < 128, `channel ${c}: mean ${mean}`);
    t.true(deviation > 65 && deviation < 80, `channel ${c}: deviation ${deviation}`);
  }
});

test('shapes10: the mean and deviation of the channels tell the class in fewer than 16 % of test images', (t) => {
  const train = colourStatistics(whole.train);
  const test = colourStatistics(whole.test);
  const centres = SHAPES10_CLASSES.map((_, label) => {
    const members = train.filter((_, i) => whole.train.labels[i] === label);
    return members[0].map((_, k) => members.reduce((sum, row) => sum + row[k], 0) / members.length);
  });
  const distance = (a: number[], b: number[]): number =>
    a.reduce((sum, value, k) => sum + (value - b[k]) ** 2, 0);
  const correct = test.filter((row, i) => {
    const distances = centres.map((centre) => distance(row, centre));
    return distances.indexOf(Math.min(...distances)) === whole.test.labels[i];
  }).length;
  t.true(correct / test.length < 0.16, `${correct} of ${test.length}`);
});

test('shapes10: a count that is no positive integer or a negative seed is refused', (t) => {
  for (const train of [0, -1, 1.5, NaN, Infinity])
    t.throws(() => shapes10({ train, test: 1 }), {
      instanceOf: SettingsError,
      message: /train must be a positive integer, got/,
    });
  t.throws(() => shapes10({ train: 1, test: 0 }), {
    instanceOf: SettingsError,
    message: /test must be .* got 0; /,
  });
  t.throws(() => shapes10({ train: 1, test: 1, seed: -1 }), { instanceOf: SettingsError, message: /seed/ });
});

/** Mean and deviation of every `step`th value. */
function moments(values: Uint8Array, from: number, step: number): [mean: number, deviation: number] {
  let sum = 0;
  let squares = 0;
  for (let i = from; i < values.length; i += step) {
    sum += values[i];
    squares += values[i] * values[i];
  }
  const mean = (sum * step) / values.length;
  return [mean, Math.sqrt((squares * step) / values.length - mean * mean)];
}

/** Mean and deviation of each channel of each image: all that is left of it without its shapes. */
const colourStatistics = ({ data, count }: Examples): number[][] =>
  Array.from({ length: count }, (_, i) =>
    [0, 1, 2].flatMap((c) => moments(data.subarray(i * BYTES, (i + 1) * BYTES), c, 3)),
  );
