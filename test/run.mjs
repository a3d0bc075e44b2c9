// Compiles the tests, runs them by ava, then says in one line how many were skipped, and why (test/helpers/needs.ts). Words: `slow`
// for the slow tests in place of the fast ones; tests by file (test/a.test.ts); anything that ava takes.
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
const config = words[0] === 'slow' ? 'test/slow.config.mjs' : 'test/compiled.config.mjs';
const asked = words
  .slice(words[0] === 'slow' ? 1 : 0)
  .map((word) => word.replace(/^(test\/.*)\.ts$/, 'build/$1.js'));

// Engine webgpu is tested on a driver that computes on the processor, the one of Debian's chromium, unless one is named.
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';
const { VK_ICD_FILENAMES, VK_DRIVER_FILES } = process.env;
const driver =
  words[0] === 'slow' && !VK_ICD_FILENAMES && !VK_DRIVER_FILES && existsSync(SWIFTSHADER)
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
