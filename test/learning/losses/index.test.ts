import test from 'ava';
import {
  defaultLoss,
  type Logits,
  lossSchema,
  type LogitLossSettings,
  type LossSettings,
} from '../../../src/learning/losses/index.js';
import { classificationLoss } from '../../../src/learning/losses/objective.js';
import { centralDifferences } from '../../helpers/differences.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

const logits = (steps: number, batch: number, classes: number, values?: number[]): Logits => ({
  ...{ steps, batch, classes },
  values: Float64Array.from(values ?? normals('logits', steps * batch * classes).map((z) => 3 * z)),
});
const labels = Int32Array.of(2, 0, 1, 2);
const KINDS: LossSettings[] = [
  defaultLoss,
  { kind: 'tet', lambda: 0.3, target: 0.7 },
  { kind: 'rateMse' },
  [
    { kind: 'rateMse', weight: 0.5 },
    { kind: 'tet', lambda: 0.3, target: 0.7, weight: 2 },
    { kind: 'mean', weight: 3 },
  ],
];
const nameOf = (loss: LossSettings): string =>
  Array.isArray(loss) ? loss.map(({ kind }) => kind).join(' + ') : loss.kind;

for (const settings of KINDS)
  test(`${nameOf(settings)}: the gradient is the central difference of the loss within 1e-9 of the largest, T = 1 and 3`, (t) => {
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
  for (const settings of KINDS.filter((one) => nameOf(one) !== 'rateMse')) {
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

test('a list of one term of weight 1 is the loss alone, to the bit; weights add up; each term says its value', (t) => {
  const given = logits(3, labels.length, 3);
  for (const alone of KINDS.slice(0, 3) as LogitLossSettings[]) {
    const one = classificationLoss(given, labels, [{ ...alone, weight: 1 }]);
    const whole = classificationLoss(given, labels, alone);
    t.deepEqual(one, { ...whole, terms: [whole.loss] });
  }
  const tet = { kind: 'tet', lambda: 0.3, target: 0.7 } as const;
  const [a, b] = ([{ kind: 'rateMse' }, tet] as const).map((one) => classificationLoss(given, labels, one));
  const both = classificationLoss(given, labels, [
    { kind: 'rateMse', weight: 4 },
    { kind: 'spikeRate', weight: 7 },
    { ...tet, weight: 0.5 },
  ]);
  t.is(both.loss, 4 * a.loss + 0.5 * b.loss);
  t.deepEqual(both.terms, [a.loss, 0, b.loss]);
});

test('lossSchema: a list of terms with their defaults; one judges the logits; what judges neurons does not stand alone', (t) => {
  t.deepEqual(lossSchema.parse([{}, { kind: 'tet', weight: 0.5 }, { kind: 'spikeRate', target: 0.1 }]), [
    { kind: 'mean', weight: 1 },
    { kind: 'tet', weight: 0.5, lambda: 1e-3, target: 1 },
    { kind: 'spikeRate', weight: 1, target: 0.1 },
  ]);
  t.deepEqual(lossSchema.parse([{ kind: 'rateMse' }, { kind: 'distribution' }])[1 as never], {
    ...{ kind: 'distribution', weight: 1, window: 0.5 },
    ...{ degeneration: 1, saturation: 0.25, mismatch: 3 },
  });
  const refused = (given: unknown, message: RegExp): void => {
    const { error } = lossSchema.safeParse(given);
    t.regex(
      error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') ?? '',
      message,
    );
  };
  refused([], /: no term judges the logits; add one of mean, tet, rateMse$/);
  refused([{ kind: 'imLoss' }], /no term judges the logits/);
  refused({ kind: 'spikeRate' }, /^: spikeRate judges neurons and not logits: give a list/);
  refused([{}, { kind: 'spikeRate', weight: -1 }], /^1\.weight: /);
  refused([{}, { kind: 'spikeRate', target: 2 }], /^1\.target: /);
  refused([{ lambda: 1 }], /^0: Unrecognized key: "lambda"/);
  refused([{}, { kind: 'spikeRat' }], /^1\.kind: /);
  refused(
    Array.from({ length: 21 }, () => ({})),
    /^: /,
  );
});
