import test from 'ava';
import {
  classificationLoss,
  defaultLoss,
  type Logits,
  lossSchema,
  type LossSettings,
} from '../../src/learning/loss.js';
import { centralDifferences } from '../helpers/differences.js';
import { normals, worstDifference } from '../helpers/tensors.js';

const logits = (steps: number, batch: number, classes: number, values?: number[]): Logits => ({
  ...{ steps, batch, classes },
  values: Float64Array.from(values ?? normals('logits', steps * batch * classes).map((z) => 3 * z)),
});
const labels = Int32Array.of(2, 0, 1, 2);
const KINDS: LossSettings[] = [defaultLoss, { kind: 'tet', lambda: 0.3, target: 0.7 }];

for (const settings of KINDS)
  test(`${settings.kind}: the gradient is the central difference of the loss within 1e-9 of the largest, T = 1 and 3`, (t) => {
    for (const steps of [1, 3]) {
      const given = logits(steps, labels.length, 3);
      const { gradient } = classificationLoss(given, labels, settings);
      const expected = centralDifferences(
        (values) => classificationLoss({ ...given, values }, labels, settings).loss,
        given.values,
      );
      const worst = worstDifference(gradient, expected);
      t.log(worst.toExponential(1));
      t.true(worst < 1e-9);
    }
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

test('tet: lambda weighs the cross entropy of every step against the squared distance to the target, by hand within 1e-15', (t) => {
  const given = logits(2, 1, 2, [0, Math.log(3), 0, 0]);
  const cost = (lambda: number): number =>
    classificationLoss(given, Int32Array.of(1), { kind: 'tet', lambda, target: 1 }).loss;
  t.true(Math.abs(cost(0) - (Math.log(4 / 3) + Math.log(2)) / 2) < 1e-15);
  t.true(Math.abs(cost(1) - (3 + (Math.log(3) - 1) ** 2) / 4) < 1e-15);
  t.true(Math.abs(cost(0.25) - (0.75 * cost(0) + 0.25 * cost(1))) < 1e-15);
});

test('correct counts examples whose label has the largest mean, the first of equals', (t) => {
  const count = (values: number[], label: number): number =>
    classificationLoss(logits(1, 1, 3, values), Int32Array.of(label), defaultLoss).correct;
  t.deepEqual([count([1, 3, 2], 1), count([1, 3, 2], 2)], [1, 0]);
  t.deepEqual([count([3, 3, 2], 0), count([3, 3, 2], 1)], [1, 0]);
  t.deepEqual([count([NaN, 1, 2], 0), count([NaN, 1, 2], 2), count([NaN, NaN, NaN], 0)], [0, 1, 0]);
});

test('logits of ±1000 overflow nothing', (t) => {
  for (const settings of KINDS) {
    const { loss, gradient } = classificationLoss(logits(1, 1, 2, [1000, -1000]), Int32Array.of(1), settings);
    t.true(loss >= 0.7 * 2000 && loss < Infinity, String(loss));
    t.true(gradient.every(Number.isFinite));
  }
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

test('correct and mean: each example of a batch is looked at in its own row of the time mean', (t) => {
  const given = logits(2, 3, 2, [0, 4, 9, 0, 1, 2, 2, 0, 0, 1, 1, 0]);
  const found = classificationLoss(given, Int32Array.of(1, 0, 0), defaultLoss);
  t.deepEqual([...found.mean], [1, 2, 4.5, 0.5, 1, 1]);
  t.is(found.correct, 3);
  t.is(classificationLoss(given, Int32Array.of(0, 1, 1), defaultLoss).correct, 0);
});

test('lossSchema: the defaults, and nothing that is not known', (t) => {
  t.deepEqual(lossSchema.parse({}), defaultLoss);
  t.deepEqual(lossSchema.parse({ kind: 'tet', lambda: 0.5, target: 2 }), {
    kind: 'tet',
    lambda: 0.5,
    target: 2,
  });
  for (const wrong of [{ kind: 'mse' }, { lambda: 1.5 }, { temperature: 1 }])
    t.false(lossSchema.safeParse(wrong).success);
});
