import test from 'ava';
import { interval, pairedDifference } from '../../src/statistics/interval.js';
import { pairedTTest } from '../../src/statistics/significance.js';
import { withTests } from '../../src/statistics/tested.js';

test('withTests: p of the paired t test, Holm over those that are tested; below three values nothing but the mean', (t) => {
  const [treated, baseline] = [
    [3, 5, 4, 6],
    [1, 2, 3, 3],
  ];
  const sure = pairedDifference(treated, baseline);
  const open = interval([1, -1, 0.5, -0.2]);
  const two = interval([-0.51, -0.49]);
  const [first, second, third] = withTests([sure, open, two]);
  t.is(first.p, pairedTTest(treated, baseline).p);
  t.is(first.pHolm, 2 * first.p!, 'two are tested, the third does not count');
  t.is(second.pHolm, second.p);
  t.like(first, { lower: sure.lower, upper: sure.upper });
  t.true(first.detectable! > 0);
  t.like(third, { mean: two.mean, lower: null, upper: null, detectable: null, p: null, pHolm: null });
});

test('withTests: three values are tested; an effect without an sd has its interval and no more', (t) => {
  const three = interval([1, 2, 4]);
  const groups = { n: 4, mean: 1, sd: null, lower: 0.5, upper: 1.5 };
  const [first, second] = withTests([three, groups]);
  t.true(first.p! > 0 && first.pHolm === first.p);
  t.like(second, { lower: 0.5, upper: 1.5, detectable: null, p: null, pHolm: null });
});

test('withTests: Holm over the family that was planned, also where fewer are tested; a smaller family changes nothing', (t) => {
  const effects = [interval([1, 1.1, 0.9]), interval([1, 2, 4]), interval([-0.5])];
  const [first, second, third] = withTests(effects, 10);
  t.is(first.pHolm, 10 * first.p!);
  t.is(second.pHolm, Math.min(1, 9 * second.p!));
  t.is(third.pHolm, null);
  t.deepEqual(withTests(effects, 1), withTests(effects));
});
