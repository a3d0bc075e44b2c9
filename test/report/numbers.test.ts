// CSV on the page: numbers printed, ids and hashes left alone.
import test from 'ava';
import { JSDOM } from 'jsdom';
import { csvTable } from '../../src/report/numbers.js';

const cells = (csv: string): string[] =>
  Array.from(
    new JSDOM(csvTable(csv).table.text).window.document.querySelectorAll('td'),
    (cell) => cell.textContent ?? '',
  );

test('csvTable: number columns are printed in four digits, others as they are', (t) => {
  t.deepEqual(cells('a,b\n0.123456,0123\n,1e400x\n'), ['0.1235', '0123', '', '1e400x']);
  t.is(csvTable('a\n1\n2\n').rows, 2);
});

test('csvTable: ids that look like numbers or dates are not touched', (t) => {
  t.deepEqual(cells('id,when\n12345678901234567890,2024-01-02\n'), ['12345678901234567890', '2024-01-02']);
});

test('csvTable: hostile cells and names are text', (t) => {
  const { document } = new JSDOM(csvTable('<b>,__proto__\n<img src=x onerror=alert(1)>,1\n').table.text)
    .window;
  t.is(document.querySelectorAll('b, img').length, 0);
  t.is(document.querySelector('th')?.textContent, '<b>');
});
