// The accuracy that sweeps are drawn by.
import test from 'ava';
import { SettingsError } from '../../../src/errors.js';
import { accuracyOf, MEASURE_NAMES, runsOf } from '../../../src/studies/sweep-analysis/measure.js';
import { sampleEvaluation } from '../../helpers/records.js';
import { madeRun } from '../../helpers/sweep.js';

test('accuracyOf: test or validation accuracy in %, none of a run that is not done', (t) => {
  const run = madeRun({ test: 0.625, validation: 0.5 });
  t.deepEqual([accuracyOf(run, 'testAccuracy'), accuracyOf(run, 'validationAccuracy')], [62.5, 50]);
  t.is(accuracyOf(madeRun({ test: 0.625 }), 'validationAccuracy'), null);
  t.is(accuracyOf(madeRun({ test: 0.625, status: 'diverged' }), 'testAccuracy'), null);
  t.deepEqual(MEASURE_NAMES, { testAccuracy: 'test accuracy', validationAccuracy: 'validation accuracy' });
});

test('runsOf: the runs among records; none is refused', (t) => {
  const run = madeRun({});
  t.deepEqual(runsOf([sampleEvaluation(), run]), [run]);
  t.throws(() => runsOf([sampleEvaluation()]), { instanceOf: SettingsError, message: /no run among/ });
});
