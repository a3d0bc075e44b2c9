import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import test from 'ava';
import { writeReport } from '../../../src/commands/reproduction/report.js';
import { originOf } from '../../../src/figures/origin.js';
import { saveTable } from '../../../src/figures/save.js';
import { packageRoot } from '../../../src/paths.js';
import { openRuns } from '../../../src/records/folder.js';
import { runId } from '../../../src/records/record.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { sampleRun } from '../../helpers/records.js';

test('writeReport: of a folder without outputs too, under its title', (t) => {
  const folder = temporaryFolder(t);
  const path = writeReport(folder, folder);
  t.is(path, join(folder, 'index.html'));
  const html = readFileSync(path, 'utf8');
  t.regex(html, /sgs-snn: Surrogate gradient scaling for directly training spiking neural networks/);
  t.regex(html, /Every number of ours comes from records that are named below it/);
  t.regex(html, /what the paper \(Chen, Wang, Gong, Wang, Duan; Applied Intelligence 2023\) says/);
});

test('writeReport: in this checkout a small record links to the page that runs it, seen from the folder; elsewhere none does', (t) => {
  mkdirSync(join(packageRoot(), 'build'), { recursive: true });
  const inside = mkdtempSync(join(packageRoot(), 'build', 'report-'));
  t.teardown(() => rmSync(inside, { recursive: true, force: true }));
  const run = { ...sampleRun(), numerics: { ...sampleRun().numerics, engine: 'event' } };
  const record = { ...run, id: runId(run.experiment, run.data.fingerprint, run.numerics) };
  const origin = originOf([record], { command: 'none', notebook: 'one' });
  const linkOf = (folder: string): string | undefined => {
    const runs = join(folder, 'runs');
    openRuns(runs).put(record);
    saveTable([{ a: 1 }], { folder: join(folder, 'figures'), stem: 'one', origin });
    const html = readFileSync(writeReport(join(folder, 'figures'), runs), 'utf8');
    t.regex(html, new RegExp(`<tr id="${record.id}">`));
    return /<a href="([^"#]*)#settings=[^"]*">run in the browser/.exec(html)?.[1];
  };
  t.is(linkOf(inside), '../../../page/index.html');
  t.is(linkOf(temporaryFolder(t)), undefined);
});

test('figures/index.html is what the committed outputs give, to the byte', (t) => {
  const [committed, folder] = [join(packageRoot(), 'figures'), temporaryFolder(t)];
  cpSync(committed, folder, {
    recursive: true,
    filter: (from) => statSync(from).isDirectory() || /\.(json|csv|svg)$/.test(basename(from)),
  });
  const made = readFileSync(writeReport(folder, join(packageRoot(), 'data', 'runs')));
  t.true(made.equals(readFileSync(join(committed, 'index.html'))), 'to write it again: npx --no sgs report');
});
