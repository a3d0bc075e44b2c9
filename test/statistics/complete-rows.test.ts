import test from 'ava';
import { completeRows } from '../../src/statistics/complete-rows.js';

test('every row has every column, in the order met; null where it had none, what is 0 or empty is kept', (t) => {
  const rows = completeRows<number | string>([
    new Map<string, number | string>([['b', 0]]),
    new Map<string, number | string>([
      ['a', ''],
      ['b', 2],
    ]),
    new Map(),
  ]);
  t.deepEqual(rows, [
    { b: 0, a: null },
    { b: 2, a: '' },
    { b: null, a: null },
  ]);
  for (const row of rows) t.deepEqual(Object.keys(row), ['b', 'a']);
  t.deepEqual(completeRows([]), []);
});
