import test from 'ava';
import {
  classificationLoss,
  defaultLoss,
  type Logits,
  lossSchema,
  type LossSettings,
} from '../../../src/learning/losses/index.js';
import { centralDifferences } from '../../helpers/differences.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

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
