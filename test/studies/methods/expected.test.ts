// What was expected of methods, and the words for what came.
import test from 'ava';
import { methods } from '../../../src/methods/index.js';
import { EXPECTED, expectedRows, outcomeOf } from '../../../src/studies/methods/expected.js';
import { methodEffects } from '../../../src/studies/methods/rows.js';
import { madeCases } from '../../helpers/method-cases.js';

test('every method but the baseline and those of LR has an expectation, and nothing else has', (t) => {
  const names = methods.map(({ name }) => name).filter((name) => !['baseline', 'sgsLr', 'lr'].includes(name));
  t.deepEqual(Object.keys(EXPECTED), names);
});

test('outcome: by the interval inside, outside or across an edge; by the effect with fewer than three seeds', (t) => {
  const of = (lower: number | null, mean: number, upper: number | null, n = 3) =>
    outcomeOf([-1, 2], { n, mean, lower, upper });
  t.is(of(-1, 0, 2), 'came so');
  t.is(of(-1.1, 0, 1.1), 'open');
  t.is(of(1, 1.8, 2.6), 'open');
  t.is(of(2.1, 2.2, 2.3), 'did not');
  t.is(of(-3, -2, -1.1), 'did not');
  t.is(of(null, 2, null, 1), 'so far inside');
  t.is(of(null, 2.01, null, 1), 'so far outside');
  t.is(
    of(null, 100 * 0.729 - 100 * 0.739, null, 1),
    'so far inside',
    'an edge, up to the rounding of binary numbers',
  );
  t.is(of(2.1, 2.2, 2.3, 2), 'so far outside'); // two seeds have no interval that may be shown
});

test('outcome of no effect: with 0 inside the interval none was seen, without it did not come; open with fewer seeds', (t) => {
  const of = (lower: number | null, upper: number | null, n = 3) =>
    outcomeOf('none', { n, mean: 0.1, lower, upper });
  t.is(of(-0.1, 0.3), 'none seen');
  t.is(of(0.05, 0.15), 'did not');
  t.is(of(-0.3, -0.1), 'did not');
  t.is(of(null, null, 1), 'open');
});

test('rows: methods of preset equal that were trained, the expectation in words', (t) => {
  const effects = methodEffects(
    madeCases({
      ...{ baseline: [50, 52, 57], tet: [53, 54, 58], liaf: [54], stdb: [47], ratePenalty: [49.5] },
      ...{ sgs: [50, 52.1, 56.8], sgsLr: [50, 52, 57] },
    }),
  );
  t.deepEqual(
    expectedRows(effects).map(({ method, expected, n, outcome }) => [method, expected, n, outcome]),
    [
      ['sgs', 'none to be seen', 3, 'none seen'],
      ['stdb', 'at most −2', 1, 'so far inside'],
      ['liaf', 'at least +3', 1, 'so far inside'],
      ['tet', '−1 to +1', 3, 'open'],
      ['ratePenalty', '−1 to 0', 1, 'so far inside'],
    ],
  );
  t.deepEqual(expectedRows(effects.map((effect) => ({ ...effect, as: 'own' }))), []);
});
