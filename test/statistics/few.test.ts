import test from 'ava';
import { interval } from '../../src/statistics/interval.js';
import { hasInterval, shownInterval, tooFew } from '../../src/statistics/few.js';

test('hasInterval: three values are the fewest whose interval is shown', (t) => {
  t.false(hasInterval(interval([1])));
  t.false(hasInterval(interval([1, 1.01])), 'two that happen to be close would look sure');
  t.true(hasInterval(interval([1, 1.01, 2])));
  t.is(tooFew(interval([1, 2])), 'n = 2: too few for an interval');
});

test('hasInterval: an interval has both edges', (t) => {
  t.false(hasInterval({ n: 3, lower: null, upper: 1 }));
  t.false(hasInterval({ n: 3, lower: 1, upper: null }));
});

test('shownInterval: below three values the edges are left off, all else stays', (t) => {
  const three = interval([1, 1.01, 2]);
  t.deepEqual(shownInterval(three), three);
  const two = interval([1, 2]);
  t.deepEqual(shownInterval(two), { ...two, lower: null, upper: null });
});
