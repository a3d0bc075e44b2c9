import test from 'ava';
import { compare } from '../../src/statistics/compare.js';
import { SettingsError } from '../../src/errors.js';
import { headerOf } from '../../src/records/header.js';
import { pairedDifference } from '../../src/statistics/interval.js';
import { cohenDz, hedgesG } from '../../src/statistics/effect.js';
import { pairedTTest, signFlipTest } from '../../src/statistics/significance.js';
import { sampleEvaluation } from '../helpers/records.js';
import { madeGrid, madeRun } from '../helpers/sweep.js';

const near = (a: number | null | undefined, b: number): boolean =>
  a !== null && a !== undefined && Math.abs(a - b) < 1e-9;

/** Test accuracies of δ = 0, 0.1, 0.2 by seed, in hundredths. Validation ranks 0.1 first, the test part 0.2. */
const TEST: Record<number, number[]> = { 0: [70, 72, 71], 0.1: [74, 73, 75], 0.2: [80, 79, 81] };
const VALIDATION: Record<number, number> = { 0: 0.6, 0.1: 0.7, 0.2: 0.65 };
const runs = madeGrid([0, 0.1, 0.2], [0], [0, 1, 2], (delta, _beta, seed) => ({
  test: TEST[delta][seed] / 100,
  validation: VALIDATION[delta],
}));

test('compare: n, mean and sd of each group, and every group against the best by validation', (t) => {
  const { groups, notes } = compare(runs, ['neuron.delta']);
  t.deepEqual(notes, []);
  t.deepEqual(
    groups.map(({ values, seeds }) => [values['neuron.delta'], seeds]),
    [
      [0, 3],
      [0.1, 3],
      [0.2, 3],
    ],
  );
  t.true(near(groups[0].mean, 71) && near(groups[0].sd, 1) && near(groups[0].validationMean, 60));
  t.deepEqual(
    groups.map(({ selected, baseline }) => [selected, baseline]),
    [
      [false, false],
      [true, true], // not 0.2, which has the best test accuracy
      [false, false],
    ],
  );
  t.is(groups[1].difference, null);
  const expected = pairedDifference(TEST[0], TEST[0.1]);
  const found = groups[0].difference!;
  t.true(
    near(found.mean, expected.mean) &&
      near(found.lower, expected.lower!) &&
      near(found.upper, expected.upper!),
  );
  t.true(near(found.dz, cohenDz(TEST[0], TEST[0.1])!) && near(found.g, hedgesG(TEST[0], TEST[0.1])!));
  const ps = [TEST[0], TEST[0.2]].map((values) => pairedTTest(values, TEST[0.1]).p!);
  t.true(near(found.p, ps[0]));
  // Holm with two comparisons: the smaller p twice, the larger as it is (or the smaller's, if that is larger).
  const smaller = 2 * Math.min(...ps);
  t.true(near(found.corrected, ps[0] < ps[1] ? smaller : Math.max(smaller, ps[0])));
});

test('compare: a named baseline, the best by validation where several fit', (t) => {
  const { groups } = compare(runs, ['neuron.delta'], { baseline: { 'neuron.delta': 0 } });
  t.true(groups[0].baseline && near(groups[2].difference!.mean, 9));
  const grid = madeGrid([0, 0.1], [0, 1], [0, 1], (delta, beta) => ({
    test: 0.5,
    validation: 0.5 + delta + beta / 10,
  }));
  const several = compare(grid, ['neuron.delta', 'lipschitz.beta'], { baseline: { 'neuron.delta': 0 } });
  t.deepEqual(several.groups.find(({ baseline }) => baseline)?.values, {
    'neuron.delta': 0,
    'lipschitz.beta': 1,
  });
});

test('compare: without validation accuracies nothing is chosen, and the test part is not asked', (t) => {
  const blind = madeGrid([0, 0.1], [0, 1], [0, 1], (delta) => ({ test: 0.5 + delta }));
  const { groups, notes } = compare(blind, ['neuron.delta', 'lipschitz.beta']);
  t.false(groups.some(({ selected, baseline }) => selected || baseline));
  t.true(groups.every(({ difference }) => difference === null));
  t.regex(notes[0], /no differences: without a validation part/);
  t.throws(() => compare(blind, ['neuron.delta', 'lipschitz.beta'], { baseline: { 'neuron.delta': 0 } }), {
    instanceOf: SettingsError,
    message: /2 groups have it, and without validation accuracies none is the best/,
  });
});

test('compare: diverged, failed and interrupted runs are counted, never averaged, and pair with nothing', (t) => {
  const mixed = [
    ...[0, 1, 2, 3].map((seed) =>
      madeRun({ settings: { neuron: { delta: 0 } }, seed, test: 0.5 + seed / 100, validation: 0.5 }),
    ),
    madeRun({ settings: { neuron: { delta: 0.1 } }, seed: 0, test: 0.61, validation: 0.9 }),
    madeRun({
      settings: { neuron: { delta: 0.1 } },
      seed: 1,
      test: 0.1,
      validation: 0.9,
      status: 'diverged',
    }),
    madeRun({ settings: { neuron: { delta: 0.1 } }, seed: 2, test: 0.1, validation: 0.9, status: 'failed' }),
    madeRun({ settings: { neuron: { delta: 0.1 } }, seed: 3, test: 0.63, validation: 0.9 }),
    madeRun({
      settings: { neuron: { delta: 0.2 } },
      seed: 0,
      test: 0.1,
      validation: 0.9,
      status: 'interrupted',
    }),
  ];
  const { groups, notes } = compare(mixed, ['neuron.delta']);
  const [plain, scaled, none] = groups;
  t.deepEqual([scaled.seeds, scaled.diverged, scaled.failed], [2, 1, 1]);
  t.true(near(scaled.mean, 62));
  t.deepEqual([none.seeds, none.interrupted, none.mean, none.difference], [0, 1, null, null]);
  // δ = 0.1 has the better validation accuracy of the two seeds it finished: it is no candidate.
  t.true(plain.selected && plain.baseline);
  t.is(scaled.difference!.n, 2);
  t.is(scaled.difference!.p, null, 'two pairs are too few');
  t.true(near(scaled.difference!.mean, (61 - 50 + 63 - 53) / 2));
  t.deepEqual(notes, ['3 of 9 runs are not done: counted, in no mean, and their seeds in no pair']);
});

test('compare: one seed has no spread and no test; only seeds of both groups pair', (t) => {
  const few = [
    madeRun({ settings: { neuron: { delta: 0 } }, seed: 0, test: 0.5, validation: 0.5 }),
    madeRun({ settings: { neuron: { delta: 0.1 } }, seed: 0, test: 0.6, validation: 0.4 }),
    madeRun({ settings: { neuron: { delta: 0.2 } }, seed: 5, test: 0.6, validation: 0.3 }),
  ];
  const { groups } = compare(few, ['neuron.delta']);
  t.is(groups[1].sd, null);
  t.true(near(groups[1].difference!.mean, 10));
  t.deepEqual(
    [groups[1].difference!.lower, groups[1].difference!.p, groups[1].difference!.corrected],
    [null, null, null],
  );
  t.is(groups[2].difference, null);
});

test('compare: the sign-flip test and the bootstrap interval on request; the validation part as the measure', (t) => {
  const [first] = compare(runs, ['neuron.delta'], { test: 'sign-flip', interval: 'bootstrap' }).groups;
  t.is(first.difference!.p, signFlipTest(TEST[0], TEST[0.1]).p);
  t.true(first.difference!.lower! >= -4 && first.difference!.upper! <= -1);
  const validation = compare(runs, ['neuron.delta'], { measure: 'validationAccuracy' });
  t.deepEqual(
    validation.groups.map(({ mean }) => Math.round(mean!)),
    [60, 70, 65],
  );
});

test('compare: headers serve as well as records, evaluations are left out', (t) => {
  const whole = compare([...runs, sampleEvaluation()], ['neuron.delta']);
  t.deepEqual(compare(runs.map(headerOf), ['neuron.delta']), whole);
});

test('compare: no run, a foreign baseline and one that no group has are refused', (t) => {
  const refused = (run: () => unknown, message: RegExp): void =>
    void t.throws(run, { instanceOf: SettingsError, message });
  refused(() => compare([], ['neuron.delta']), /there is no run among these records/);
  refused(
    () => compare(runs, ['neuron.delta'], { baseline: { 'lipschitz.beta': 0 } }),
    /compare by lipschitz\.beta too/,
  );
  refused(
    () => compare(runs, ['neuron.delta'], { baseline: { 'neuron.delta': 9 } }),
    /no group has it; there are neuron\.delta = 0; neuron\.delta = 0\.1/,
  );
});

test('compare: the best test epoch is of any epoch, runs are listed by id, the level is that asked for', (t) => {
  const rising = madeRun({ test: 0.1, seed: 3, validation: 0.5 });
  const [alone] = compare([rising], ['neuron.delta']).groups;
  t.is(alone.bestTestMean, 100 * rising.outcome.bestTestAccuracy!);
  t.true(alone.bestTestMean! > alone.mean!);
  t.deepEqual(alone.runs, [rising.id]);
  const [first] = compare(runs, ['neuron.delta'], { level: 0.8 }).groups;
  t.true(near(first.difference!.lower, pairedDifference(TEST[0], TEST[0.1], { level: 0.8 }).lower!));
});

test('compare: a single group needs no baseline; of equal validation accuracies the first is chosen; two pairs have no p', (t) => {
  t.deepEqual(compare([madeRun({})], ['neuron.delta']).notes, []);
  const equal = madeGrid([0, 0.1], [0], [0, 1], () => ({ test: 0.5, validation: 0.5 }));
  const { groups } = compare(equal, ['neuron.delta']);
  t.deepEqual(
    groups.map(({ baseline }) => baseline),
    [true, false],
  );
  t.is(groups[1].difference!.p, null);
});

test('compare: where one group has no validation part none is chosen', (t) => {
  const half = [madeRun({ validation: 0.5 }), madeRun({ settings: { neuron: { delta: 0 } } })];
  const { groups, notes } = compare(half, ['neuron.delta'], { others: 'columns' });
  t.false(groups.some(({ selected }) => selected));
  t.is(notes.length, 1);
});

test('compare: a baseline named in full needs no validation part; what cannot be chosen is said in full', (t) => {
  const blind = madeGrid([0, 0.1], [0, 1], [0, 1], (delta) => ({ test: 0.5 + delta }));
  const by = ['neuron.delta', 'lipschitz.beta'];
  const named = compare(blind, by, { baseline: { 'neuron.delta': 0, 'lipschitz.beta': 1 } });
  t.deepEqual(
    named.groups.map(({ baseline }) => baseline),
    [false, true, false, false],
  );
  t.throws(() => compare(blind, by, { baseline: { 'neuron.delta': 0 } }), {
    message:
      'baseline neuron.delta = 0: 2 groups have it, and without validation accuracies none is the best: ' +
      'neuron.delta = 0, lipschitz.beta = 0; neuron.delta = 0, lipschitz.beta = 1; name one of them in full',
  });
  t.throws(() => compare(blind, by, { baseline: { steps: 2 } }), {
    message:
      'baseline steps = 2: the groups are told apart by neuron.delta, lipschitz.beta; compare by steps too',
  });
  const whole = [madeRun({}), madeRun({ settings: { neuron: { surrogate: { name: 'atan' } } } })];
  t.throws(
    () => compare(whole, ['neuron.surrogate', 'steps'], { baseline: { 'neuron.surrogate.name': 'atan' } }),
    {
      message: /told apart by neuron\.surrogate, steps; name that with its whole value$/,
    },
  );
});
