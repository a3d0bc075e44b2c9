// Means and intervals: published t values, and an example worked by hand.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import {
  interval,
  mean,
  pairedDifference,
  sd,
  smallestEffect,
  unpairedDifference,
} from '../../src/statistics/interval.js';

const near = (a: number | null, b: number, tolerance: number): boolean =>
  a !== null && Math.abs(a - b) <= tolerance;

test('mean and sd: 2, 4, 4, 4, 5, 5, 7, 9 give 5 and √(32/7) within 1e-15', (t) => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  t.is(mean(values), 5);
  t.true(near(sd(values), Math.sqrt(32 / 7), 1e-15));
  t.is(mean(Float64Array.from(values)), 5);
});

test('pairedDifference: hand example, differences 1, 2, 3, 2 give 2 ± 3.1824 · 0.8165 / 2, within 1e-3', (t) => {
  const found = pairedDifference([91, 93, 92, 90], [90, 91, 89, 88]);
  t.is(found.n, 4);
  t.is(found.mean, 2);
  t.true(near(found.sd, Math.sqrt(2 / 3), 1e-12));
  t.true(near(found.lower, 2 - 1.2992, 1e-3));
  t.true(near(found.upper, 2 + 1.2992, 1e-3));
});

test('unpairedDifference: equal spreads and sizes give Student’s interval; degrees 6, within 1e-3', (t) => {
  // Both groups: sd² = 5/3, n = 4; standard error √(2 · 5/12) = 0.91287; t(0.975, 6) = 2.44691.
  const found = unpairedDifference([5, 6, 7, 8], [1, 2, 3, 4]);
  t.is(found.mean, 4);
  t.true(near(found.lower, 4 - 2.44691 * 0.91287, 1e-3));
  t.true(near(found.upper, 4 + 2.44691 * 0.91287, 1e-3));
});

test('intervals of one value have no edges, of equal values no width', (t) => {
  t.deepEqual(interval([3]), { n: 1, mean: 3, sd: null, lower: null, upper: null });
  t.deepEqual(pairedDifference([3, 4], [1, 2]), { n: 2, mean: 2, sd: 0, lower: 2, upper: 2 });
  t.deepEqual(unpairedDifference([2, 2], [1, 1]), { n: 4, mean: 1, sd: null, lower: 1, upper: 1 });
  t.is(unpairedDifference([2], [1, 1]).lower, null);
});

test('a higher level gives a wider interval, which contains the lower one', (t) => {
  const values = [1, 2, 4, 8];
  const [narrow, wide] = [interval(values, { level: 0.8 }), interval(values, { level: 0.99 })];
  t.true(wide.lower! < narrow.lower! && wide.upper! > narrow.upper!);
});

test('smallestEffect: (2.776 + 0.941) · 1 / √5 = 1.662 for n = 5, within 1e-3; none for n = 1', (t) => {
  t.true(near(smallestEffect(1, 5), 1.6625, 1e-3));
  t.is(smallestEffect(1, 1), null);
  t.true(smallestEffect(1, 20)! < smallestEffect(1, 5)!);
});

test('no values, values that are not finite and pairs that do not match are refused', (t) => {
  t.throws(() => mean([]), { instanceOf: SettingsError, message: /at least 1 value, got 0/ });
  t.throws(() => sd([1]), { instanceOf: SettingsError, message: /at least 2 values, got 1/ });
  t.throws(() => mean([1, NaN]), { instanceOf: SettingsError, message: /value 1 is NaN/ });
  t.throws(() => pairedDifference([1, 2], [1]), { instanceOf: SettingsError, message: /2 values against 1/ });
});

test('smallestEffect: grows with the spread; (12.706 + 1.376) / √2 = 9.958 for n = 2, within 1e-3', (t) => {
  t.true(near(smallestEffect(1, 2), 9.9577, 1e-3));
  t.true(near(smallestEffect(3, 5), 3 * smallestEffect(1, 5)!, 1e-12));
});

test('unpairedDifference: no edges where either group has one value; errors begin with who refuses', (t) => {
  t.is(unpairedDifference([1, 1], [2]).lower, null);
  t.throws(() => mean([]), { message: /^mean: needs / });
  t.throws(() => sd([1]), { message: /^sd: needs / });
});
