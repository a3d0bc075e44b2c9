import test from 'ava';
import { fittedTable } from '../../src/display/fitted.js';

const rows = [
  {
    id: 'run-01',
    name: 'a label that is rather long, as labels of trials are',
    data: 'cifar10',
    note: '',
    test: '61.25 %',
  },
  { id: 'run-02', name: 'short', data: 'shapes10', note: null, test: '9.00 %' },
];
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

test('a table that fits is shown whole, but for columns without a value', (t) => {
  t.is(fittedTable([{ a: 1, b: '', c: 'x' }], { width: 80 }), 'a  c\n1  x');
});

test('too wide: columns go in the given order, texts are cut where the order says so, and what is gone is named', (t) => {
  const least = ['data', '…name', 'test'];
  t.regex(
    fittedTable(rows, { width: 76, least }),
    /labels of trials are {2}61\.25 %\n[^]*\n\nnot shown: data$/,
  );
  const cut = fittedTable(rows, { width: 50, least });
  t.regex(cut, /run-01 {2}a label that is rather long, as … {2}61\.25 %/);
  t.true(widest(cut) <= 50, cut);
  const narrow = fittedTable(rows, { width: 40, least });
  t.regex(narrow, /not shown: data, test$/);
  t.true(widest(narrow) <= 40, narrow);
});

test('still too wide: folded into blocks, each beside the first column; Infinity shows all', (t) => {
  const wide = [
    { field: 'seed', 'run-0201cf2a8cfb76c5': 1, 'run-0951a262bf992f17': 2, 'run-0a2fbd4dd9f30ddc': 3 },
  ];
  const folded = fittedTable(wide, { width: 50 });
  t.is(folded.split('\n\n').length, 2);
  for (const block of folded.split('\n\n')) t.regex(block, /^field/);
  t.true(widest(folded) <= 50, folded);
  t.is(fittedTable(wide, { width: Infinity }).split('\n').length, 2);
});
