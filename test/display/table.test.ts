import { createRequire } from 'node:module';
import test from 'ava';
import { table as arquero } from 'arquero';
import { renderTable, table } from '../../src/display/table.js';
import { SettingsError } from '../../src/errors.js';
import { inCell, printed } from '../helpers/cell.js';

test('renderTable: rows become HTML, Markdown and text; numbers flush right, absent cells empty', (t) => {
  const texts = renderTable([
    { method: 'SGS', accuracy: 0.123456789 },
    { method: 'plain', n: 12 },
  ]);
  t.is(texts['text/plain'], ['method  accuracy   n', 'SGS     0.123457', 'plain             12'].join('\n'));
  t.is(
    texts['text/markdown'],
    ['| method | accuracy | n |', '| --- | ---: | ---: |', '| SGS | 0.123457 |  |', '| plain |  | 12 |'].join(
      '\n',
    ),
  );
  t.regex(
    texts['text/html'],
    /<td style="text-align:left">SGS<\/td><td style="text-align:right">0.123457<\/td>/,
  );
});

test('renderTable: markup, bars, formulas and __proto__ in names and cells are plain text', (t) => {
  const row: object = JSON.parse(
    '{"__proto__": "</td><script>x</script>", "a|b": "| **=1+1** |", "constructor": 1}',
  );
  const { 'text/html': html, 'text/markdown': markdown } = renderTable([row, { other: 1 }]);
  t.notRegex(html, /<script|<\/td><script/);
  t.regex(html, /&lt;\/td&gt;&lt;script&gt;/);
  t.regex(html, /__proto__/);
  t.notRegex(html, /Object\(\)|native code/);
  for (const line of markdown.split('\n')) t.is(line.match(/(?<!\\)\|/g)?.length, 5, line);
});

test('renderTable: `limit` cuts and says so, `digits` rounds', (t) => {
  const rows = Array.from({ length: 5 }, (_, i) => ({ x: i + 1 / 3 }));
  const { 'text/plain': text } = renderTable(rows, { limit: 2, digits: 3 });
  t.is(text, '    x\n0.333\n 1.33\n2 of 5 rows');
});

test('renderTable: twenty rows where nothing is said', (t) => {
  const rows = (n: number): object[] => Array.from({ length: n }, (_, a) => ({ a }));
  t.notRegex(renderTable(rows(20))['text/plain'], /of 20 rows/);
  t.regex(renderTable(rows(21))['text/plain'], /\n19\n20 of 21 rows$/);
});

test('renderTable: arquero tables in their order and filter', (t) => {
  const input = arquero({ a: [3, 1, 2], b: ['x', 'y', 'z'] })
    .filter((d: { a: number }) => d.a > 1)
    .orderby('a');
  t.is(renderTable(input)['text/plain'], 'a  b\n2  z\n3  x');
});

test('renderTable: danfo frames; an index is shown where it names the rows', (t) => {
  const { DataFrame } = createRequire(import.meta.url)('danfojs-node');
  t.is(renderTable(new DataFrame({ q: [1, 2], w: ['a', 'b'] }))['text/plain'], 'q  w\n1  a\n2  b');
  const named = new DataFrame({ q: [1, 2] }, { index: ['mean', 'std'] });
  t.is(renderTable(named)['text/plain'], '      q\nmean  1\nstd   2');
  t.is(renderTable(named.column('q'))['text/plain'], '      q\nmean  1\nstd   2');
});

test('renderTable: anything else is refused', (t) => {
  t.throws(() => renderTable({} as never), {
    instanceOf: SettingsError,
    message: /expected an array of objects/,
  });
});

test.serial('table: three forms in a cell, text outside', async (t) => {
  const sent = await inCell(() => table([{ a: 1 }]));
  t.deepEqual(
    sent.map(({ data }) => Object.keys(data)),
    [['text/html', 'text/markdown', 'text/plain']],
  );
  t.is(await printed(() => table([{ a: 1 }])), 'a\n1');
});
