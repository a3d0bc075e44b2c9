// RESULTS.md: what is committed is what the committed outputs and records give, and text that came with them stays text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { originOf } from '../../src/figures/origin.js';
import { saveSummary, saveTable } from '../../src/figures/save.js';
import { packageRoot, resultsFile } from '../../src/paths.js';
import { openRuns } from '../../src/records/folder.js';
import { saveNotes } from '../../src/report/notes.js';
import { buildResults, resultsText } from '../../src/report/results.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleRun } from '../helpers/records.js';

test('RESULTS.md is what the committed outputs and records give, to the byte', (t) => {
  const figures = join(packageRoot(), 'figures');
  const file = resultsFile(figures);
  t.is(file, join(packageRoot(), 'RESULTS.md'));
  const text = resultsText({ figures, runs: join(packageRoot(), 'data', 'runs'), file });
  t.true(readFileSync(file, 'utf8') === text, 'it is another text; to write it again: npx --no sgs report');
});

test('RESULTS.md: every link is to a file of the repository', (t) => {
  const text = readFileSync(join(packageRoot(), 'RESULTS.md'), 'utf8');
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
  t.true(links.length > 50);
  for (const link of links) t.notThrows(() => readFileSync(join(packageRoot(), decodeURI(link))), link);
});

const HOSTILE = '</td><script>alert(1)</script> | [x](javascript:alert(2)) `$a$`';

test('hostile text in outputs, claims and notes: no markup, no link, no new cell of a table', (t) => {
  const figures = temporaryFolder(t);
  const runs = temporaryFolder(t);
  const run = sampleRun();
  openRuns(runs).put(run);
  saveTable(
    [
      {
        network: HOSTILE,
        data: HOSTILE,
        trainedOn: 1,
        T: 2,
        delta: 0,
        beta: 0,
        epochs: 1,
        seeds: 1,
        testAccuracy: 1,
        timesLess: 2,
        sd: null,
      },
    ],
    {
      folder: figures,
      stem: 'energy-measured',
      title: HOSTILE,
      origin: originOf([run], { command: HOSTILE, notebook: 'energy' }),
    },
  );
  const claim = {
    claim: HOSTILE,
    paper: HOSTILE,
    paperSource: HOSTILE,
    ours: HOSTILE,
    n: 1,
    verdict: HOSTILE,
  };
  saveSummary([claim], { folder: figures, stem: 'energy' });
  saveNotes(
    { title: null, question: HOSTILE, findings: [HOSTILE], differs: HOSTILE },
    { folder: figures, stem: 'energy' },
  );
  const text = readFileSync(buildResults({ figures, runs, file: join(figures, 'RESULTS.md') }), 'utf8');
  t.true(text.includes('alert'));
  t.false(/<|[^\\]\]\(javascript/.test(text));
  for (const table of text.split('\n\n').filter((part) => part.startsWith('| '))) {
    const bars = table.split('\n').map((line) => line.match(/(?<!\\)\|/g)!.length);
    t.is(new Set(bars).size, 1, table);
  }
});

test('no outputs and no records: said so; trainings that are not among the records are counted', (t) => {
  const [figures, runs] = [temporaryFolder(t), temporaryFolder(t)];
  const place = { figures, runs, file: join(figures, 'RESULTS.md') };
  t.regex(
    resultsText(place),
    /No claim has been compared yet\.[^]*No training stands behind the outputs\.\n$/,
  );
  const origin = originOf([sampleRun()], { command: '', notebook: 'energy' });
  saveTable([{ a: 1 }], { folder: figures, stem: 'energy-x', title: 'X', origin });
  const text = resultsText(place);
  t.regex(text, /1 of the trainings behind the outputs are not among the records here/);
  t.regex(text, /\n## Energy\n[^]*\[X\]\(energy\/x\.md\)\n$/);
});
