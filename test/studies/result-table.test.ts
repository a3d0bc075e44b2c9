// How numbers of an output's CSV stand in a cell: with a true minus, their spread or interval, empty where there is none.
import test from 'ava';
import { cell, effect, pValue, rounded, spread } from '../../src/studies/result-table.js';

const row = {
  n: '5',
  mean: '-0.4220000001',
  sd: '0.137',
  lower: '-0.5903',
  upper: '-0.2537',
  p: '0.0022',
  none: '',
};

test('cells: text as it is, numbers with so many digits, mean ± sd, an effect with its interval, p', (t) => {
  t.is(cell('n')(row), '5');
  t.is(rounded('mean', 1)(row), '−0.4');
  t.is(spread('mean', 'sd')(row), '−0.42 ± 0.14');
  t.is(effect()(row), '−0.42 points [−0.59, −0.25]');
  t.is(pValue('p')(row), '0.002');
});

test('cells: what has no value is empty; one seed has no spread and no interval', (t) => {
  for (const print of [rounded('none'), spread('none', 'none'), effect('none'), pValue('none')])
    t.is(print(row), '');
  t.is(spread('mean', 'none')(row), '−0.42');
  t.is(effect()({ ...row, n: '1', sd: '', lower: '', upper: '' }), '−0.42 points');
});
