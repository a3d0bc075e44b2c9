import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { axisValues, checkAxis, drawValue, MOST_TRIALS } from '../../src/sweep/axis.js';

test('a range in a grid has its ends exactly, is evenly spaced, and has readable digits', (t) => {
  t.deepEqual(axisValues({ from: 0, to: 1, count: 5 }), [0, 0.25, 0.5, 0.75, 1]);
  t.deepEqual(axisValues({ from: 1e-5, to: 0.1, count: 5, scale: 'log' }), [1e-5, 1e-4, 1e-3, 0.01, 0.1]);
  t.deepEqual(axisValues({ from: 1, to: 4, count: 10, integer: true }), [1, 2, 3, 4]);
  t.deepEqual(axisValues({ from: 1, to: 2, count: 4 }), [1, 1.33333, 1.66667, 2]);
});

test('drawn values stay in their range and fill it evenly, in the logarithm where that is asked', (t) => {
  const draws = (axis: Parameters<typeof drawValue>[1]): number[] =>
    Array.from({ length: 2000 }, (_, i) => drawValue('a.b', axis, 1, i) as number);
  const log = draws({ from: 1e-4, to: 1, scale: 'log' });
  t.true(log.every((value) => value >= 1e-4 && value <= 1));
  for (const decade of [1e-4, 1e-3, 1e-2, 1e-1]) {
    const share = log.filter((value) => value >= decade && value < decade * 10).length / log.length;
    t.true(Math.abs(share - 0.25) < 0.04, `${decade}: ${share}`); // 4 standard deviations
  }
  const whole = draws({ from: 1, to: 4, integer: true });
  for (const value of [1, 2, 3, 4])
    t.true(Math.abs(whole.filter((v) => v === value).length / 2000 - 0.25) < 0.04);
  t.true(draws({ from: 1, to: 64, integer: true, scale: 'log' }).every(Number.isInteger));
  t.deepEqual([...new Set(draws([3, 5]))].sort(), [3, 5]);
  t.notDeepEqual(
    draws({ from: 0, to: 1 }),
    Array.from({ length: 2000 }, (_, i) => drawValue('other', { from: 0, to: 1 }, 1, i)),
  );
});

test('drawn values are pinned: of a range in the logarithm, of integers, of a list', (t) => {
  const drawn = [0, 1, 2].map((i) => [
    drawValue('neuron.delta', { from: 1e-4, to: 1, scale: 'log' }, 7, i),
    drawValue('epochs', { from: 1, to: 100, integer: true }, 7, i),
    drawValue('neuron.reset', ['a', 'b', 'c', 'd', 'e'], 7, i),
  ]);
  t.deepEqual(drawn, [
    [0.3262, 13, 'd'],
    [0.02384, 62, 'b'],
    [0.6484, 34, 'a'],
  ]);
});

test('checkAxis: a number that JSON does not have is refused by axis, also inside a value', (t) => {
  for (const value of [Infinity, -Infinity, NaN, { tau: Infinity }, [[1, Infinity]]])
    t.throws(() => checkAxis('neuron.delta', [0, value], false), {
      instanceOf: SettingsError,
      message: /^sweep: axis neuron\.delta: a value has a number that is not finite/,
    });
  for (const range of [
    { from: 0, to: Infinity, count: 3 },
    { from: NaN, to: 1, count: 3 },
  ])
    t.throws(() => checkAxis('neuron.delta', range, false), { instanceOf: SettingsError });
});

test('checkAxis: a hundred thousand listed values are taken, one more is not; the last one twice is found', (t) => {
  const values = Array.from({ length: MOST_TRIALS }, (_, i) => i);
  t.is(checkAxis('seed', values, false), values);
  t.throws(() => checkAxis('seed', [...values, -1], false), { message: /100001 values; at most 100000/ });
  values[MOST_TRIALS - 1] = 7;
  t.throws(() => checkAxis('seed', values, false), { message: /value 7 stands there twice/ });
});
