import { gradientCells, termCells } from '../../src/commands/runs/show.js';
import { experiment } from '../../src/experiment/experiment.js';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { openRuns } from '../../src/records/folder.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleEvaluation, sampleRun } from '../helpers/records.js';
import { sgsOn } from '../helpers/sgs.js';
import { madeGrid } from '../helpers/sweep.js';

const grid = madeGrid([0, 0.1], [0, 1e-4], [0, 1, 2], (delta, beta, seed) => ({
  test: (70 + (delta > 0 ? 2 + seed / 2 : 0) + (beta > 0 ? 1 : 0) + seed) / 100,
  validation: 0.6 + delta,
}));

function folderOf(t: ExecutionContext, records = grid): string {
  const folder = temporaryFolder(t);
  const runs = openRuns(folder);
  for (const record of records) runs.put(record);
  return folder;
}

test.serial('sgs runs compare --by: a table with means, differences and corrected p', async (t) => {
  const sgs = sgsOn(folderOf(t));
  const words = ['runs', 'compare', '--by', 'neuron.delta', '--where', 'lipschitz.beta=0'];
  const text = await sgs(...words);
  t.is(text.code, 0, text.stderr);
  t.regex(text.stdout, /neuron\.delta +seeds +test accuracy \(%\)/);
  // 70, 71, 72 against 72, 73.5, 75; the second is the better by validation: −2, −2.5, −3.
  t.regex(text.stdout, /0 +3 +71\.00 ± 1\.00 .*−2\.50 \[−3\.74, −1\.26\] +3 +−5\.00/);
  const markdown = await sgs(...words, '--format', 'markdown', '--baseline', 'neuron.delta=0');
  t.regex(markdown.stdout, /\| 0\.1 \| 3 \| 73\.50 ± 1\.50 .*\+2\.50 \\\[1\.26, 3\.74\\\]/);
  const file = join(temporaryFolder(t), 'table.csv');
  t.is((await sgs(...words, '--format', 'csv', '--output', file)).stdout, '');
  t.regex(readFileSync(file, 'utf8'), /^neuron\.delta,seeds,.*\n0,3,0,0,0,71,1,/);
});

test.serial('sgs runs compare: what else differs is refused by name, or shown', async (t) => {
  const sgs = sgsOn(folderOf(t));
  const refused = await sgs('runs', 'compare', '--by', 'neuron.delta');
  t.is(refused.code, 1);
  t.regex(refused.stderr, /sgs: these runs differ in more .*\n {2}lipschitz\.beta: 0, 0\.0001/);
  const shown = await sgs('runs', 'compare', '--by', 'neuron.delta', '--columns');
  t.regex(shown.stdout, /neuron\.delta +lipschitz\.beta +seeds/);
  const nothing = await sgs('runs', 'compare');
  t.is(nothing.code, 1);
  t.regex(nothing.stderr, /name runs by their ids, or settings with --by/);
});

test.serial('sgs runs compare: named runs side by side, as before', async (t) => {
  const sgs = sgsOn(folderOf(t));
  const { stdout, code } = await sgs('runs', 'compare', grid[0].id, grid[3].id);
  t.is(code, 0);
  t.regex(stdout, /what differs\nfield +run-/);
  t.regex(stdout, /lipschitz\.beta +0 +0\.0001/);
});

test.serial('sgs runs list: damaged records are named, exit code 1', async (t) => {
  const folder = folderOf(t, grid.slice(0, 1));
  writeFileSync(join(folder, 'run-0123456789abcdef.json'), '{');
  const { stdout, stderr, code } = await sgsOn(folder)('runs', 'list');
  t.is(code, 1);
  t.regex(stdout, new RegExp(grid[0].id));
  t.regex(stderr, /not readable: .*run-0123456789abcdef\.json: not a valid record/);
});

test.serial('sgs runs list: chosen, sorted and cut; a narrow terminal gets fewer columns', async (t) => {
  const sgs = sgsOn(folderOf(t));
  const { stdout } = await sgs(
    'runs',
    'list',
    '--where',
    'lipschitz.beta=0',
    '--sort',
    'test',
    '--limit',
    '2',
  );
  // 70 % and 2 points of SGS, then half a point and a whole one by seed.
  t.deepEqual([...stdout.matchAll(/\d\d\.\d\d %/g)].map(([text]) => text).slice(0, 1), ['75.00 %']);
  t.regex(stdout, /\n2 of 6 runs\n/);
  const { COLUMNS } = process.env;
  process.env.COLUMNS = '60';
  try {
    const narrow = (await sgs('runs', 'list')).stdout;
    t.true(
      narrow.split('\n').every((line) => line.length <= 60),
      narrow,
    );
    t.regex(narrow, /not shown: best test, time/);
    const wide = (await sgs('runs', 'list', '--wide')).stdout;
    t.notRegex(wide, /not shown/);
  } finally {
    if (COLUMNS === undefined) delete process.env.COLUMNS;
    else process.env.COLUMNS = COLUMNS;
  }
});

test.serial('sgs runs show: settings and epochs for people, the record itself as JSON', async (t) => {
  const sgs = sgsOn(folderOf(t));
  const { stdout } = await sgs('runs', 'show', grid[0].id);
  t.regex(stdout, /^test +70\.00 % at the last epoch/m);
  t.regex(stdout, /^neuron\.tau +0\.5 \*$/m);
  t.regex(stdout, /^neuron\.delta +0$/m);
  t.regex(stdout, /^epoch +loss +train/m);
  const { stdout: json } = await sgs('runs', 'show', grid[0].id, '--json');
  t.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(grid[0])));
});

test.serial(
  'sgs runs export: by the name of the output, printed without one, chosen with --where',
  async (t) => {
    const folder = folderOf(t);
    const sgs = sgsOn(folder);
    const output = join(temporaryFolder(t), 'sub', 'runs.parquet');
    const written = await sgs('runs', 'export', '--output', output);
    t.is(written.code, 0, written.stderr);
    t.regex(written.stderr, /12 rows written/);
    t.is(readFileSync(output).subarray(0, 4).toString(), 'PAR1');
    const epochs = await sgs(
      'runs',
      'export',
      '--table',
      'epochs',
      '--format',
      'json',
      '--where',
      'neuron.delta=0.1',
    );
    t.is((JSON.parse(epochs.stdout) as object[]).length, 6 * 3);
    const refused = await sgs('runs', 'export', '--output', 'runs.xlsx');
    t.is(refused.code, 1);
    t.regex(refused.stderr, /runs\.xlsx does not end in one of csv, json, arrow, parquet/);
  },
);

test.serial('sgs runs import: a line for each file, exit code 1 where something is damaged', async (t) => {
  const from = folderOf(t, grid.slice(0, 2));
  const sgs = sgsOn(temporaryFolder(t));
  const planned = await sgs('runs', 'import', from, '--dry-run');
  t.is(planned.code, 0);
  t.regex(planned.stderr, /would be: 2 added/);
  writeFileSync(join(from, 'run-0123456789abcdef.json'), '{');
  const done = await sgs('runs', 'import', from);
  t.is(done.code, 1);
  t.regex(done.stdout, new RegExp(`${grid[0].id}\\.json +added`));
  t.regex(done.stdout, /run-0123456789abcdef\.json +damaged +.*not JSON/);
  t.regex(done.stderr, /2 added/);
  t.is((await sgs('runs', 'list')).code, 0);
});

test.serial('sgs runs export: every table has its rows, also of evaluations', async (t) => {
  const run = sampleRun();
  const sgs = sgsOn(temporaryFolder(t));
  const rows = async (table: string, folder: string): Promise<unknown[]> =>
    JSON.parse(
      (await sgs('runs', 'export', '--format', 'json', '--table', table, '--runs', folder)).stdout,
    ) as unknown[];
  const folder = folderOf(t, [run]);
  openRuns(folder).put(sampleEvaluation());
  const counts = [];
  for (const table of ['runs', 'epochs', 'spikes', 'results'])
    counts.push((await rows(table, folder)).length);
  t.deepEqual(counts, [1, 3, 2, 2]);
});

test.serial('sgs runs import: an empty folder has nothing to import, and that is said', async (t) => {
  const { code, stderr } = await sgsOn(temporaryFolder(t))('runs', 'import', temporaryFolder(t));
  t.is(code, 0);
  t.regex(stderr, /nothing there/);
});

test('sgs runs show: the terms of a loss have a column each, by their kinds', (t) => {
  const loss = experiment({ loss: [{}, { kind: 'spikeRate' }, { kind: 'tet' }, { kind: 'tet' }] }).loss;
  t.deepEqual(termCells(loss, [1, 0.12345, null, 2]), {
    ...{ mean: '1.0000', spikeRate: '0.1235' },
    ...{ 'tet 3': '', 'tet 4': '2.0000' },
  });
  t.deepEqual(termCells(experiment().loss, undefined), {});
});

test('sgs runs show: what a rule gave of the gradient has a column each, only where one did', (t) => {
  t.deepEqual(gradientCells({ parameter: 2.80001, delta: 0.1 + 0.2 }), { parameter: '2.8', δ: '0.3' });
  t.deepEqual(gradientCells({ delta: { a: 0.25, b: 0, c: 1.5 } }), { δ: '0 to 1.5' });
  t.deepEqual(gradientCells(undefined), {});
});
