import test from 'ava';
import { dataset, evaluated, testForm } from '../../helpers/measured.js';
import { SAMPLE_RESULTS } from '../../helpers/records.js';
import type { Script } from '../../helpers/scripted-engine.js';

test('confusion: a row for each true and predicted class, the true one first', async (t) => {
  // Class 0 is always right, class 1 is taken for 2, class 2 for 0 in every second example.
  const predict: Script['predict'] = (label, b) => (label === 0 ? 0 : label === 1 ? 2 : b % 2 === 0 ? 2 : 0);
  const { rows, progress } = await evaluated({ kind: 'confusion' }, { predict });
  const [zero, one, two] = dataset.classes;
  t.deepEqual(rows, [
    { actual: zero, predicted: zero, count: 40 },
    { actual: zero, predicted: one, count: 0 },
    { actual: zero, predicted: two, count: 0 },
    { actual: one, predicted: zero, count: 0 },
    { actual: one, predicted: one, count: 0 },
    { actual: one, predicted: two, count: 40 },
    { actual: two, predicted: zero, count: 20 },
    { actual: two, predicted: one, count: 0 },
    { actual: two, predicted: two, count: 20 },
  ]);
  t.is(progress.at(-1)!.label, 'confusion');
});

testForm('confusion', SAMPLE_RESULTS.confusion);
