import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import * as browser from '../../src/records/browser/provenance.js';
import { gitState, machine, provenance, versions } from '../../src/records/provenance.js';
import { temporaryFolder } from '../helpers/folder.js';
import { testWithGit } from '../helpers/needs.js';

/** A repository with one commit. */
function repository(folder: string): (...words: string[]) => string {
  const git = (...words: string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...words],
      {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    ).trim();
  git('init', '--quiet');
  writeFileSync(join(folder, 'code.ts'), 'one');
  git('add', '.');
  git('commit', '--quiet', '-m', 'one');
  return git;
}

test('machine: says what computes, and not whose machine it is', (t) => {
  const { cpu, cores, memory, platform } = machine();
  t.true(cpu.length > 0);
  t.true(cores >= 1);
  t.true(memory > 0.1 && memory < 1e6);
  t.is(platform, `${process.platform} ${process.arch}`);
  t.deepEqual(Object.keys(machine()).sort(), ['cores', 'cpu', 'memory', 'platform']);
});

test('versions: Node, the package and TensorFlow.js', (t) => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    version: string;
  };
  t.deepEqual({ ...versions(), tfjs: '' }, { node: process.versions.node, package: version, tfjs: '' });
  t.regex(versions().tfjs ?? '', /^\d+\.\d+\.\d+$/);
});

test('gitState: outside a repository, and without the folder, it is null', (t) => {
  const folder = temporaryFolder(t);
  t.deepEqual(gitState(folder), { commit: null, dirty: null });
  t.deepEqual(gitState(join(folder, 'none')), { commit: null, dirty: null });
  t.deepEqual(Object.keys(provenance(folder)).sort(), ['commit', 'dirty', 'machine', 'versions']);
});

testWithGit('gitState: any change of the code makes the tree dirty, records and figures do not', (t) => {
  const folder = temporaryFolder(t);
  const git = repository(folder);
  const commit = git('rev-parse', 'HEAD');
  t.deepEqual(gitState(folder), { commit, dirty: false });
  for (const output of ['data/runs', 'figures']) {
    mkdirSync(join(folder, output), { recursive: true });
    writeFileSync(join(folder, output, 'new'), '');
  }
  t.deepEqual(gitState(folder), { commit, dirty: false });
  writeFileSync(join(folder, 'new.ts'), '');
  t.true(gitState(folder).dirty, 'a new file');
  git('add', 'new.ts');
  git('commit', '--quiet', '-m', 'two');
  t.deepEqual(gitState(join(folder, 'data')), { commit: git('rev-parse', 'HEAD'), dirty: false });
  writeFileSync(join(folder, 'code.ts'), 'two');
  t.true(gitState(join(folder, 'data')).dirty, 'a changed file, asked from a folder inside');
});

test('in a page: the browser in place of Node, and the code that the page was built of', (t) => {
  const origin = { package: '1.2.3', commit: 'a'.repeat(40), dirty: false };
  browser.setOrigin(origin);
  const { machine: found, versions: used, commit, dirty } = browser.provenance();
  t.deepEqual({ package: used.package, commit, dirty }, origin);
  t.is(used.tfjs, null);
  t.regex(used.node, /^none \(.+\)$/);
  t.deepEqual(Object.keys(found).sort(), Object.keys(machine()).sort());
});
