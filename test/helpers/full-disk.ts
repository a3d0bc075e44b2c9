// The built command line on a full disk.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import type { ExecutionContext } from 'ava';
import { temporaryFolder } from './folder.js';

/** Asserts that a command whose output cannot be written is one line and exit code 1. */
export function checkFullDisk(t: ExecutionContext, words: readonly string[]): void {
  if (!existsSync('/dev/full')) return void t.pass();
  const full = openSync('/dev/full', 'w');
  t.teardown(() => closeSync(full));
  const { status, stderr } = spawnSync(process.execPath, ['scripts/sgs.mjs', ...words], {
    env: { ...process.env, SGS_RUNS: temporaryFolder(t) },
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  t.is(status, 1, stderr);
  t.regex(stderr, /^sgs: the output: cannot write it \(ENOSPC\): the disk is full; free some space\n$/m);
  t.notRegex(stderr, /\n {4}at /);
}
