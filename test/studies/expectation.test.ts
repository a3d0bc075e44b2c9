// A range that was expected.
import test from 'ava';
import { isWithin, rangeText } from '../../src/studies/expectation.js';

test('isWithin: the ends belong to it, whatever binary numbers make of them', (t) => {
  t.true(isWithin(100 * 0.729 - 100 * 0.739, [-1, 1]));
  t.true(isWithin(100 * 0.909 - 100 * 0.829, [4, 8]));
  t.false(isWithin(-1.01, [-1, 1]));
  t.false(isWithin(8.01, [4, 8]));
  t.true(isWithin(-60, [-Infinity, -2]));
  t.false(isWithin(-1, [-Infinity, -2]));
});

test('rangeText: both ends, or the one that it has', (t) => {
  const edge = (end: number): string => `<${end}>`;
  t.is(rangeText([0, 2], edge), '<0> to <2>');
  t.is(rangeText([-Infinity, 3], edge), 'at most <3>');
  t.is(rangeText([3, Infinity], edge), 'at least <3>');
});
