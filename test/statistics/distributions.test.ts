// Quantiles and tails: published t values, and SciPy's.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import {
  correction,
  normalCdf,
  normalQuantile,
  tPValue,
  tQuantile,
} from '../../src/statistics/distributions.js';
import { statisticsFixture } from '../fixtures/statistics.js';

const near = (a: number, b: number, tolerance: number): boolean => Math.abs(a - b) <= tolerance;

// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: printed to three decimals.
for (const [probability, degrees, printed] of [
  [0.975, 1, 12.706],
  [0.975, 2, 4.303],
  [0.975, 4, 2.776],
  [0.975, 9, 2.262],
  [0.975, 30, 2.042],
  [0.95, 5, 2.015],
  [0.9, 3, 1.638],
  [0.995, 10, 3.169],
])
  test(`tQuantile: ${probability} with ${degrees} degrees is ${printed} as printed, within 0.0005`, (t) => {
    t.true(near(tQuantile(probability, degrees), printed, 0.0005));
    t.true(near(tQuantile(1 - probability, degrees), -printed, 0.0005));
  });

test('tPValue: both tails as SciPy gives them, within 1e-7 of each', (t) => {
  for (const { t: value, degrees, p } of statisticsFixture().tails) {
    t.true(near(tPValue(value, degrees) / p, 1, 1e-7), `t = ${value}, ${degrees} degrees`);
    t.is(tPValue(-value, degrees), tPValue(value, degrees));
  }
  t.is(tPValue(0, 4), 1);
  t.is(tPValue(Infinity, 4), 0);
});

test('normalCdf and normalQuantile undo one another, within 1e-9', (t) => {
  for (const z of [-3, -1, 0, 0.5, 2.5]) t.true(near(normalQuantile(normalCdf(z)), z, 1e-9));
});

test('correction: closed forms 1/√π, √(π/6) and √(2/π) at 2, 3 and 4 degrees, within 1e-12; near 1 for many', (t) => {
  t.true(near(correction(2), 1 / Math.sqrt(Math.PI), 1e-12));
  t.true(near(correction(3), Math.sqrt(Math.PI / 6), 1e-12));
  t.true(near(correction(4), Math.sqrt(2 / Math.PI), 1e-12));
  t.true(near(correction(1000), 1 - 3 / (4 * 1000 - 1), 1e-6));
});

test('probabilities and degrees of freedom out of range are refused', (t) => {
  t.throws(() => tQuantile(1, 3), { instanceOf: SettingsError, message: /probability in \(0, 1\)/ });
  t.throws(() => tPValue(1, 0), { instanceOf: SettingsError, message: /degrees of freedom > 0/ });
  t.throws(() => correction(1), { instanceOf: SettingsError, message: /at least 2/ });
});

test('normalQuantile: infinite at 0 and 1, refused outside; tQuantile is refused at 0 and without degrees of freedom', (t) => {
  t.deepEqual([normalQuantile(0), normalQuantile(1)], [-Infinity, Infinity]);
  for (const probability of [-0.1, 1.1, NaN])
    t.throws(() => normalQuantile(probability), {
      instanceOf: SettingsError,
      message: `normalQuantile: expected a probability in [0, 1], got ${probability}`,
    });
  for (const [probability, degrees] of [
    [0, 3],
    [-0.5, 3],
    [0.5, 0],
    [0.5, -1],
    [0.5, NaN],
  ])
    t.throws(() => tQuantile(probability, degrees), { instanceOf: SettingsError });
});
