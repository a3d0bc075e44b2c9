import test from 'ava';
import { typedColumns } from '../../src/figures/columns.js';
import { toTable } from '../../src/figures/table.js';

test('typedColumns: numbers, truth values and text; mixed and empty columns are text', (t) => {
  const table = toTable([
    { a: 1, b: true, c: 'x', d: 1, e: null, f: NaN },
    { a: null, b: false, c: null, d: 'all', f: 2 },
    { a: 0.5, d: true, f: Infinity },
  ]);
  t.deepEqual(typedColumns(table), [
    { name: 'a', kind: 'number', values: [1, null, 0.5] },
    { name: 'b', kind: 'boolean', values: [true, false, null] },
    { name: 'c', kind: 'text', values: ['x', null, null] },
    { name: 'd', kind: 'text', values: ['1', 'all', 'true'] },
    { name: 'e', kind: 'text', values: [null, null, null] },
    { name: 'f', kind: 'number', values: [null, 2, null] },
  ]);
});

test('typedColumns: only the rows that are left, in their order', (t) => {
  const table = toTable([{ a: 2 }, { a: 3 }, { a: 1 }]);
  t.deepEqual(typedColumns(table.filter('d => d.a > 1').orderby('a').reify() as never)[0].values, [2, 3]);
  t.deepEqual(typedColumns(table.filter('d => d.a > 1') as never)[0].values, [2, 3]);
});
