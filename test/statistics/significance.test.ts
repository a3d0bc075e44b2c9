import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { stream } from '../../src/random.js';
import { interval } from '../../src/statistics/interval.js';
import { pairedTTest, signFlipTest, tTestOf } from '../../src/statistics/significance.js';
import { statisticsFixture } from '../fixtures/statistics.js';

const { pairs } = statisticsFixture();

test('pairedTTest: t within 1e-12 and p within 1e-7 of what SciPy gives, n from 3 to 12', (t) => {
  for (const given of pairs) {
    const found = pairedTTest(given.treated, given.baseline);
    t.is(found.n, given.treated.length);
    t.true(Math.abs(found.t! / given.t - 1) < 1e-12);
    t.true(Math.abs(found.p! / given.p - 1) < 1e-7);
  }
});

test('tTestOf: p is below 0.05 exactly where the 95 % interval leaves zero out; without a spread there is none', (t) => {
  for (const shift of [-2, -0.5, 0.02, 0.5, 1.2, 2]) {
    const found = interval([0.3, -0.4, 0.9, 0.1, -0.2].map((value) => value + shift));
    t.is(tTestOf(found).p! < 0.05, found.lower! > 0 || found.upper! < 0);
  }
  t.is(tTestOf(interval([1])).p, null);
  t.is(tTestOf(interval([0, 0])).p, null);
});

test('signFlipTest: exactly what SciPy counts over all patterns', (t) => {
  for (const { treated, baseline, signFlip } of pairs) {
    const found = signFlipTest(treated, baseline);
    t.true(found.exact);
    t.true(Math.abs(found.p - signFlip) < 1e-12, `${found.p} against ${signFlip}`);
  }
});

test('signFlipTest: n pairs of one sign give 2/2ⁿ, the least there is; no difference gives 1', (t) => {
  t.is(signFlipTest([1, 2, 3], [0, 0, 0]).p, 0.25);
  t.is(signFlipTest([0.1, 0.1, 0.1, 0.1, 0.1, 0.1], [0, 0, 0, 0, 0, 0]).p, 2 / 64);
  t.is(signFlipTest([1, 2], [1, 2]).p, 1);
});

test('signFlipTest: beyond 20 pairs a seeded sample; near the exact p, never zero', (t) => {
  const random = stream(0, 'probe');
  const zeros = (n: number): number[] => Array.from({ length: n }, () => 0);
  const values = Array.from({ length: 20 }, () => random.normal() + 0.3);
  const exact = signFlipTest(values, zeros(20)).p;
  // A pair without a difference changes no sum, so 21 pairs have the p of the 20.
  const drawn = signFlipTest([...values, 0], zeros(21));
  t.false(drawn.exact);
  t.true(Math.abs(drawn.p - exact) < 5 * Math.sqrt((exact * (1 - exact)) / 100_000));
  t.deepEqual(signFlipTest([...values, 0], zeros(21)), drawn);
  t.not(signFlipTest([...values, 0], zeros(21), { seed: 1 }).p, drawn.p);
  const far = Array.from({ length: 40 }, (_, i) => 100 + i);
  t.is(signFlipTest(far, zeros(40), { resamples: 999 }).p, 1 / 1000);
});

test('one pair and equal pairs have no t; unequal lengths are refused', (t) => {
  t.deepEqual(pairedTTest([1], [0]), { n: 1, t: null, p: null });
  t.deepEqual(pairedTTest([1, 2], [1, 2]), { n: 2, t: null, p: null });
  t.is(pairedTTest([1, 2], [0, 1]).p, 0);
  for (const run of [pairedTTest, signFlipTest])
    t.throws(() => run([1, 2], [1]), { instanceOf: SettingsError, message: /2 values against 1/ });
  t.throws(() => signFlipTest(new Float64Array(21), new Float64Array(21), { resamples: 0 }), {
    instanceOf: SettingsError,
    message: /resamples must be a positive integer/,
  });
});

test('a mean of 0 with a spread is a t of 0 and a p of 1', (t) => {
  t.deepEqual(pairedTTest([1, -1], [0, 0]), { n: 2, t: 0, p: 1 });
});

test('signFlipTest: patterns that tie are counted whatever rounding does to their sums, at any scale', (t) => {
  // 0.3 + 0.1 + 0.2 − 0.3 and 0.3 − 0.1 − 0.2 + 0.3 are both 0.3, but not in binary: 12 of 16 patterns reach it.
  for (const scale of [1, 2 ** 40])
    t.is(
      signFlipTest(
        [0.3, 0.1, 0.2, -0.3].map((value) => value * scale),
        [0, 0, 0, 0],
      ).p,
      0.75,
    );
});

test('signFlipTest: 20 pairs are counted, 21 drawn from a stream of their own; each draw of no difference is a hit', (t) => {
  const zeros = new Float64Array(21);
  t.true(signFlipTest(zeros.subarray(1), zeros.subarray(1)).exact);
  t.deepEqual(signFlipTest(zeros, zeros, { resamples: 50 }), { n: 21, p: 1, exact: false });
  t.is(signFlipTest(zeros, zeros, { resamples: 1 }).p, 1);
  const values = Array.from({ length: 21 }, (_, i) => (i % 3) - 0.5);
  t.is(signFlipTest(values, zeros).p, 0.01978980210197898, 'golden value of the stream');
});
