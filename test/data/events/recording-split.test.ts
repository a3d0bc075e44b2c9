// Splits of recordings: who is where, against the sources' rules, and that the parts never overlap.
import test from 'ava';
import fc from 'fast-check';
import { splitRecordings } from '../../../src/data/events/recording-split.js';
import { SettingsError } from '../../../src/errors.js';
import { sha256 } from '../../../src/hash.js';

const CLASSES = ['airplane', 'automobile', 'bird'];
/** `count` files of each class, in the order of their numbers. */
const files = (count: number, classes = CLASSES): string[][] =>
  classes.map((name) => Array.from({ length: count }, (_, i) => `${name}/cifar10_${name}_${i}.aedat`));
const numbers = (part: { file: string; label: number }[], label: number): number[] =>
  part.filter((one) => one.label === label).map(({ file }) => Number(/_(\d+)\./.exec(file)![1]));
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

test('first-900: files 0 to 899 of each class for training, 900 to 999 for the test', (t) => {
  const split = splitRecordings('first-900', files(1000));
  for (const label of [0, 1, 2]) {
    t.deepEqual(numbers(split.train, label), range(0, 900));
    t.deepEqual(numbers(split.test, label), range(900, 1000));
  }
});

test('first-900 of other sizes: the first 900 of more, the first nine tenths of fewer', (t) => {
  for (const [count, train] of [
    [1003, 900],
    [999, 899],
    [10, 9],
    [9, 8],
    [2, 1],
  ])
    t.deepEqual(numbers(splitRecordings('first-900', files(count)).train, 1), range(0, train), `of ${count}`);
});

test('spikingjelly: the last tenth in text order is the test part, as Python sorts', (t) => {
  const { train, test: held } = splitRecordings('spikingjelly', files(1000));
  t.is(train.length, 2700);
  // sorted(names)[math.ceil(1000 * 0.9):] of Python 3.11, put back in the order of the numbers.
  const names = numbers(held, 0).map((i) => `cifar10_airplane_${i}.aedat`);
  t.deepEqual(numbers(held, 0).slice(0, 3), [91, 92, 93]);
  t.is(sha256(names.join('\n')), 'c8974184f3ee68b022c77ef7db5e0b7e5aac96bc0d537a9f8995f358d1761de9');
  // math.ceil(n * 0.9) of Python 3.11.
  for (const [count, expected] of [
    [10, 9],
    [11, 10],
    [19, 18],
    [20, 18],
    [70, 63],
    [101, 91],
    [110, 99],
    [130, 117],
  ])
    t.is(splitRecordings('spikingjelly', files(count)).train.length, 3 * expected, `of ${count}`);
});

test('random:<seed>: nine tenths of each class, a function of the seed, different between classes', (t) => {
  const [a, again, b] = ['random:1', 'random:1', 'random:2'].map((name) => splitRecordings(name, files(200)));
  t.deepEqual(a, again);
  t.not(a.hash, b.hash);
  t.is(numbers(a.test, 0).length, 20);
  t.notDeepEqual(numbers(a.test, 0), numbers(b.test, 0));
  t.notDeepEqual(numbers(a.test, 0), numbers(a.test, 1));
  t.notDeepEqual(numbers(a.test, 0), range(180, 200));
});

test('random:<seed>: each class has a stream of its own (common places of two classes within 5 σ)', (t) => {
  const { test: held } = splitRecordings('random:5', files(2000));
  const [a, b] = [0, 1].map((label) => new Set(numbers(held, label)));
  const common = [...a].filter((number) => b.has(number)).length;
  // Two draws of 200 of 2000 have 20 in common, with a standard deviation of 4.
  t.true(Math.abs(common - 20) < 20, `${common}`);
});

test('every recording is in exactly one part, and prefixes are balanced (property, 200 sets)', (t) => {
  const sets = fc.tuple(
    fc.array(fc.integer({ min: 10, max: 60 }), { minLength: 1, maxLength: 6 }),
    fc.constantFrom('first-900', 'spikingjelly', 'random:0', 'random:99'),
  );
  fc.assert(
    fc.property(sets, ([sizes, name]) => {
      const classes = sizes.map((size, label) => files(size, [`class${label}`])[0]);
      const { train, test: held } = splitRecordings(name, classes);
      const all = [...train, ...held];
      t.is(new Set(all.map(({ file }) => file)).size, classes.flat().length);
      t.is(all.length, classes.flat().length);
      for (const { file, label } of all) t.true(file.startsWith(`class${label}/`));
      const first = train.slice(0, sizes.length * 9).map(({ label }) => label);
      t.deepEqual(
        first,
        range(0, first.length).map((i) => i % sizes.length),
        'the classes take turns',
      );
    }),
    { numRuns: 200, seed: 1 },
  );
});

test('the hash tells splits apart and stays what it was', (t) => {
  const hashes = ['first-900', 'spikingjelly', 'random:0'].map(
    (name) => splitRecordings(name, files(20)).hash,
  );
  t.is(new Set(hashes).size, 3);
  t.is(hashes[0], splitRecordings('first-900', files(20)).hash);
  t.not(hashes[0], splitRecordings('first-900', files(21)).hash);
  t.deepEqual(hashes, GOLDEN);
});

test('splitRecordings refuses unknown names and classes that leave a part empty', (t) => {
  for (const name of [
    'first-800',
    'random',
    'random:',
    'random:-1',
    'random:1.5',
    'random:01',
    'random:1e3',
    '',
  ])
    t.throws(
      () => splitRecordings(name, files(20)),
      { instanceOf: SettingsError, message: /use first-900/ },
      name,
    );
  const few = [files(20)[0], files(9)[1]];
  t.throws(() => splitRecordings('spikingjelly', few), {
    instanceOf: SettingsError,
    message: /split spikingjelly: class 1 has 9 recordings, 9 for training and 0 for the test/,
  });
  t.throws(() => splitRecordings('first-900', files(1)), {
    instanceOf: SettingsError,
    message: /class 0 has 1 rec/,
  });
});

// Golden: who is in which part, and with what names, must never change.
const GOLDEN = [
  '871d39f3cc27bfc62ee5e6a3ab9fabc06c723c545dfa6c3684eca215ac496402',
  '34f94eae7c7e094948d88d5a4e20d54d44b2da111b4e3268abe7db936a7c8e4a',
  '7ae316e234e4f9d8f830eac791da651a8a1b245279f06ae59f3906324b3a0772',
];
