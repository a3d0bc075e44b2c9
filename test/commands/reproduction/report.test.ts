import { cpSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import test from 'ava';
import { writeReport } from '../../../src/commands/reproduction/report.js';
import { packageRoot } from '../../../src/paths.js';
import { temporaryFolder } from '../../helpers/folder.js';

test('writeReport: of a folder without outputs too, under its title', (t) => {
  const folder = temporaryFolder(t);
  const path = writeReport(folder, folder);
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
  const made = readFileSync(writeReport(folder, join(packageRoot(), 'data', 'runs')));
  t.true(made.equals(readFileSync(join(committed, 'index.html'))), 'to write it again: npx --no sgs report');
});
