import test from 'ava';
import { type Logits } from '../../../src/learning/losses/index.js';
import { classificationLoss } from '../../../src/learning/losses/objective.js';
import { worstDifference } from '../../helpers/tensors.js';

const logits = (steps: number, batch: number, classes: number, values: number[]): Logits => ({
  ...{ steps, batch, classes },
  values: Float64Array.from(values),
});

test('tet: lambda weighs the cross entropy of every step against the squared distance to the target, by hand within 1e-15', (t) => {
  const given = logits(2, 1, 2, [0, Math.log(3), 0, 0]);
  const cost = (lambda: number): number =>
    classificationLoss(given, Int32Array.of(1), { kind: 'tet', lambda, target: 1 }).loss;
  t.true(Math.abs(cost(0) - (Math.log(4 / 3) + Math.log(2)) / 2) < 1e-15);
  t.true(Math.abs(cost(1) - (3 + (Math.log(3) - 1) ** 2) / 4) < 1e-15);
  t.true(Math.abs(cost(0.25) - (0.75 * cost(0) + 0.25 * cost(1))) < 1e-15);
});

test('tet: every step and example counts once, by hand within 1e-15 for two of each, with its label and gradient', (t) => {
  // [T, B, classes]; softmax of (0, ln 3) is (¼, ¾), of equal values (½, ½).
  const given = logits(2, 2, 2, [0, Math.log(3), 0, 0, 0, 0, Math.log(3), 0]);
  const cost = (lambda: number) =>
    classificationLoss(given, Int32Array.of(1, 0), { kind: 'tet', lambda, target: 0 });
  const right = Math.log(4 / 3);
  t.true(Math.abs(cost(0).loss - (2 * right + 2 * Math.log(2)) / 4) < 1e-15);
  t.true(Math.abs(cost(1).loss - (2 * Math.log(3) ** 2) / 8) < 1e-15);
  const [quarter, half] = [1 / 16, 1 / 8];
  t.true(
    worstDifference(cost(0).gradient, [quarter, -quarter, -half, half, half, -half, -quarter, quarter]) <
      1e-15,
  );
  const pull = (2 * Math.log(3)) / 8;
  t.true(worstDifference(cost(1).gradient, [0, pull, 0, 0, 0, 0, pull, 0]) < 1e-15);
});
