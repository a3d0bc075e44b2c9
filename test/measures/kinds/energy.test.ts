// The form of the rows; what they hold of a trained network: test/training/evaluate-run.test.ts.
import test from 'ava';
import { rowProblem, testForm } from '../../helpers/measured.js';
import { SAMPLE_RESULTS } from '../../helpers/records.js';

testForm('energy', SAMPLE_RESULTS.energy);

test('energy: words are those that are known, steps count from 1', (t) => {
  const [, rate, total] = SAMPLE_RESULTS.energy;
  t.regex(rowProblem('energy', { ...rate, step: 0 }) ?? '', /step: .*>=1/);
  t.regex(rowProblem('energy', { ...rate, row: 'rats' }) ?? '', /row: /);
  t.regex(rowProblem('energy', { ...total, cost: 'int64' }) ?? '', /cost: /);
});
