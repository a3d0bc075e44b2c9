// Compiles the tests, runs them by ava, then says in one line how many were skipped, and why (test/helpers/needs.ts). Words: `slow`
// for the slow tests in place of the fast ones, `gpu` for those of engine webgpu on this machine's card; tests by file
// (test/a.test.ts); anything that ava takes.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs a script of a package with this Node and its options; its exit status. */
const node = (script, words, environment = {}) =>
  spawnSync(process.execPath, [...process.execArgv, script, ...words], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  }).status ?? 1;

const compiled = node('node_modules/@typescript/native/bin/tsc', ['-b', 'test']);
if (compiled !== 0) process.exit(compiled);
// A test that is gone is run no more.
for (const name of readdirSync('build', { recursive: true })) {
  const source = name.replace(/\.js(\.map)?$/, '.ts');
  if (source !== name && !existsSync(source)) rmSync(join('build', name));
}
// What the compiled tests import as ../src is the package as it was built.
if (!existsSync('build/src')) symlinkSync(join(process.cwd(), 'dist'), 'build/src', 'junction');

const words = process.argv.slice(2);
const kind = ['slow', 'gpu'].includes(words[0]) ? words.shift() : 'fast';
const config = kind === 'fast' ? 'test/compiled.config.mjs' : 'test/slow.config.mjs';
const asked = words.map((word) => word.replace(/^(test\/.*)\.ts$/, 'build/$1.js'));
if (kind === 'gpu' && words.length === 0) asked.push('build/test/engines/webgpu/**');

// Unless a driver is named, or the card is asked for, engine webgpu is tested on one that computes on the processor: that of
// Debian's chromium.
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';
const { VK_ICD_FILENAMES, VK_DRIVER_FILES } = process.env;
const driver =
  kind === 'slow' && !VK_ICD_FILENAMES && !VK_DRIVER_FILES && existsSync(SWIFTSHADER)
    ? { VK_ICD_FILENAMES: SWIFTSHADER }
    : {};

const folder = mkdtempSync(join(tmpdir(), 'sgs-skipped-'));
try {
  const file = join(folder, 'reasons');
  writeFileSync(file, '');
  process.exitCode = node('node_modules/ava/entrypoints/cli.mjs', ['--config', config, ...asked], {
    SKIPPED_TESTS: file,
    ...driver,
  });
  const reasons = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const counts = new Map();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const why = [...counts].map(([reason, count]) => (count === 1 ? reason : `${reason} (${count})`)).sort();
  console.log(`${reasons.length} skipped${why.length > 0 ? `: ${why.join('; ')}` : ''}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
