import test from 'ava';
import { effectInBrief, effectSentence, signed } from '../../src/statistics/wording.js';
import { interval } from '../../src/statistics/interval.js';

test('effectSentence: an interval around 0 leaves the sign open and says what would have been seen how often', (t) => {
  t.is(
    effectSentence('SGS', { n: 5, mean: 0.1, sd: 0.5, lower: -0.52, upper: 0.72 }),
    'SGS: +0.10 points, 95 % interval −0.52 to +0.72, n = 5: its sign is open; at this scatter n = 5 detects 0.83 points with 80 % power, before any correction',
  );
});

test('effectSentence: an interval on one side excludes 0, and nothing is said of power', (t) => {
  t.is(
    effectSentence('gap', { n: 3, mean: -0.7, sd: 0.3, lower: -1.4, upper: -0.01 }, '%'),
    'gap: −0.70 %, 95 % interval −1.40 to −0.01, n = 3: the interval excludes 0',
  );
});

test('effects of one or two values have no interval, however close the two are', (t) => {
  t.is(effectSentence('gap', interval([2])), 'gap: +2.00 points, n = 1: too few for an interval');
  t.is(effectSentence('δ', interval([-0.51, -0.49])), 'δ: −0.50 points, n = 2: too few for an interval');
  t.is(effectInBrief(interval([-0.51, -0.49])), '−0.50 points');
});

test('effectInBrief: size with its sign, unit, interval', (t) => {
  t.is(
    effectInBrief({ n: 5, mean: -0.422, sd: 0.136, lower: -0.59, upper: -0.254 }),
    '−0.42 points [−0.59, −0.25]',
  );
  t.is(effectInBrief({ n: 5, mean: 0.6, sd: 0.4, lower: 0.04, upper: 1.16 }, '%'), '+0.60 % [0.04, 1.16]');
});

test('0 has the sign of what is not negative, and an edge at 0 leaves the sign open', (t) => {
  const at = (lower: number, upper: number) => ({ n: 5, mean: 0, sd: null, lower, upper });
  t.is(effectInBrief(at(-1, 0)), '+0.00 points [−1.00, 0.00]');
  t.is(
    effectSentence('gap', at(-1, 0)),
    'gap: +0.00 points, 95 % interval −1.00 to +0.00, n = 5: its sign is open',
  );
  t.regex(effectSentence('gap', at(0, 1)), /n = 5: its sign is open$/);
  t.regex(effectSentence('gap', at(0.01, 1)), /n = 5: the interval excludes 0$/);
});

test('signed: a plus or a minus before the digits asked for; 0 has a plus', (t) => {
  t.deepEqual(
    [signed(-0.422), signed(1), signed(0), signed(-32.67, 1), signed(3, 0)],
    [...['−0.42', '+1.00', '+0.00', '−32.7', '+3']],
  );
});
