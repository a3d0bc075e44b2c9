// An axis of parallel coordinates: where runs cross it.
import test from 'ava';
import { settingAxis } from '../../../src/studies/sweep-analysis/setting-axis.js';
import { rounded } from '../../helpers/drawn.js';

test('settingAxis: levels evenly from bottom to top, lines through one level spread by accuracy', (t) => {
  // Fans of an eighth of the height (half of the quarter between at least five levels): centres at 1/16, 1/2, 15/16.
  const { shares, marks } = settingAxis([2, 1, 0, 0, 0, 1], [50, null, 70, 60, 65, 40]);
  t.deepEqual(rounded(shares), [0.9375, 0.4375, 0.125, 0, 0.0625, 0.5625]);
  t.deepEqual(marks, [
    { share: 0.0625, text: '0' },
    { share: 0.5, text: '1' },
    { share: 0.9375, text: '2' },
  ]);
  const two = (...accuracies: (number | null)[]): unknown => rounded(settingAxis([1, 1], accuracies).shares);
  t.deepEqual(
    [two(null, 40), two(40, null)],
    [
      [0.4375, 0.5625],
      [0.5625, 0.4375],
    ],
  );
  t.deepEqual(settingAxis(['a'], [1]), { shares: [0.5], marks: [{ share: 0.5, text: 'a' }] });
});

test('settingAxis: more than twelve numbers are a scale, linear within a factor of 30, logarithmic beyond', (t) => {
  const linear = Array.from({ length: 13 }, (_, i) => i);
  const axis = settingAxis(linear, linear);
  t.deepEqual(rounded(axis.shares), rounded(linear.map((value) => value / 12)));
  t.deepEqual(
    axis.marks.map(({ share, text }) => [share, text]),
    [
      [0, '0'],
      [0.25, '3'],
      [0.5, '6'],
      [0.75, '9'],
      [1, '12'],
    ],
  );
  const forty = linear.map((i) => 40 ** (i / 12));
  t.deepEqual(rounded(settingAxis(forty, forty).shares), rounded(linear.map((value) => value / 12)));
  const decades = linear.map((i) => 10 ** (i / 3 - 4));
  const logarithmic = settingAxis(decades, decades);
  t.deepEqual(rounded(logarithmic.shares), rounded(linear.map((value) => value / 12)));
  t.deepEqual(
    logarithmic.marks.map(({ text }) => text),
    ['1e-4', '0.001', '0.01', '0.1', '1'],
  );
});
