import test from 'ava';
import { classificationLoss } from '../../../src/learning/losses/objective.js';

test('rateMse: squared distances of the time mean to the one-hot label, mean over examples and classes, by hand', (t) => {
  // Rates of two steps: (½, 1) of label 1, (0, ½) of label 0.
  const logits = { steps: 2, batch: 2, classes: 2, values: Float64Array.of(1, 1, 0, 1, 0, 1, 0, 0) };
  const { loss, gradient } = classificationLoss(logits, Int32Array.of(1, 0), { kind: 'rateMse' });
  t.is(loss, (0.25 + 0 + 1 + 0.25) / 4);
  const step = [0.5, 0, -1, 0.5].map((off) => (2 * off) / 8);
  t.deepEqual([...gradient], [...step, ...step]);
});
