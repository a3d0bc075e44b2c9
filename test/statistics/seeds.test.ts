// Runs taken together over seeds.
import test from 'ava';
import {
  atBestValidationOf,
  bestTestAccuracyOf,
  gapOf,
  groupSeeds,
  meanOf,
  pairedBySeed,
  spreadOf,
  testAccuracyOf,
  validationAccuracyOf,
} from '../../src/statistics/seeds.js';
import { sampleRows, sampleRun } from '../helpers/records.js';
import type { RunRecord } from '../../src/records/record.js';

/** A run of a seed and δ whose last test accuracy is given, in [0, 1]. */
function run(seed: number, accuracy: number, delta = 0): RunRecord {
  const rows = sampleRows(3, false);
  rows[2].testAccuracy = accuracy;
  return sampleRun({ settings: { seed, neuron: { delta } }, rows });
}

test('groupSeeds: one group a key in the order met, runs by seed', (t) => {
  const runs = [run(2, 0.5, 1), run(1, 0.5), run(0, 0.5), run(0, 0.5, 1)];
  const groups = groupSeeds(runs, ({ experiment }) => experiment.neuron.delta);
  t.deepEqual(
    groups.map(({ key, runs: members }) => [key, members.map(({ experiment }) => experiment.seed)]),
    [
      [1, [0, 2]],
      [0, [0, 1]],
    ],
  );
});

test('spreadOf: mean and sd of test accuracies in %; no sd for one run', (t) => {
  t.deepEqual(spreadOf([run(0, 0.5), run(1, 0.75)]), { n: 2, mean: 62.5, sd: Math.sqrt(2 * 12.5 ** 2) });
  t.is(spreadOf([run(0, 0.5)]).sd, null);
});

test('gapOf: training minus test accuracy of the last epoch, in points', (t) => {
  const record = run(0, 0.25);
  t.is(gapOf(record), 100 * (record.rows[2].trainAccuracy - 0.25));
});

test('pairedBySeed: seeds that only one side has do not count; nothing in common gives no interval', (t) => {
  const difference = pairedBySeed([run(0, 0.5), run(1, 0.75), run(7, 0)], [run(1, 0.5), run(0, 0.5)])!;
  t.is(difference.n, 2);
  t.true(Math.abs(difference.mean - 12.5) < 1e-12);
  t.true(difference.lower! < 12.5 && difference.upper! > 12.5);
  t.is(pairedBySeed([run(0, 0.5)], [run(1, 0.5)]), undefined);
  t.is(pairedBySeed([run(0, 0.75)], [run(0, 0.5)], (record) => -testAccuracyOf(record))?.mean, -25);
});

test('validationAccuracyOf: in %, NaN where nothing was held out; gapOf a run without a row is NaN', (t) => {
  t.is(validationAccuracyOf(sampleRun()), 26);
  t.is(validationAccuracyOf(run(0, 0.5)), NaN);
  t.is(gapOf({ ...run(0, 0.5), rows: [] }), NaN);
});

test('the epoch that is chosen: by validation, by the test part; a mean is null where a run held nothing out', (t) => {
  // Validation is best at the second of three epochs, the test part at the third.
  const [test, validation] = [
    [0.5, 0.6, 0.7],
    [0.4, 0.9, 0.8],
  ];
  const rows = sampleRows(3).map((row, i) => ({
    ...row,
    testAccuracy: test[i],
    validationAccuracy: validation[i],
  }));
  const chosen = sampleRun({ rows });
  t.is(atBestValidationOf(chosen), 60);
  t.is(bestTestAccuracyOf(chosen), 70);
  t.is(meanOf([chosen, chosen], atBestValidationOf), 60);
  t.is(meanOf([chosen, run(0, 0.5)], atBestValidationOf), null);
});
