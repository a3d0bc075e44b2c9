import test from 'ava';
import { evaluated, rowProblem, testForm } from '../../helpers/measured.js';
import { SAMPLE_RESULTS } from '../../helpers/records.js';

test('test: one row with the number of examples, accuracy and loss', async (t) => {
  const { rows, progress } = await evaluated({ kind: 'test' }, { predict: () => 0, loss: (index) => index });
  t.deepEqual(rows, [{ examples: 120, accuracy: 40 / 120, loss: 20 / 120 }]);
  t.deepEqual(progress, [
    { done: 100, total: 120, label: 'test' },
    { done: 120, total: 120, label: 'test' },
  ]);
});

testForm('test', SAMPLE_RESULTS.test);

test('test: shares lie in [0, 1], counts are whole', (t) => {
  const [row] = SAMPLE_RESULTS.test;
  t.regex(rowProblem('test', { ...row, accuracy: 1.5 }) ?? '', /accuracy: .*<=1/);
  t.regex(rowProblem('test', { ...row, accuracy: -0.5 }) ?? '', /accuracy: .*>=0/);
  t.regex(rowProblem('test', { ...row, examples: 0.5 }) ?? '', /examples: .*int/);
});
