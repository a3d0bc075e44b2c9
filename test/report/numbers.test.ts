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

test('csvTable: column names as words, paths of settings as they are; thousands apart; ids on one line', (t) => {
  const page = csvTable(
    'annPicojoule,lipschitz.beta,macs,share,run\n' +
      '2611610,0.0001,150994944,12345.678,run-0123456789abcdef eval-0123456789abcdef\n' +
      '9999,0,-10000,0.12345678,text\n',
  ).table.text;
  for (const expected of [
    '>ann picojoule<',
    '>lipschitz.beta<',
    '>2,611,610<',
    '>150,994,944<',
    '>−10,000<',
    '>9999<',
    '>0.1235<',
    '<td><span class="id">run-0123456789abcdef',
    '<td>text</td>',
  ])
    t.true(page.includes(expected), expected);
});

test('csvTable: a table of more than twelve columns is set smaller on paper', (t) => {
  const many = (columns: number): boolean =>
    csvTable(
      `${Array(columns).fill('a').join(',')}\n${Array(columns).fill('1').join(',')}\n`,
    ).table.text.includes('<table class="many">');
  t.deepEqual([many(12), many(13)], [false, true]);
});

test('csvTable: more than fourteen rows scroll', (t) => {
  const tall = (rows: number): boolean =>
    csvTable(`a\n${'1\n'.repeat(rows)}`).table.text.includes('scroll tall');
  t.deepEqual([tall(14), tall(15)], [false, true]);
});
