// Tables as CSV, Markdown and HTML: numbers as they are, text inert.
import test from 'ava';
import { desc } from 'arquero';
import { JSDOM } from 'jsdom';
import { formatNumber, toCsv, toHtml, toMarkdown, toTable } from '../../src/figures/table.js';

const HOSTILE = [
  '</script><script>alert(1)</script>',
  '=HYPERLINK("x")',
  '__proto__',
  '| pipe |',
  '<img src=x onerror=alert(1)>',
  'two\nlines',
];

test('toTable: columns are the union of keys in order; what a row lacks is null', (t) => {
  const table = toTable([
    { b: 1, a: 'x' },
    { a: 'y', c: true },
  ]);
  t.deepEqual(table.columnNames(), ['b', 'a', 'c']);
  t.deepEqual(table.objects(), [
    { b: 1, a: 'x', c: null },
    { b: null, a: 'y', c: true },
  ]);
  t.is(toTable([]).numRows(), 0);
});

test('toTable: a key __proto__ becomes an ordinary column and pollutes nothing', (t) => {
  const table = toTable([JSON.parse('{"a": 1, "__proto__": {"polluted": true}}')]);
  t.deepEqual(table.columnNames(), ['a', '_proto_']);
  t.is((table.objects()[0] as Record<string, unknown>).polluted, undefined);
  t.is(({} as Record<string, unknown>).polluted, undefined);
  t.true(toCsv(table).startsWith('a,_proto_\n'));
});

test('toCsv: numbers in full, blanks empty, hostile text quoted and without live formulas', (t) => {
  const csv = toCsv(toTable(HOSTILE.map((text, i) => ({ text, value: i / 3, none: null, nan: NaN }))));
  const lines = csv.split('\n');
  t.is(lines[0], 'text,value,none,nan');
  t.is(lines[1], '</script><script>alert(1)</script>,0,,');
  t.is(lines[2], `"'=HYPERLINK(""x"")",0.3333333333333333,,`);
  t.true(csv.includes('"two\nlines"'));
  t.true(csv.endsWith('\n'));
});

test('toMarkdown: one line a row, as many bars as columns, no HTML', (t) => {
  const lines = toMarkdown(toTable(HOSTILE.map((text) => ({ text, value: 1.23456 }))), { digits: 3 })
    .trimEnd()
    .split('\n');
  t.is(lines.length, HOSTILE.length + 2);
  t.is(lines[1], '| --- | ---: |');
  for (const line of lines) {
    t.is(line.replaceAll('\\|', '').split('|').length, 4, line);
    t.notRegex(line, /<[a-z/]/i);
  }
  t.true(lines[2].endsWith('| 1.23 |'));
});

test('toHtml: hostile cells and names stay text', (t) => {
  const table = toTable(HOSTILE.map((text) => ({ '<b>name</b>': text, value: 2.5 })));
  const { document } = new JSDOM(toHtml(table)).window;
  t.is(document.querySelectorAll('script, img, b').length, 0);
  t.deepEqual(
    Array.from(document.querySelectorAll('td:first-child'), (cell) => cell.textContent),
    HOSTILE,
  );
  t.is(document.querySelector('th')?.textContent, '<b>name</b>');
  t.is(document.querySelectorAll('td.number').length, HOSTILE.length);
});

test('sorted and filtered tables print as they look', (t) => {
  const table = toTable([{ n: 1 }, { n: 3 }, { n: 2 }]);
  t.is(toCsv(table.orderby(desc('n'))), 'n\n3\n2\n1\n');
  t.is(toCsv(table.filter((row: { n: number }) => row.n > 1)), 'n\n3\n2\n');
});

test('lists and objects are one cell', (t) => {
  t.is(
    toCsv(toTable([{ runs: ['run-1', 'run-2'], more: { a: 1 } }])),
    'runs,more\nrun-1 run-2,"{""a"":1}"\n',
  );
});

test('formatNumber: whole numbers in full, others in four digits or to the unit, none for what is not finite', (t) => {
  t.deepEqual(
    [12_630_858, 93.3251, 99.9999, 0.00012346, 1e-9, -0.5, 1234567.89, NaN, Infinity].map((n) =>
      formatNumber(n),
    ),
    ['12630858', '93.33', '100', '0.0001235', '1e-9', '-0.5', '1234568', '', ''],
  );
});
