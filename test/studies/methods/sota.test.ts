// The claim to outperform others: who they are, when it is judged, and how.
import test from 'ava';
import { advantages, OTHERS, outperforms, tally } from '../../../src/studies/methods/sota.js';
import { rounded } from '../../helpers/drawn.js';
import { madeCases } from '../../helpers/method-cases.js';

/** Every method of others at the same accuracies, and the paper's above or below. */
const all = (ours: readonly number[], more: Record<string, readonly number[]> = {}) =>
  madeCases({
    ...Object.fromEntries(OTHERS.map((name) => [name, [50, 52, 57]])),
    sgsLr: ours,
    ...more,
  });

test('others: no part of the paper’s method is one', (t) => {
  t.false(OTHERS.some((name) => ['sgs', 'sgsLr', 'sgsCurvature', 'lr'].includes(name)));
  t.true(['baseline', 'tet', 'plif', 'dspike'].every((name) => OTHERS.includes(name)));
});

test('advantages: the paper’s minus each of others, within seeds', (t) => {
  t.deepEqual(
    advantages(madeCases({ sgsLr: [53, 54, 58], tet: [50, 52, 57], lr: [1, 2, 3] })).map(
      ({ method, n, mean }) => [method, n, rounded(mean)],
    ),
    [['tet', 3, 2]],
  );
  t.deepEqual(advantages(madeCases({ tet: [50] })), []);
});

test('advantages: p is corrected for all methods of others where only some have three seeds', (t) => {
  const [{ p, pHolm }] = advantages(madeCases({ sgsLr: [53, 54, 58.1], tet: [50, 51.2, 55] }));
  t.true(p! < 0.05);
  t.is(rounded(pHolm!), rounded(Math.min(1, OTHERS.length * p!)));
});

test('outperforms: agrees above all, disagrees below one, undecided else, each after Holm’s correction', (t) => {
  const [above] = outperforms(all([60, 62, 67.01]));
  t.regex(above.verdict, /trend agrees/);
  t.is(above.ours, `of ${OTHERS.length} methods it lies above ${OTHERS.length} and below 0; 0 are open`);
  const [one] = outperforms(all([60, 62, 67.01], { tet: [70, 72, 77.02] }));
  t.regex(one.verdict, /trend disagrees/);
  const [open] = outperforms(all([51, 51, 58]));
  t.regex(open.verdict, /trend undecided/);
  t.is(open.n, 3);
  t.deepEqual(tally(all([51, 51, 58])).open, OTHERS);
});

test('outperforms: not judged before all others have been trained; no row without a training', (t) => {
  const [some] = outperforms(madeCases({ sgsLr: [60, 61, 62], tet: [50, 51, 52] }));
  t.deepEqual([some.ours, some.n], [null, null]);
  t.is(some.verdict, `not attempted: 1 of ${OTHERS.length} methods of others have been trained`);
  t.deepEqual(outperforms(madeCases({})), []);
});

test('outperforms: a method of which a seed diverged counts as below, whatever its other seeds say', (t) => {
  const equal = Object.fromEntries(OTHERS.map((name) => [name, [50, 52, 57]]));
  const cases = madeCases(
    { ...equal, sgsLr: [60, 62, 67.01], tet: [70, 72, 77.02], plif: [] },
    { tet: [2], plif: [0, 1, 2] },
  );
  const { below, above, open, diverged } = tally(cases);
  t.deepEqual([diverged, above, open], [['plif', 'tet'], [], []]);
  t.is(below.length, OTHERS.length);
  const [row] = outperforms(cases);
  t.is(
    row.ours,
    `of ${OTHERS.length} methods it lies above ${OTHERS.length} (2 of them diverged) and below 0; 0 are open`,
  );
  t.regex(row.verdict, /trend agrees/);
});
