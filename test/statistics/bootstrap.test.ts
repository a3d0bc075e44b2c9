import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { mean, type Interval } from '../../src/statistics/interval.js';
import { bootstrapInterval, pairedBootstrap } from '../../src/statistics/bootstrap.js';
import { statisticsFixture } from '../fixtures/statistics.js';

const edges = ({ lower, upper }: Interval): [number, number] => [lower!, upper!];

/** Variance with n, the statistic of the published example. */
const variance = (values: Float64Array): number => {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
};

for (const { name, values, method, level, lower, upper } of statisticsFixture().bootstrap)
  test(`bootstrapInterval: ${name}, ${method} at ${level}, as SciPy within 3 % of the width`, (t) => {
    const found = edges(bootstrapInterval(values, { method, level, resamples: 40_000 }));
    const width = upper - lower;
    t.true(Math.abs(found[0] - lower) < 0.03 * width, `${found[0]} against ${lower}`);
    t.true(Math.abs(found[1] - upper) < 0.03 * width, `${found[1]} against ${upper}`);
  });

test('bootstrapInterval: spatial test data of Efron and Tibshirani 1993, Table 14.2: 90 % intervals of the variance', (t) => {
  const spatial = [
    48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41,
  ];
  const settings = { statistic: variance, level: 0.9, resamples: 20_000 };
  const bca = bootstrapInterval(spatial, settings);
  t.true(Math.abs(bca.mean - 171.5) < 0.05);
  // Printed from 2,000 resamples: BCa (115.8, 259.6), percentile (100.8, 233.9).
  const near = (found: number, printed: number): boolean => Math.abs(found - printed) < 4;
  const percentile = edges(bootstrapInterval(spatial, { ...settings, method: 'percentile' }));
  t.true(near(bca.lower!, 115.8) && near(bca.upper!, 259.6), `BCa ${edges(bca).join(' to ')}`);
  t.true(near(percentile[0], 100.8) && near(percentile[1], 233.9), `percentile ${percentile.join(' to ')}`);
});

test('bootstrapInterval: a pure function of values and seed', (t) => {
  const values = [91, 88, 90, 94, 87];
  t.deepEqual(bootstrapInterval(values), bootstrapInterval(Float64Array.from(values), { seed: 0 }));
  t.notDeepEqual(bootstrapInterval(values), bootstrapInterval(values, { seed: 1 }));
});

test('bootstrapInterval: golden values of the stream', (t) => {
  const { lower, upper } = bootstrapInterval([1, 2, 4, 8, 16, 32, 64], {
    resamples: 200,
    seed: 5,
    method: 'percentile',
  });
  t.deepEqual([lower, upper], [4.567857142857143, 35.6]);
});

test('pairedBootstrap: the interval of the differences', (t) => {
  t.deepEqual(pairedBootstrap([3, 5, 9, 4], [1, 2, 3, 3]), bootstrapInterval([2, 3, 6, 1]));
  t.throws(() => pairedBootstrap([1, 2], [1]), { instanceOf: SettingsError, message: /2 values against 1/ });
});

test('one value has no interval, equal values have one without width; wrong settings are refused', (t) => {
  t.deepEqual(bootstrapInterval([3]), { n: 1, mean: 3, sd: null, lower: null, upper: null });
  t.deepEqual(bootstrapInterval([3, 3, 3]), { n: 3, mean: 3, sd: 0, lower: 3, upper: 3 });
  const refused = (run: () => unknown, message: RegExp): void =>
    void t.throws(run, { instanceOf: SettingsError, message });
  refused(() => bootstrapInterval([]), /at least 1 value/);
  refused(() => bootstrapInterval([1, NaN]), /value 1 is NaN/);
  refused(() => bootstrapInterval([1, 2], { resamples: 10 }), /at least 100 resamples/);
  refused(() => bootstrapInterval([1, 2], { level: 1 }), /level in \(0, 1\)/);
  refused(() => bootstrapInterval([1, 2], { statistic: () => NaN }), /the statistic of a resample is NaN/);
});

test('bootstrapInterval: resamples equal to the estimate count half: edges by hand from the binomial distribution', (t) => {
  // The mean of a resample of [0, 0, 0, 1] is binomial(4, ¼)/4: 0.316 lie below ¼ and 0.422 on it, so that z₀ = 0.068, a = 0.096
  // and BCa cuts at 0.097 and 0.983: at 0 and ¾. Were ties below, or above, it would cut elsewhere.
  t.like(bootstrapInterval([0, 0, 0, 1], { level: 0.9 }), { mean: 0.25, lower: 0, upper: 0.75 });
  t.like(bootstrapInterval([0, 0, 0, 0, 1, 1], { level: 0.8 }), { lower: 1 / 6, upper: 4 / 6 });
  t.like(bootstrapInterval([1, 1, 1, 0], { level: 0.9 }), { mean: 0.75, lower: 0.25, upper: 1 });
});

test('bootstrapInterval: percentiles lie between neighbours in proportion: of 1 to 100 at 90 % 5.95 and 95.05', (t) => {
  let calls = 0; // the estimate is 0, the resamples are 1 to 100
  const found = bootstrapInterval([3, 4], {
    method: 'percentile',
    ...{ level: 0.9, resamples: 100, statistic: () => calls++ },
  });
  t.is(found.mean, 0);
  t.true(Math.abs(found.lower! - 5.95) < 1e-12 && Math.abs(found.upper! - 95.05) < 1e-12);
});

test('bootstrapInterval: where every resample lies below the estimate BCa has no bias to correct and is the percentile interval', (t) => {
  const values = Array.from({ length: 30 }, (_, i) => i);
  const distinct = (sample: Float64Array): number => new Set(sample).size;
  const settings = { statistic: distinct, resamples: 500 };
  const found = bootstrapInterval(values, settings);
  t.deepEqual(found, bootstrapInterval(values, { ...settings, method: 'percentile' }));
  t.true(found.lower! > 10 && found.upper! < 30);
});

test('bootstrapInterval: a level of 0 or below is refused', (t) => {
  for (const level of [0, -0.5, NaN])
    t.throws(() => bootstrapInterval([1, 2], { level }), { instanceOf: SettingsError });
});
