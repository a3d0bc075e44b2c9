import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { cohenDz, hedgesG } from '../../src/statistics/effect.js';
import { statisticsFixture } from '../fixtures/statistics.js';

test('cohenDz and hedgesG: as NumPy and SciPy compute them from the formulas, within 1e-12', (t) => {
  for (const { treated, baseline, dz, g } of statisticsFixture().pairs) {
    t.true(Math.abs(cohenDz(treated, baseline)! - dz) < 1e-12);
    t.true(Math.abs(hedgesG(treated, baseline)! - g) < 1e-12);
  }
});

test('hedgesG: groups of 4 and 3 by hand, pooled sd √(13/5), J(5) = 0.84075', (t) => {
  // sd²: 5/3 of four and 4 of three values; (3 · 5/3 + 2 · 4) / 5 = 13/5; difference 6.5 − 4.
  const found = hedgesG([5, 6, 7, 8], [2, 4, 6])!;
  t.true(Math.abs(found - (0.840749 * 2.5) / Math.sqrt(13 / 5)) < 1e-5);
});

test('without a spread there is no effect size; empty groups and unequal pairs are refused', (t) => {
  t.is(cohenDz([1], [0]), null);
  t.is(cohenDz([2, 3], [1, 2]), null);
  t.is(hedgesG([1], [0, 1]), null);
  t.is(hedgesG([1, 1], [0, 0]), null);
  t.throws(() => hedgesG([], [1]), { instanceOf: SettingsError, message: /a group is empty/ });
  t.throws(() => cohenDz([1, 2], [1]), { instanceOf: SettingsError, message: /2 values against 1/ });
});

test('hedgesG: two values a group are enough, one is not, none is refused', (t) => {
  // Both variances are ½: g = J(2) · 1/√½ = √(2/π).
  t.true(Math.abs(hedgesG([1, 2], [0, 1])! - Math.sqrt(2 / Math.PI)) < 1e-12);
  t.is(hedgesG([1, 2], [1]), null);
  t.throws(() => hedgesG([1, 2], []), { instanceOf: SettingsError, message: /a group is empty/ });
});
