// Parts of the report: the summary cell by cell, an output with its numbers and provenance.
import test from 'ava';
import { JSDOM } from 'jsdom';
import { outputSection, summaryTable, titleOf } from '../../src/report/parts.js';
import type { Output } from '../../src/report/outputs.js';
import type { SummaryRow } from '../../src/figures/summary.js';

const documentOf = (html: string): Document => new JSDOM(html).window.document;
const cells = (row: Element): string[] =>
  Array.from(row.querySelectorAll('td'), (cell) => (cell.textContent ?? '').trim());

const row = (more: Partial<SummaryRow>): SummaryRow => ({
  ...{ claim: 'c', paper: null, paperSource: null, ours: null, n: null, verdict: 'v' },
  ...more,
});

test('summaryTable: claim with its note, paper with its source, ours, seeds, verdict with p before and after correction', (t) => {
  const { text } = summaryTable(
    [
      row({
        ...{
          claim: 'LR helps',
          paper: 'higher',
          paperSource: 'abstract',
          ours: '-0.42 points [-0.59, -0.25]',
          n: 5,
        },
        ...{ verdict: 'different setting: trend disagrees (n = 5)', p: 0.01, note: 'of -1', stem: 'a' },
      }),
      row({
        claim: 'parameters',
        paper: 12_630_858,
        ours: 1234.5,
        n: 0,
        verdict: 'reproduced',
        stem: 'gone',
      }),
      row({ ours: '+1', verdict: 'different setting: trend agrees', p: 0.04 }),
      row({ verdict: 'not attempted: no data' }),
      row({ verdict: 'within tolerance' }),
      row({ verdict: 'different setting: trend undecided', p: 0.9 }),
    ],
    new Set(['a']),
  );
  const document = documentOf(text);
  const [folded, single] = document.querySelectorAll('table');
  t.is(
    folded.closest('details')?.querySelector('summary')?.textContent,
    'c 2 1 1',
    'agree, undecided, not comparable',
  );
  t.deepEqual(
    Array.from(single.querySelectorAll('th'), ({ textContent }) => textContent),
    ['claim', 'paper', 'ours [95 % interval]', 'seeds', 'verdict'],
  );
  const rows = [single, folded].flatMap((table) => [...table.querySelectorAll('tbody tr')]);
  // Holm over the three with a p: 3 · 0.01, 2 · 0.04, 1 · 0.9.
  t.deepEqual(rows.map(cells), [
    [
      ...['LR helpsof −1', 'higherabstract', '−0.42 points [−0.59, −0.25]', '5'],
      ...['different setting: trend disagreesp = 0.010, corrected p = 0.030'],
    ],
    ['parameters', '12,630,858', '1234.5', '0', 'reproduced'],
    ['c', 'not known', '+1', '–', 'different setting: trend agreesp = 0.040, corrected p = 0.080'],
    ['c', 'not known', '–', '–', 'not attemptedno data'],
    ['c', 'not known', '–', '–', 'within tolerance'],
    ['c', 'not known', '–', '–', 'different setting: trend undecidedp = 0.900, corrected p = 0.900'],
  ]);
  t.deepEqual(
    rows.map((each) => each.querySelector('.verdict')?.className.replace('verdict ', '')),
    ['bad', 'good', 'near', 'none', 'near', 'open'],
  );
  t.deepEqual(
    Array.from(document.querySelectorAll('a'), (link) => [link.textContent, link.getAttribute('href')]),
    [['LR helps', '#output-a']],
  );
});

test('summaryTable: without effects no interval is promised; without rows it says so', (t) => {
  const { text } = summaryTable([row({ verdict: 'reproduced' })], new Set());
  t.is(documentOf(text).querySelectorAll('th')[2].textContent, 'ours');
  t.regex(summaryTable([], new Set()).text, /No claim has been compared yet/);
});

const output = (more: Partial<Output>): Output => ({
  ...{ stem: 's', figure: null, svg: null, csv: null, about: null },
  ...more,
});
const about = {
  ...{ title: 'Heading', caption: 'What `is` seen.' },
  origin: {
    ...{
      command: 'sgs x',
      notebook: 'n',
      records: ['run-1', 'eval-1'],
      commits: ['abc'],
      trainings: ['9,000 images'],
    },
    data: [{ name: 'cifar10', fingerprint: 'f'.repeat(64), split: 'whole', splitHash: 'e'.repeat(64) }],
    ...{ numerics: ['event plain 1'], versions: ['0.1.0'] },
  },
} as unknown as NonNullable<Output['about']>;

test('outputSection: heading, caption, training, numbers, and where it comes from, item by item', (t) => {
  const document = documentOf(outputSection(output({ csv: 'a,b\n1,x\n2,y\n', about })).text);
  t.is(document.querySelector('section')?.id, 'output-s');
  t.is(document.querySelector('h3')?.textContent, 'Heading');
  t.is(document.querySelector('figcaption')?.innerHTML, 'What <code>is</code> seen.');
  t.is(document.querySelector('p.trained')?.textContent, 'Trained on 9,000 images.');
  t.deepEqual([...document.querySelectorAll('tbody tr')].map(cells), [
    ['1', 'x'],
    ['2', 'y'],
  ]);
  t.is(document.querySelectorAll('details').length, 1, 'a table of its own stands open');
  t.is(document.querySelector('summary')?.textContent, 'Where this comes from: 2 records');
  const facts = Array.from(document.querySelectorAll('dt'), ({ textContent, nextElementSibling }) => [
    textContent,
    nextElementSibling?.textContent?.trim(),
  ]);
  t.deepEqual(facts, [
    ['again with', 'sgs x'],
    ['records', 'run-1 eval-1'],
    ['data and split', `cifar10, sha256 ${'f'.repeat(16)}, split whole ${'e'.repeat(16)}`],
    ['code', 'abc'],
    ['numerics', 'event plain 1'],
    ['versions', '0.1.0'],
  ]);
});

test('outputSection: the numbers of a figure are folded; titles come from provenance, figure or stem', (t) => {
  const figure = { data: [], layout: { title: { text: 'Of the figure' } } };
  const html = outputSection(output({ figure, csv: 'a\n1\n' })).text;
  t.regex(html, /<details><summary>Numbers \(1 row\)<\/summary>/);
  t.regex(html, /No provenance was written/);
  t.deepEqual([output({ figure, about }), output({ figure }), output({})].map(titleOf), [
    'Heading',
    'Of the figure',
    's',
  ]);
});
