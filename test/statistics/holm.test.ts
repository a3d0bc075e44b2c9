import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { holm } from '../../src/statistics/holm.js';
import { statisticsFixture } from '../fixtures/statistics.js';

test('holm: as statsmodels corrects, within 1e-15', (t) => {
  for (const { p, adjusted } of statisticsFixture().holm)
    holm(p).forEach((value, i) => t.true(Math.abs(value! - adjusted[i]) < 1e-15));
});

test('holm: comparisons that could not be made stay null and do not count', (t) => {
  t.deepEqual(holm([null, 0.5, null, 0.25]), [null, 0.5, null, 0.5]);
  t.deepEqual(holm([]), []);
  t.throws(() => holm([0.5, 1.5]), { instanceOf: SettingsError, message: /p-values in \[0, 1\], got 1.5/ });
});

test('holm: 0 and 1 are p-values, what is beyond is none', (t) => {
  t.deepEqual(holm([1, 0]), [1, 0]);
  for (const p of [-0.1, 1.1, NaN]) t.throws(() => holm([p]), { instanceOf: SettingsError });
});
