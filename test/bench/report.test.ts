import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { reportText } from '../../bench/report.js';
import { packageRoot } from '../../src/paths.js';
import { entryWith } from '../helpers/entries.js';

/** The cells of the row that begins with some cells. */
function row(text: string, ...begins: string[]): string[] | undefined {
  const rows = text.split('\n').map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
  return rows.find((cells) => begins.every((begin, i) => cells[i] === begin));
}

const TITLE = 'training step, 5-conv net';

test('an empty log says what to do', (t) => {
  t.regex(reportText([]), /npm run bench/);
});

test('the faster layout counts; both operating points stand side by side', (t) => {
  const second = entryWith({ measure: 'train-ii', point: 'ii', targets: { eager: { least: 2.6 } } });
  const text = reportText([entryWith(), second]);
  t.deepEqual(row(text, TITLE, 'eager'), [
    ...[TITLE, 'eager'],
    '2.50 (2.00 – 3.00) nhwc; target 2.4, aim 3: met',
    '2.50 (2.00 – 3.00) nhwc; target 2.6: short',
  ]);
  t.deepEqual(row(text, TITLE, 'compiled'), [TITLE, 'compiled', '1.25 nchw', '1.25 nchw']);
});

test('the newest entry of a measure is the one that is reported', (t) => {
  const newer = entryWith({ times: [{ peer: 'eager nchw', ours: [1], theirs: [7] }], rates: { lif1: 0.5 } });
  const text = reportText([entryWith(), newer]);
  t.regex(row(text, TITLE, 'eager')![2], /^7\.00 nchw/);
  t.is(row(text, TITLE, 'compiled'), undefined);
  t.regex(text, /train-i: lif1 50\.0 %/);
  t.notRegex(text, /12\.5 %/);
});

test('where torch.compile was not measured the report says what that leaves open', (t) => {
  const { times } = entryWith();
  const without = entryWith({ times: times.slice(0, 2) });
  t.notRegex(reportText([entryWith()]), /Without torch\.compile/);
  t.regex(reportText([without]), /Without torch\.compile: train-i\./);
  const tfjs = entryWith({ measure: 'train-tfjs', times: [{ peer: 'tfjs', ours: [1], theirs: [12] }] });
  t.notRegex(reportText([tfjs]), /Without torch\.compile/);
});

test('PyTorch limited to AVX2 stands in a table of its own and has no target', (t) => {
  const { times } = entryWith();
  const limited = { peer: 'eager-avx2 nchw', ours: [1], theirs: [9] };
  const text = reportText([entryWith({ times: [...times, limited] })]);
  const [before, after] = text.split('PyTorch limited to AVX2');
  t.is(row(before, TITLE, 'eager-avx2'), undefined);
  t.deepEqual(row(after, TITLE, 'eager-avx2'), [TITLE, 'eager-avx2', '9.00 nchw', '']);
  t.regex(row(before, TITLE, 'eager')![2], /^2\.50/);
});

test('activity: a row for each rate, a column for each convolution', (t) => {
  const activity = (
    measure: 'activity' | 'activity-64',
    title: string,
    seconds: number,
  ): ReturnType<typeof entryWith> =>
    entryWith({
      ...{ measure, title, point: null, rates: {}, targets: { '5%': { least: 2 } } },
      times: [{ peer: '5%', ours: [1], theirs: [seconds] }],
    });
  const text = reportText([activity('activity', 'wide', 1.9), activity('activity-64', 'narrow', 2.5)]);
  t.deepEqual(row(text, '5%'), ['5%', '1.90; target 2: short', '2.50; target 2: met']);
});

test('machine, versions, threads, build, commit and pairs of every run are named once', (t) => {
  const text = reportText([entryWith(), entryWith({ measure: 'train-ii', point: 'ii' })]);
  const lines = text.split('\n').filter((line) => line.includes('Some CPU'));
  t.is(lines.length, 1);
  for (const part of [
    'train-i, train-ii: 2026-01-02',
    '7 pairs',
    '2 cores',
    '8 GiB',
    'Node 20.19.0',
    '2.6.0',
    'AVX2',
  ])
    t.true(lines[0].includes(part), part);
  for (const part of ['2 threads', 'build fma', 'commit 0123456789']) t.true(lines[0].includes(part), part);
});

test('memory is of one step, not of pairs', (t) => {
  const bytes = [{ peer: 'eager nchw', ours: [100], theirs: [250] }];
  const text = reportText([entryWith({ measure: 'memory', title: 'memory', unit: 'B', times: bytes })]);
  t.regex(row(text, 'memory', 'eager')![2], /^2\.50 nchw; target/);
  t.regex(text, /memory: 2026-01-02; one warm step; /);
  t.notRegex(text, /\d pairs/);
});

test('nothing written for people claims to be faster than PyTorch without naming torch.compile', (t) => {
  const root = packageRoot();
  const files = ['.', 'bench', 'data', 'notebooks'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => /\.(md|ipynb|cff)$/.test(name))
      .map((name) => join(root, folder, name)),
  );
  t.true(files.length > 3);
  for (const file of files)
    for (const paragraph of readFileSync(file, 'utf8').split(/\n\s*\n/))
      if (/faster than\s+PyTorch/i.test(paragraph)) t.regex(paragraph, /torch\.compile/, file);
});
