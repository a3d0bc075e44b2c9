// The ledger: items counted by status, equal neighbours in one row.
import { existsSync, readFileSync } from 'node:fs';
import test from 'ava';
import { JSDOM } from 'jsdom';
import { toTable } from '../../src/figures/table.js';
import { ledgerSection } from '../../src/report/ledger.js';

test('ledgerSection: cell by cell, statuses counted, neighbours that say the same in one row', (t) => {
  const item = (name: string, status: string, more: object = {}) => ({
    ...{ item: name, content: 'c', known: null, status, where: null, reason: 'r' },
    ...more,
  });
  const { text } = ledgerSection(
    toTable([
      item('Eq. (1)', 'reproduced', { known: 'k', where: 'src/a.ts' }),
      item('Eq. (2)', 'later'),
      item('Eq. (3)', 'later'),
      item('Eq. (4)', 'later'),
      item('Fig. 1', 'later'),
      item('Fig. 2', 'partly'),
    ]),
  );
  const { document } = new JSDOM(text).window;
  t.regex(document.querySelector('p')?.textContent ?? '', /^6 items: 1 reproduced, 4 later, 1 partly\./);
  const rows = Array.from(document.querySelectorAll('tbody tr'), (row) =>
    Array.from(row.querySelectorAll('td'), ({ textContent }) => textContent),
  );
  t.deepEqual(rows, [
    ['Eq. (1)', 'ck', 'reproduced', 'rsrc/a.ts'],
    ['Eq. (2) to (4)', 'c', 'later', 'r'],
    ['Fig. 1', 'c', 'later', 'r'],
    ['Fig. 2', 'c', 'partly', 'r'],
  ]);
  t.deepEqual(
    Array.from(document.querySelectorAll('.verdict'), ({ className }) => className),
    ['verdict good', 'verdict open', 'verdict open', 'verdict near'],
  );
});

test('the paper’s ledger: every source that it names is there', (t) => {
  const text = readFileSync('data/paper/ledger.csv', 'utf8');
  const named = new Set(text.match(/(src|test|notebooks)\/[\w./-]+\w/g));
  t.true(named.size >= 6);
  for (const file of named) t.true(existsSync(file), file);
});
