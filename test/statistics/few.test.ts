import test from 'ava';
import { interval } from '../../src/statistics/interval.js';
import { hasInterval, tooFew } from '../../src/statistics/few.js';

test('hasInterval: three values are the fewest whose interval is shown', (t) => {
  t.false(hasInterval(interval([1])));
  t.false(hasInterval(interval([1, 1.01])), 'two that happen to be close would look sure');
  t.true(hasInterval(interval([1, 1.01, 2])));
  t.is(tooFew(interval([1, 2])), 'n = 2: too few for an interval');
});
