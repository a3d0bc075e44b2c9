import test from 'ava';
import type { Dataset } from '../../src/data/dataset.js';
import type { DataSettings } from '../../src/data/settings.js';
import { drawByClass, splitExamples } from '../../src/data/split.js';
import { SettingsError } from '../../src/errors.js';
import { smallDataset } from '../helpers/dataset.js';

const settings = (given: Partial<DataSettings> = {}): DataSettings => ({
  name: 'shapes10',
  validation: 0,
  augment: 'none',
  ...given,
});

/** A data set with given training labels. */
const labelled = (labels: number[], classes: number): Dataset => ({
  ...smallDataset({ train: labels.length, classes }),
  train: { data: new Uint8Array(0), labels: Uint8Array.from(labels), count: labels.length },
});

test('without validation and limits everything is used, in order', (t) => {
  const split = splitExamples(smallDataset({ train: 5, test: 3 }), settings());
  t.deepEqual([...split.train], [0, 1, 2, 3, 4]);
  t.deepEqual([...split.validation], []);
  t.deepEqual([...split.test], [0, 1, 2]);
  t.is(split.name, 'all');
});

test('validation and training are disjoint, complete, ascending, and each class keeps its share within one', (t) => {
  const labels = Array.from({ length: 997 }, (_, i) => (i * i) % 7);
  const dataset = labelled(labels, 7);
  for (const share of [0.1, 0.25, 0.333, 0.9]) {
    const { train, validation, name } = splitExamples(dataset, settings({ validation: share }));
    t.deepEqual(
      [...train, ...validation].sort((a, b) => a - b),
      labels.map((_, i) => i),
    );
    for (const list of [train, validation])
      t.deepEqual(
        [...list],
        [...list].sort((a, b) => a - b),
      );
    t.is(validation.length, Math.round(997 * share));
    for (let label = 0; label < 7; label++) {
      const whole = labels.filter((value) => value === label).length;
      const held = [...validation].filter((i) => labels[i] === label).length;
      t.true(Math.abs(held - whole * share) < 1, `${held} of ${whole}`);
    }
    t.is(name, `stratified-${share}`);
  }
});

test('the held-out examples are drawn, not the first or the last of a class', (t) => {
  const { validation } = splitExamples(smallDataset({ train: 400 }), settings({ validation: 0.1 }));
  t.true(Math.min(...validation) < 200 && Math.max(...validation) >= 200);
  t.notDeepEqual([...validation], [...Array(40).keys()]);
});

test('drawByClass is pinned, and each class has a stream of its own: equal classes are not drawn at equal places', (t) => {
  const labels = Uint8Array.from({ length: 40 }, (_, i) => i % 4);
  const drawn = [...drawByClass(labels, 4, 0.25, 'shapes10')].sort((a, b) => a - b);
  t.deepEqual(drawn, [5, 7, 20, 21, 24, 26, 28, 30, 31, 38]);
  const many = Uint8Array.from({ length: 4000 }, (_, i) => i % 4);
  const all = drawByClass(many, 4, 0.25, 'shapes10');
  const placesOf = (label: number): Set<number> =>
    new Set([...all].filter((i) => many[i] === label).map((i) => (i - label) / 4));
  for (const [a, b] of [
    [0, 1],
    [1, 2],
    [0, 3],
  ]) {
    const others = placesOf(b);
    const common = [...placesOf(a)].filter((place) => others.has(place)).length;
    // Two draws of 250 of 1000 have 62.5 in common, with a standard deviation of 5.9.
    t.true(Math.abs(common - 62.5) < 5 * 5.9, `classes ${a} and ${b}: ${common}`);
  }
});

test('drawByClass: over names, each example is drawn as often as any other (within 5 σ)', (t) => {
  const labels = Uint8Array.from({ length: 20 }, (_, i) => i % 2);
  const counts = new Float64Array(20);
  const draws = 3000;
  for (let name = 0; name < draws; name++)
    for (const i of drawByClass(labels, 2, 0.3, `${name}`)) counts[i]++;
  for (const count of counts) t.true(Math.abs(count - 0.3 * draws) < 5 * Math.sqrt(draws * 0.21), `${count}`);
});

test('a split is the same every time, and its hash tells splits apart', (t) => {
  const dataset = smallDataset({ train: 100 });
  const hashOf = (given: Partial<DataSettings>): string => splitExamples(dataset, settings(given)).hash;
  t.is(hashOf({ validation: 0.2 }), hashOf({ validation: 0.2 }));
  const hashes = [{}, { validation: 0.2 }, { validation: 0.1 }, { trainLimit: 50 }, { testLimit: 3 }].map(
    hashOf,
  );
  t.is(new Set(hashes).size, hashes.length);
  t.is(
    hashOf({}),
    '6ed4ec8010119b071199d19666c1fa25a94b5e2fc844aa249c78fdbf7a53ac13',
    'a changed hash changes every record',
  );
});

test('limits take the first examples and come before the validation set is held out', (t) => {
  const dataset = smallDataset({ train: 100, test: 10 });
  const recordingSplit = { name: 'first-900', hash: 'a' };
  const limits = settings({ trainLimit: 40, testLimit: 4, validation: 0.25 });
  const split = splitExamples({ ...dataset, recordingSplit }, limits);
  const other = splitExamples({ ...dataset, recordingSplit: { name: 'first-900', hash: 'b' } }, limits);
  t.not(split.hash, other.hash);
  t.is(split.train.length, 30);
  t.is(split.validation.length, 10);
  t.true(Math.max(...split.train, ...split.validation) === 39);
  t.deepEqual([...split.test], [0, 1, 2, 3]);
  t.is(split.name, 'first-900/stratified-0.25+train-40+test-4');
});

test('limits beyond the data and shares that leave nothing are refused', (t) => {
  const dataset = smallDataset({ train: 20, test: 7 });
  t.throws(() => splitExamples(dataset, settings({ trainLimit: 21 })), {
    instanceOf: SettingsError,
    message: /data\.trainLimit: 21 asked for, 20 there \(made for a test\); lower it/,
  });
  t.throws(() => splitExamples(dataset, settings({ testLimit: 8 })), {
    instanceOf: SettingsError,
    message: /data\.testLimit: 8 asked for, 7 there/,
  });
  t.throws(() => splitExamples(dataset, settings({ validation: 0.01 })), {
    instanceOf: SettingsError,
    message: /data\.validation: 0\.01 of 20 training examples leaves 20 to train on and 0 to validate on/,
  });
  t.throws(() => splitExamples(dataset, settings({ validation: 0.99 })), {
    instanceOf: SettingsError,
    message: /leaves 0 to train on and 20/,
  });
});
