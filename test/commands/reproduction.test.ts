import { cpSync, readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import test from 'ava';
import { presetTrials } from '../../src/studies/trials.js';
import { packageRoot } from '../../src/paths.js';
import { temporaryFolder } from '../helpers/folder.js';
import { byData, digestsInWords, placesOf, writeReport } from '../../src/commands/reproduction.js';

test('quick is made afresh in a folder of its own; what somebody names is never emptied', (t) => {
  t.true(placesOf({ preset: 'quick' }).afresh);
  t.regex(placesOf({ preset: 'quick' }).runs, /data.runs.quick$/);
  for (const more of [{ runs: 'mine' }, { keep: true }, { train: false }, { only: ['energy'] }])
    t.false(placesOf({ preset: 'quick', ...more }).afresh, JSON.stringify(more));
  for (const preset of ['desk', 'paper'] as const) t.false(placesOf({ preset }).afresh);
});

test('a folder for records is absolute: notebooks, which run elsewhere, read the same', (t) => {
  const { runs, figures } = placesOf({ preset: 'desk', runs: 'some/where' });
  t.is(runs, resolve('some/where'));
  t.true(isAbsolute(figures));
});

test('trainings whose data is not here are left out, with a line that says how to get it', (t) => {
  const trials = presetTrials('desk');
  const { found, lacking } = byData(trials, '/nowhere');
  t.deepEqual([...new Set(found.map(({ experiment }) => experiment.data.name))], ['shapes10-dvs']);
  t.is(lacking.length, 3);
  t.regex(
    lacking[0].line,
    /^cifar10 is not in \/nowhere: \d+ trainings are left out; `sgs data cifar10` downloads it$/,
  );
  t.regex(lacking[2].line, /^cifar10-dvs is not in \/nowhere: 1 training is left out/);
});

test('digestsInWords: how many runs have the expected weights; each other one by id and digests', (t) => {
  const runs = ['a', 'b', 'c'].map((id) => ({ id, weightsDigest: `${id}1` }));
  const have = (count: string): string => `weights: ${count} runs have the expected bits`;
  t.deepEqual(digestsInWords(runs, { a: 'a1', b: 'b1', c: 'c1', d: 'd1' }), {
    summary: have('3 of 3'),
    different: [],
  });
  t.deepEqual(digestsInWords(runs, { a: 'a1', b: 'x' }), {
    summary: `${have('1 of 3')}, 1 have no expected ones (other data, engine or Node)`,
    different: ['  b: digest b1, expected x: the arithmetic of this build has changed'],
  });
  t.deepEqual(digestsInWords(runs, { d: 'd1' }), { different: [] });
  t.deepEqual(digestsInWords([{ id: 'a', weightsDigest: null }], { a: 'a1' }).different.length, 1);
});

test('writeReport: of a folder without outputs too, under its title', (t) => {
  const folder = temporaryFolder(t);
  const path = writeReport(folder);
  t.is(path, join(folder, 'index.html'));
  const html = readFileSync(path, 'utf8');
  t.regex(html, /sgs-snn: Surrogate gradient scaling for directly training spiking neural networks/);
  t.regex(html, /Every number of ours comes from records that are named below it/);
  t.regex(html, /what the paper \(Chen, Wang, Gong, Wang, Duan; Applied Intelligence 2023\) says/);
});

test('figures/index.html is what the committed outputs give, to the byte', (t) => {
  const [committed, folder] = [join(packageRoot(), 'figures'), temporaryFolder(t)];
  cpSync(committed, folder, {
    recursive: true,
    filter: (from) => statSync(from).isDirectory() || /\.(json|csv|svg)$/.test(basename(from)),
  });
  const made = readFileSync(writeReport(folder));
  t.true(made.equals(readFileSync(join(committed, 'index.html'))), 'to write it again: npx --no sgs report');
});
