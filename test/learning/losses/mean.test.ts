import test from 'ava';
import { defaultLoss, type Logits } from '../../../src/learning/losses/index.js';
import { classificationLoss } from '../../../src/learning/losses/objective.js';
import { worstDifference } from '../../helpers/tensors.js';

const logits = (steps: number, batch: number, classes: number, values: number[]): Logits => ({
  ...{ steps, batch, classes },
  values: Float64Array.from(values),
});

test('mean: equal logits cost ln(classes); the mean is over time, within 1e-15; by hand', (t) => {
  const even = classificationLoss(
    logits(2, 1, 4, [1, 1, 1, 1, -3, -3, -3, -3]),
    Int32Array.of(3),
    defaultLoss,
  );
  t.true(Math.abs(even.loss - Math.log(4)) < 1e-15);
  t.deepEqual([...even.mean], [-1, -1, -1, -1]);
  // Softmax of the mean (0, ln 3) is (¼, ¾).
  const two = classificationLoss(logits(2, 1, 2, [1, 0, -1, 2 * Math.log(3)]), Int32Array.of(0), defaultLoss);
  t.true(Math.abs(two.loss - Math.log(4)) < 1e-15);
  t.true(worstDifference(two.gradient, [-3 / 8, 3 / 8, -3 / 8, 3 / 8]) < 1e-15);
});
