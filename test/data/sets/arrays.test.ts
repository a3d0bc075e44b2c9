// A data set made of arrays: its parts, its identity, what is refused.
import test from 'ava';
import { makeBatch } from '../../../src/data/batches.js';
import { arrayDataset, type ArrayDatasetInput } from '../../../src/data/sets/arrays.js';
import { normalisationOf } from '../../../src/data/images/normalise.js';
import { SettingsError } from '../../../src/errors.js';

/** 40 images of 2 × 3 pixels and 2 channels; the first byte of each is its number; four classes in turn. */
const given = (more: Partial<ArrayDatasetInput> = {}): ArrayDatasetInput => ({
  name: 'numbered',
  x: Uint8Array.from({ length: 40 * 12 }, (_, j) => (j % 12 === 0 ? j / 12 : j % 7)),
  labels: Array.from({ length: 40 }, (_, i) => i % 4),
  shape: [2, 3, 2],
  classes: ['a', 'b', 'c', 'd'],
  ...more,
});
const numbers = (data: Uint8Array): number[] => [...data].filter((_, j) => j % 12 === 0);

test('arrayDataset: a tenth is held out class by class; every image is in one part, in order, with its label', (t) => {
  const { train, test: tested, ...about } = arrayDataset(given());
  t.like(about, { name: 'numbered', kind: 'images', shape: [2, 3, 2], classes: ['a', 'b', 'c', 'd'] });
  t.is(about.description, 'numbered: 36 training and 4 test images, given as arrays');
  t.deepEqual([...tested.labels].sort(), [0, 1, 2, 3]);
  for (const part of [train, tested]) {
    const found = numbers(part.data);
    t.is(found.length, part.count);
    t.deepEqual(
      found,
      [...found].sort((a, b) => a - b),
    );
    t.deepEqual(
      [...part.labels],
      found.map((i) => i % 4),
    );
    found.forEach((image, i) =>
      t.deepEqual(part.data.subarray(i * 12, i * 12 + 12), given().x.subarray(image * 12, image * 12 + 12)),
    );
  }
  t.deepEqual(
    [...numbers(train.data), ...numbers(tested.data)].sort((a, b) => a - b),
    [...Array(40).keys()],
  );
  t.deepEqual(arrayDataset(given()).test, tested, 'the same every time');
});

test('arrayDataset: a test part of its own, a share, a number of classes', (t) => {
  const part = { x: given().x.subarray(0, 24), labels: Uint8Array.of(3, 1) };
  const made = arrayDataset(given({ test: part, classes: 4 }));
  t.is(made.train.count, 40);
  t.deepEqual([...made.test.labels], [3, 1]);
  t.deepEqual(numbers(made.test.data), [0, 1]);
  t.deepEqual(made.classes, ['class 0', 'class 1', 'class 2', 'class 3']);
  t.is(arrayDataset(given({ test: 0.5 })).test.count, 20);
});

test('arrayDataset: frames are examples of so many images, one for each step of a network', (t) => {
  const made = arrayDataset(
    given({ frames: 4, labels: Array.from({ length: 10 }, (_, i) => i % 2), test: 0.2 }),
  );
  t.like(made, { kind: 'frames', frames: 4, shape: [2, 3, 2] });
  t.is(made.description, 'numbered: 8 training and 2 test recordings, given as arrays');
  t.deepEqual(normalisationOf(made), { mean: [0, 0], std: [1, 1] });
  const { x, shape } = makeBatch(made, 'train', Int32Array.of(1, 0), { steps: 4 });
  t.deepEqual(shape, [4, 2, 2, 3, 2]);
  const first = numbers(made.train.data);
  for (const [b, example] of [1, 0].entries())
    for (let step = 0; step < 4; step++)
      t.is(x[(step * 2 + b) * 12], Math.fround(first[4 * example + step] / 255));
  t.throws(() => makeBatch(made, 'train', Int32Array.of(0), { steps: 2 }), {
    message: /steps: 2 asked for, but numbered was framed for 4/,
  });
  t.throws(() => arrayDataset(given({ frames: 3 })), {
    message: /train\.data: expected 40 examples of 36 bytes/,
  });
  t.throws(() => arrayDataset(given({ frames: 0 })), { message: /frames: expected an integer from 1/ });
});

test('arrayDataset: the fingerprint says bytes, labels, name, shape and normalisation, not the names of classes', (t) => {
  const of = (more: Partial<ArrayDatasetInput>): string => arrayDataset(given(more)).fingerprint;
  const x = given().x.slice();
  x[100] ^= 1;
  const normalisation = { mean: [0.1, 0.2], std: [1, 1] };
  const others = [
    { x },
    { labels: Array(40).fill(1) },
    { name: 'other' },
    { shape: [3, 2, 2] as const },
    { normalisation },
    { classes: 5 },
  ];
  t.is(new Set([of({}), ...others.map(of)]).size, others.length + 1);
  t.is(of({ classes: ['w', 'x', 'y', 'z'] }), of({}));
  t.is(of({ normalisation: { mean: [0.5, 0.5], std: [0.25, 0.25] } }), of({}), 'the default, said');
});

test('arrayDataset: normalised as it says, else by 0.5 and 0.25 in every channel', (t) => {
  t.deepEqual(normalisationOf(arrayDataset(given())), { mean: [0.5, 0.5], std: [0.25, 0.25] });
  const normalisation = { mean: [0.1, 0.2], std: [0.3, 0.4] };
  t.deepEqual(normalisationOf(arrayDataset(given({ normalisation }))), normalisation);
});

test('arrayDataset: what is wrong is refused by field, index and value', (t) => {
  const refuse = (more: Partial<ArrayDatasetInput>, message: RegExp): void =>
    void t.throws(() => arrayDataset(given(more)), { instanceOf: SettingsError, message });
  refuse(
    { name: 'cifar10' },
    /cifar10 is the name of a data set that is loaded; give this one a name of its own/,
  );
  refuse(
    { x: Float32Array.from(given().x) as never },
    /x: expected bytes of 0 to 255 in a Uint8Array; multiply/,
  );
  refuse({ test: { x: [1] as never, labels: [1] } }, /test\.x: expected bytes/);
  const at7 = (label: unknown): number[] =>
    Array.from({ length: 40 }, (_, i) => (i === 7 ? (label as number) : 0));
  refuse({ labels: at7(300) }, /labels\[7\]: expected an integer of at least 0, one for each class, got 300/);
  refuse({ labels: at7(-1) }, /labels\[7\]: .*got -1/);
  refuse({ labels: at7(0.5) }, /labels\[7\]: .*got 0\.5/);
  refuse({ labels: at7('dog') }, /labels\[7\]: .*got "dog"/);
  refuse({ labels: at7(4) }, /labels\[7\]: expected an integer from 0 to 3, one of 4 classes, got 4/);
  refuse({ labels: [0, 1] }, /train\.data: expected 2 examples of 12 bytes, 24 in all, got 480 bytes/);
  refuse({ classes: 0 }, /classes: expected names or a positive integer, got 0/);
  for (const test of [0, 1, -1, NaN, 1.5]) refuse({ test }, /arrayDataset: test: .*share between 0 and 1/);
  refuse({ test: 0.001 }, /0\.001 of 40 images leaves 40 to train on and 0 to test on/);
});
