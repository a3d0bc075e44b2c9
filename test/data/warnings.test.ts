// What is said of data that is blank, there twice, or tested on what was trained on.
import test from 'ava';
import type { Dataset, Examples } from '../../src/data/dataset.js';
import { splitExamples } from '../../src/data/split.js';
import { dataWarnings } from '../../src/data/warnings.js';
import { experiment } from '../../src/experiment/experiment.js';
import { stream } from '../../src/random.js';
import { smallDataset } from '../helpers/dataset.js';

const SIZE = 6 * 7 * 3;
const said = (dataset: Dataset, more: object = {}): string[] => {
  const { data } = experiment({ data: { name: 'shapes10', ...more } });
  return dataWarnings(dataset, splitExamples(dataset, data), data);
};
/** Examples with some of them replaced: by 0 where nothing is said, else by those of the numbers. */
const replaced = (part: Examples, at: number[], by?: number[]): Examples => {
  const data = part.data.slice();
  at.forEach((to, i) =>
    by
      ? data.copyWithin(to * SIZE, by[i] * SIZE, (by[i] + 1) * SIZE)
      : data.fill(0, to * SIZE, (to + 1) * SIZE),
  );
  return { ...part, data };
};
const drawn = (part: Examples, seed: number): Examples => {
  const { integer } = stream(seed, 'generate', 'warnings');
  return { ...part, data: part.data.map(() => integer(0, 255)) };
};
const small = smallDataset({ train: 200, test: 100 });
const dataset = { ...small, train: drawn(small.train, 0), test: drawn(small.test, 1) };

test('dataWarnings: nothing is said of examples that all differ, nor of less than one in a hundred twice', (t) => {
  t.deepEqual(said(dataset), []);
  t.deepEqual(said({ ...dataset, train: replaced(dataset.train, [7], [3]) }), []);
});

test('dataWarnings: blank examples are counted in each part, and are no repetitions', (t) => {
  t.deepEqual(
    said({ ...dataset, train: replaced(dataset.train, [0]), test: replaced(dataset.test, [4, 5, 99]) }),
    ['1 of 200 training examples are entirely zero', '3 of 100 test examples are entirely zero'],
  );
});

test('dataWarnings: of the examples that are used only', (t) => {
  const late = { ...dataset, train: replaced(dataset.train, [150, 151]) };
  t.deepEqual(said(late, { trainLimit: 150 }), []);
  t.deepEqual(said(late, { trainLimit: 151 }), ['1 of 151 training examples are entirely zero']);
  t.deepEqual(
    said(late, { validation: 0.5 }),
    ['2 of 200 training examples are entirely zero'],
    'those held out too',
  );
});

test('dataWarnings: a batch that is there twice, in either part', (t) => {
  const half = [...Array(100).keys()];
  t.deepEqual(
    said({
      ...dataset,
      train: replaced(
        dataset.train,
        half.map((i) => i + 100),
        half,
      ),
    }),
    ['100 of 200 training examples repeat an earlier one, byte by byte'],
  );
  t.deepEqual(said({ ...dataset, test: replaced(dataset.test, [1, 2], [0, 0]) }), [
    '2 of 100 test examples repeat an earlier one, byte by byte',
  ]);
});

test('dataWarnings: the test part is a training file, or holds some of its examples', (t) => {
  t.deepEqual(said({ ...dataset, test: dataset.train }), [
    '200 of 200 test examples are among those trained on, byte by byte',
  ]);
  const data = dataset.test.data.slice();
  data.set(dataset.train.data.subarray(5 * SIZE, 6 * SIZE), 9 * SIZE);
  t.deepEqual(said({ ...dataset, test: { ...dataset.test, data } }), [
    '1 of 100 test examples are among those trained on, byte by byte',
  ]);
});

test('dataWarnings: black recordings say what the pipeline has to do with it', (t) => {
  const frames = smallDataset({ frames: 2, train: 4, test: 4 });
  const black = { ...frames, train: { ...frames.train, data: frames.train.data.map(() => 0) } };
  t.deepEqual(said(black), [
    '4 of 4 training examples are entirely zero (pipeline tet shows OFF events only near ON events; tet-plain shows all)',
  ]);
  t.deepEqual(said(black, { pipeline: 'tet-plain' }), ['4 of 4 training examples are entirely zero']);
});
