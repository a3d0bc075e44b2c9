// The report: complete, self-contained, the same bytes again, and deaf to what comes with the data.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { JSDOM } from 'jsdom';
import { originOf } from '../../src/figures/origin.js';
import { saveFigure, saveSummary, saveTable } from '../../src/figures/save.js';
import { axis, label, theme } from '../../src/figures/theme.js';
import { line } from '../../src/figures/traces.js';
import { saveNotes } from '../../src/report/notes.js';
import { buildReport } from '../../src/report/report.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleRun } from '../helpers/records.js';
import { unpacked } from '../helpers/unpacked.js';

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror="alert(2)">'"{{__proto__}}=HYPERLINK("x")`;

/** A folder with a figure, a table and a summary in which every text is the given one. */
async function folderWith(folder: string, text: string): Promise<string> {
  const run = sampleRun();
  const origin = originOf([{ ...run, data: { ...run.data, name: text } } as typeof run], {
    command: text,
    notebook: text,
  });
  await saveFigure(
    {
      data: line({ name: text, x: [1, 2], y: [2, 1], runs: [text] }),
      layout: theme({ title: { text: label(text) }, xaxis: axis(text), yaxis: axis('accuracy', '%') }),
    },
    { folder, stem: 'noise-robustness', caption: text, table: [{ [text]: text, n: 1 }], origin },
  );
  saveTable([{ method: text, accuracy: 93.3 }], {
    folder,
    stem: 'comparison',
    title: text,
    origin: { ...origin, notebook: 'comparison' },
  });
  saveSummary(
    [
      {
        claim: text,
        paper: text,
        paperSource: text,
        ours: text,
        n: 3,
        verdict: text,
        note: text,
        stem: 'comparison',
      },
      {
        claim: text,
        paper: 'higher',
        paperSource: null,
        ours: '-0.42 points [-0.59, -0.25]',
        n: 5,
        verdict: 'different setting: trend disagrees (n = 5)',
        p: 0.002,
      },
      {
        claim: 'parameters',
        paper: 12_630_858,
        paperSource: null,
        ours: null,
        n: null,
        verdict: 'not attempted: why',
      },
    ],
    { folder, stem: 'noise-robustness' },
  );
  saveNotes({ title: text, question: text, findings: [text], differs: text }, { folder, stem: 'comparison' });
  return folder;
}

const build = (folder: string, text: string): string =>
  readFileSync(buildReport({ folder, title: text, introduction: [text], commands: [text] }), 'utf8');

/** The page without Plotly's 5 MB, which take seconds to parse. */
const light = (page: string): string =>
  page.replace(/(<script type="text\/plain" id="plotly">)[^]*?(?=<\/script>)/, '$1');

const parent = mkdtempSync(join(tmpdir(), 'sgs-report-'));
test.after.always(() => rmSync(parent, { recursive: true, force: true }));
const plainFolder = folderWith(join(parent, 'plain'), 'plain');
const plainPage = plainFolder.then((folder) => build(folder, 'plain'));

test('hostile text everywhere: no element is added, no payload runs, no link is made', async (t) => {
  const page = light(build(await folderWith(join(parent, 'hostile'), HOSTILE), HOSTILE));
  const plain = light(await plainPage);
  const count = (text: string): Record<string, number> => {
    const found: Record<string, number> = {};
    for (const element of new JSDOM(text).window.document.querySelectorAll('*'))
      found[element.localName] = (found[element.localName] ?? 0) + 1;
    return found;
  };
  t.deepEqual(count(page), count(plain));
  let alerts = 0;
  const { window } = new JSDOM(page, {
    runScripts: 'dangerously',
    beforeParse: (opened) => {
      Object.assign(opened, {
        alert: () => alerts++,
        matchMedia: () => ({ matches: false, addEventListener: () => {} }),
        IntersectionObserver: class {
          observe(): void {}
        },
      });
    },
  });
  t.is(window.document.documentElement.dataset.theme, 'light', 'the page’s own script ran');
  t.is(alerts, 0);
  for (const image of window.document.querySelectorAll('img'))
    t.regex(image.src, /^data:image\/svg\+xml,<svg /);
});

test('the policy names exactly the two scripts of the page, and nothing is loaded from anywhere', async (t) => {
  const page = await plainPage;
  const { document } = new JSDOM(page).window;
  const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
  t.regex(policy, /^default-src 'none'/);
  const hash = (script: string | null): string =>
    `'sha256-${createHash('sha256')
      .update(script ?? '')
      .digest('base64')}'`;
  const own = document.querySelectorAll('script:not([type])');
  t.is(own.length, 1);
  // As the page unpacks it.
  const plotly = unpacked(document.getElementById('plotly'));
  t.is(/script-src (.*)$/.exec(policy)?.[1], `${hash(own[0].textContent)} ${hash(plotly)}`);
  for (const element of document.querySelectorAll('[src], link, iframe, object'))
    t.regex(element.getAttribute('src') ?? '', /^data:/);
  const links = Array.from(document.querySelectorAll('a'), (link) => link.getAttribute('href') ?? '');
  for (const link of links.filter((href) => href.startsWith('#')))
    t.truthy(document.getElementById(link.slice(1)), link);
  t.deepEqual(
    links.filter((href) => !href.startsWith('#')),
    ['https://doi.org/10.1007/s10489-023-04966-x'],
  );
});

test('what stands in it: summary, figure with its data, numbers, provenance, all 36 items of the ledger', async (t) => {
  const { document } = new JSDOM(light(await plainPage)).window;
  const text = document.body.textContent ?? '';
  for (const expected of [
    '12,630,858',
    'not attempted',
    'Numbers (1 row)',
    'Trained on plain, 100 training images, tested on 20.',
    sampleRun().id,
    'split whole',
  ])
    t.true(text.includes(expected), expected);
  const data = JSON.parse(unpacked(document.querySelector('.plot script')));
  t.is(data.data[0].name, 'plain');
  t.is(document.querySelectorAll('.plot img').length, 1);
  const items = Array.from(
    document.querySelectorAll('#ledger ~ .scroll td.item'),
    (cell) => cell.textContent ?? '',
  );
  const covered = items.map((item) => {
    const [first, last = first] = (item.match(/\d+/g) ?? []).map(Number);
    return last - first + 1; // items that say the same stand in one row: `Eq. (6) to (18)`
  });
  t.is(
    covered.reduce((sum, n) => sum + n, 0),
    36,
  );
  t.true(items.length < 20);
  t.is(document.querySelectorAll('section.output').length, 2);
});

test('a notebook’s question, findings and what differs stand beside its outputs; effects are counted and corrected', async (t) => {
  const { document } = new JSDOM(light(await plainPage)).window;
  const headings = Array.from(document.querySelectorAll('h2, h3'), ({ textContent }) => textContent);
  t.deepEqual(
    headings.filter((text) => !['Contents', 'Paper, ours, verdict'].includes(text ?? '')).slice(0, 6),
    [
      'Comparison',
      'plain',
      'What differs and why',
      'Plain',
      'plain',
      'Every equation, figure and table of the paper',
    ],
  );
  t.is(document.querySelector('p.question')?.textContent, 'Question. plain');
  t.is(document.querySelector('p.found')?.textContent, 'What came out. plain');
  const summary = document.querySelector('main')?.textContent ?? '';
  for (const expected of [
    'ours [95 % interval]',
    '−0.42 points [−0.59, −0.25]',
    'p = 0.002, corrected p = 0.002',
    'The table holds 1 claim about effects.',
    'stays below 0.05',
  ])
    t.true(summary.includes(expected), expected);
});

test('the same outputs give the same bytes; an empty folder gives a report too', async (t) => {
  t.is(build(await plainFolder, 'plain'), await plainPage);
  const empty = temporaryFolder(t);
  writeFileSync(join(empty, 'notes.txt'), 'not an output');
  t.regex(build(empty, 'plain'), /No claim has been compared yet/);
});
