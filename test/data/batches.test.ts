import test from 'ava';
import { drawPlacement } from '../../src/data/images/augment.js';
import { epochOrder, makeBatch } from '../../src/data/batches.js';
import { normalisationOf, normalisationTable } from '../../src/data/images/normalise.js';
import { SettingsError } from '../../src/errors.js';
import { smallDataset } from '../helpers/dataset.js';

test('epochOrder permutes the training indices, differently in each epoch and seed', (t) => {
  const train = Int32Array.from({ length: 50 }, (_, i) => 3 * i);
  const order = epochOrder(train, 7, 0);
  t.deepEqual(
    [...order].sort((a, b) => a - b),
    [...train],
  );
  t.deepEqual(epochOrder(train, 7, 0), order);
  t.notDeepEqual([...order], [...train]);
  t.notDeepEqual([...epochOrder(train, 7, 1)], [...order]);
  t.notDeepEqual([...epochOrder(train, 8, 0)], [...order]);
});

test('epochOrder is pinned: the order of an epoch is part of every result', (t) => {
  const train = Int32Array.from({ length: 10 }, (_, i) => 10 * i);
  t.deepEqual([...epochOrder(train, 2022, 3)], [30, 90, 10, 50, 80, 60, 70, 0, 40, 20]);
});

test('epochOrder: over epochs each example comes at each place as often (chi-square below its 0.9999 quantile)', (t) => {
  const train = Int32Array.from({ length: 8 }, (_, i) => i);
  const seen = new Float64Array(64);
  const epochs = 8000;
  for (let epoch = 0; epoch < epochs; epoch++)
    epochOrder(train, 1, epoch).forEach((example, place) => seen[8 * place + example]++);
  const expected = epochs / 8;
  t.true(seen.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0) < 95); // of 49 degrees of freedom
});

test('images: [B, H, W, C], normalised by channel, in the order asked for', (t) => {
  const dataset = smallDataset();
  const { x, shape, labels } = makeBatch(dataset, 'train', Int32Array.of(5, 0, 11), { steps: 4 });
  t.deepEqual(shape, [3, 6, 7, 3]);
  t.deepEqual([...labels], [1, 0, 3]);
  const table = normalisationTable(normalisationOf(dataset));
  const expected = [5, 0, 11].flatMap((index) =>
    Array.from(
      dataset.train.data.subarray(index * 126, (index + 1) * 126),
      (byte, i) => table[(i % 3) * 256 + byte],
    ),
  );
  t.deepEqual([...x], expected);
});

test('frames: [T, B, H, W, C], time first, byte/255', (t) => {
  const dataset = smallDataset({ frames: 3 });
  const { x, shape } = makeBatch(dataset, 'test', Int32Array.of(2, 6), { steps: 3 });
  t.deepEqual(shape, [3, 2, 6, 7, 2]);
  const size = 84;
  for (let step = 0; step < 3; step++)
    [2, 6].forEach((index, b) => {
      const frame = dataset.test.data.subarray((index * 3 + step) * size, (index * 3 + step + 1) * size);
      t.deepEqual(
        [...x.subarray((step * 2 + b) * size, (step * 2 + b + 1) * size)],
        Array.from(frame, (byte) => Math.fround(byte / 255)),
      );
    });
});

test('an augmented example is the same in every batch and differs from the plain one', (t) => {
  const dataset = smallDataset();
  const augment = { seed: 3, epoch: 1 };
  const several = makeBatch(dataset, 'train', Int32Array.of(4, 9), { steps: 1, augment }).x.subarray(126);
  const alone = makeBatch(dataset, 'train', Int32Array.of(9), { steps: 1, augment }).x;
  t.deepEqual([...several], [...alone]);
  t.notDeepEqual([...alone], [...makeBatch(dataset, 'train', Int32Array.of(9), { steps: 1 }).x]);
});

test('frames: all frames of an example are placed alike', (t) => {
  const dataset = smallDataset({ frames: 2 });
  dataset.train.data.copyWithin(84, 0, 84); // both frames of example 0 the same
  const augment = { seed: 0, epoch: 0 };
  t.notDeepEqual(drawPlacement('frames', augment, 0), { down: 0, right: 0, mirror: false });
  const { x } = makeBatch(dataset, 'train', Int32Array.of(0), { steps: 2, augment });
  t.deepEqual([...x.subarray(0, 84)], [...x.subarray(84)]);
  const total = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);
  const clean = makeBatch(dataset, 'train', Int32Array.of(0), { steps: 2 }).x;
  t.true(Math.abs(total(x) - total(clean)) < 1e-4, 'a roll loses nothing');
});

test('noise: shared over time keeps [B, H, W, C], per step makes it [T, B, H, W, C] with another draw each step', (t) => {
  const dataset = smallDataset();
  const noise = { definition: 'gaussian-pixel-sigma', level: 0.1, seed: 1 };
  const indices = Int32Array.of(0, 1);
  const shared = makeBatch(dataset, 'test', indices, { steps: 3, noise });
  t.deepEqual(shared.shape, [2, 6, 7, 3]);
  const redrawn = makeBatch(dataset, 'test', indices, { steps: 3, noise: { ...noise, perStep: true } });
  t.deepEqual(redrawn.shape, [3, 2, 6, 7, 3]);
  const step = (i: number): number[] => [...redrawn.x.subarray(i * 252, (i + 1) * 252)];
  t.notDeepEqual(step(0), step(1));
  t.notDeepEqual(step(1), step(2));
  const clean = makeBatch(dataset, 'test', indices, { steps: 3 }).x;
  const mean = redrawn.x.reduce((sum, value, i) => sum + value - clean[i % 252], 0) / redrawn.x.length;
  t.true(Math.abs(mean) < (5 * 0.4) / Math.sqrt(756), 'every step is the clean image plus noise');
});

test('noise on frames: shared is the same in every frame', (t) => {
  const dataset = smallDataset({ frames: 2 });
  const noise = { definition: 'gaussian-pixel-sigma', level: 0.1, seed: 1 };
  const difference = (perStep: boolean): number[] => {
    const noisy = makeBatch(dataset, 'test', Int32Array.of(0), { steps: 2, noise: { ...noise, perStep } }).x;
    const clean = makeBatch(dataset, 'test', Int32Array.of(0), { steps: 2 }).x;
    const added = noisy.map((value, i) => value - clean[i]);
    return Array.from({ length: 84 }, (_, i) => Math.abs(added[i] - added[84 + i]));
  };
  t.true(Math.max(...difference(false)) < 1e-6);
  t.true(Math.max(...difference(true)) > 0.01);
});

test('event data framed for another T and indices outside of the part are refused', (t) => {
  t.throws(() => makeBatch(smallDataset({ frames: 3 }), 'train', Int32Array.of(0), { steps: 4 }), {
    instanceOf: SettingsError,
    message: /steps: 4 asked for, but shapes10-dvs was framed for 3; set steps to 3/,
  });
  for (const index of [-1, 7])
    t.throws(() => makeBatch(smallDataset(), 'test', Int32Array.of(index), { steps: 1 }), {
      instanceOf: SettingsError,
      message: /index -?\d is outside of the test part of shapes10, give 0 to 6/,
    });
});

test('makeBatch: images that are moved have black edges, frames come in again on the other side', (t) => {
  /** How many different values a batch of white examples has. */
  const values = (dataset: ReturnType<typeof smallDataset>): number => {
    dataset.train.data.fill(255);
    const all = Int32Array.from({ length: 20 }, (_, i) => i);
    const augment = { seed: 1, epoch: 0 };
    return new Set(makeBatch(dataset, 'train', all, { steps: 1, augment }).x).size;
  };
  t.is(values(smallDataset({ frames: 1 })), 1, 'white everywhere');
  t.is(values(smallDataset()), 2, 'white and black');
});
