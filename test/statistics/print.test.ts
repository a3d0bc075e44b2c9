import test from 'ava';
import { compare, type ComparedGroup, type Comparison } from '../../src/statistics/compare.js';
import { comparisonRows, printedComparison } from '../../src/statistics/print.js';
import { madeGrid } from '../helpers/sweep.js';

const runs = madeGrid([0, 0.1], [0], [0, 1], (delta, _beta, seed) => ({
  test: (70 + 4 * Number(delta > 0) + seed) / 100,
  validation: 0.5 - delta,
  status: delta > 0 && seed === 0 ? 'diverged' : 'done',
}));
const comparison = compare(runs, ['neuron.delta']);

test('printedComparison: as a paper prints it, without columns that are empty in every row', (t) => {
  t.deepEqual(printedComparison(comparison), [
    {
      'neuron.delta': 0,
      seeds: 2,
      diverged: null,
      'test accuracy (%)': '70.50 ± 0.71',
      'validation (%)': '50.00',
      'best test epoch (%)': '70.50',
      'best by validation': 'yes',
      'difference (points)': 'baseline',
      pairs: null,
    },
    {
      'neuron.delta': 0.1,
      seeds: 1,
      diverged: 1,
      'test accuracy (%)': '75.00',
      'validation (%)': '40.00',
      'best test epoch (%)': '75.00',
      'best by validation': null,
      'difference (points)': '+4.00 (n = 1: too few for an interval)',
      pairs: 1,
    },
  ]);
});

test('printedComparison: intervals and p in full', (t) => {
  const three = madeGrid([0, 0.1], [0], [0, 1, 2], (delta, _beta, seed) => ({
    test: (70 - (delta > 0 ? [1, 2, 3][seed] : 0)) / 100,
    validation: 0.5 - delta,
  }));
  const [, row] = printedComparison(compare(three, ['neuron.delta']));
  // −1, −2, −3: mean −2, sd 1, t(0.975, 2) = 4.3027, half width 4.3027/√3 = 2.48; t = −3.46, p = 0.074.
  t.is(row['difference (points)'], '−2.00 [−4.48, 0.48]');
  t.deepEqual([row.d_z, row.p, row['p (Holm)']], ['−2.00', '0.074', '0.074']);
});

test('printedComparison: two pairs that happen to agree have no interval, effect size or p', (t) => {
  const two = madeGrid([0, 0.1], [0], [0, 1], (delta, _beta, seed) => ({
    test: (70 - (delta > 0 ? [0.49, 0.51][seed] : 0)) / 100,
    validation: 0.5 - delta,
  }));
  const [, row] = printedComparison(compare(two, ['neuron.delta']));
  t.is(row['difference (points)'], '−0.50 (n = 2: too few for an interval)');
  t.deepEqual(
    [row.d_z, row['Hedges g'], row.p, row['p (Holm)']],
    [undefined, undefined, undefined, undefined],
  );
});

test('comparisonRows: every number in its own column, runs by id', (t) => {
  const rows = comparisonRows(comparison);
  t.is(rows.length, 2);
  t.is(
    rows[1].runs,
    runs
      .slice(2)
      .map(({ id }) => id)
      .join(' '),
  );
  t.deepEqual([rows[1].pairs, rows[1].lower, rows[1].pCorrected, rows[0].pairs], [1, null, null, null]);
  t.true(Math.abs((rows[1].difference as number) - 4) < 1e-9);
});

test('comparisonRows: a difference with all that is known of it', (t) => {
  const three = madeGrid([0, 0.1], [0], [0, 1, 2], (delta, _beta, seed) => ({
    test: (70 + delta * seed * seed) / 100,
    validation: 0.5 - delta,
  }));
  const compared = compare(three, ['neuron.delta']);
  const { n, mean, sd, corrected, ...rest } = compared.groups[1].difference!;
  t.true([n, mean, sd, corrected, ...Object.values(rest)].every((figure) => typeof figure === 'number'));
  t.like(comparisonRows(compared)[1], {
    ...rest,
    ...{ pairs: n, difference: mean, differenceSd: sd, pCorrected: corrected },
  });
  t.is(printedComparison(compared)[1]['Hedges g'], rest.g!.toFixed(2));
});

test('printedComparison: the validation part as the measure; no seed done; no difference at all; settings that are null', (t) => {
  const by = ['neuron.delta', 'neuron.scaleFloor'];
  const made = madeGrid([0, 0.1, 0.2], [0], [0], (delta) => ({
    ...{ test: 0.25, validation: 0.5 },
    status: delta === 0.2 ? 'failed' : 'done',
  }));
  const common = { diverged: undefined, 'neuron.scaleFloor': null };
  const printed = printedComparison(compare(made, by, { measure: 'validationAccuracy' }));
  t.deepEqual(
    printed.map((row) => row['difference (points)']),
    ['baseline', '0.00 (n = 1: too few for an interval)', null],
  );
  t.deepEqual(
    printed.map((row) => row['validation accuracy (%)']),
    ['50.00', '50.00', null],
  );
  t.false('validation (%)' in printed[0]);
  t.deepEqual(printed.map((row) => row['best test epoch (%)']).at(-1), null);
  for (const row of printed) t.like(row, common);
});

test('comparisonRows: cell by cell, against the best by validation', (t) => {
  const three = madeGrid([0, 0.1], [0], [0, 1, 2], (delta, _beta, seed) => ({
    test: ([50, 52, 57][seed] + (delta > 0 ? [1, 2, 6][seed] : 0)) / 100,
    validation: 0.5 - delta,
  }));
  const [plain, scaled] = comparisonRows(compare(three, ['neuron.delta'])).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'number' ? Number(value.toFixed(4)) : value,
      ]),
    ),
  );
  // 1, 2, 6: mean 3, sd √7, half width 4.30265·√7/√3 = 6.5724, d_z = 3/√7, t = 1.9640, p = 0.1885.
  t.like(scaled, {
    ...{ 'neuron.delta': 0.1, seeds: 3, mean: 56, sd: 6.245, validationMean: 40 },
    ...{ pairs: 3, difference: 3, differenceSd: 2.6458, lower: -3.5724, upper: 9.5724, dz: 1.1339 },
    ...{ p: 0.1885, pCorrected: 0.1885, selected: false, baseline: false },
    runs: three
      .slice(3)
      .map(({ id }) => id)
      .join(' '),
  });
  t.like(plain, {
    ...{
      'neuron.delta': 0,
      seeds: 3,
      mean: 53,
      sd: 3.6056,
      validationMean: 50,
      selected: true,
      baseline: true,
    },
    ...{
      pairs: null,
      difference: null,
      differenceSd: null,
      lower: null,
      upper: null,
      dz: null,
      g: null,
      p: null,
    },
  });
});

test('both tables: of numbers that are all different each stands in its own cell', (t) => {
  const made: ComparedGroup = {
    ...{ values: { steps: 2 }, runs: ['run-1'], seeds: 4, diverged: 1, failed: 2, interrupted: 3 },
    ...{ mean: 71, sd: 1.5, validationMean: 61, bestTestMean: 81, selected: true, baseline: false },
    difference: {
      ...{ n: 4, mean: 2, sd: 0.5, lower: 1.25, upper: 2.75, dz: 4.5, g: 1.2, p: 0.01, corrected: 0.03 },
    },
  };
  const comparison = {
    groups: [made, { ...made, selected: false, baseline: true, difference: null }],
    measure: 'testAccuracy',
  } as Comparison;
  t.deepEqual(printedComparison(comparison)[0], {
    ...{ steps: 2, seeds: 4, diverged: 1, failed: 2, interrupted: 3 },
    ...{ 'test accuracy (%)': '71.00 ± 1.50', 'validation (%)': '61.00', 'best test epoch (%)': '81.00' },
    ...{ 'best by validation': 'yes', 'difference (points)': '+2.00 [1.25, 2.75]', pairs: 4, d_z: '4.50' },
    ...{ 'Hedges g': '1.20', p: '0.010', 'p (Holm)': '0.030' },
  });
  t.like(printedComparison(comparison)[1], { 'best by validation': null, 'difference (points)': 'baseline' });
  t.deepEqual(comparisonRows(comparison)[0], {
    ...{ steps: 2, seeds: 4, diverged: 1, failed: 2, interrupted: 3, mean: 71, sd: 1.5 },
    ...{ validationMean: 61, bestTestMean: 81, selected: true, baseline: false, pairs: 4, difference: 2 },
    ...{
      differenceSd: 0.5,
      lower: 1.25,
      upper: 2.75,
      dz: 4.5,
      g: 1.2,
      p: 0.01,
      pCorrected: 0.03,
      runs: 'run-1',
    },
  });
});
