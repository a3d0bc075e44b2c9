import test from 'ava';
import { effectSentence } from '../src/effect-sentence.js';

test('effectSentence: an interval around 0 leaves the sign open and says what would have been seen', (t) => {
  t.is(
    effectSentence('SGS', { n: 5, mean: 0.1, sd: 0.5, lower: -0.52, upper: 0.72 }),
    'SGS: +0.10 points, 95 % interval −0.52 to +0.72, n = 5: its sign is open; from 0.83 points on an effect would have been seen',
  );
});

test('effectSentence: an interval on one side excludes 0; one value has no interval', (t) => {
  t.regex(
    effectSentence('gap', { n: 3, mean: -0.7, sd: 0.3, lower: -1.4, upper: -0.01 }, '%'),
    /^gap: −0\.70 %, 95 % interval −1\.40 to −0\.01, n = 3: the interval excludes 0$/,
  );
  t.is(
    effectSentence('gap', { n: 1, mean: 2, sd: null, lower: null, upper: null }),
    'gap: +2.00 points, n = 1: too few for an interval',
  );
});
