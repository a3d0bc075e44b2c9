// Tests of what not every machine has. Where it is missing they are skipped: ava counts them, their titles say why, and
// the last line of `npm test` says it once more (test/run.mjs).
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type Implementation } from 'ava';

/** Declares a test. */
type Declare = (title: string, implementation: Implementation<[]>) => void;

/** Declares a test that runs where something is there, and else is skipped. */
export function testWhere(isThere: boolean, lacking: string): Declare {
  if (isThere) return (title, implementation) => test.serial(title, implementation);
  return (title, implementation) => {
    test.skip(`${title} (skipped: ${lacking})`, implementation);
    const { SKIPPED_TESTS } = process.env;
    if (SKIPPED_TESTS) appendFileSync(SKIPPED_TESTS, `${lacking}\n`);
  };
}

/** A file of the folder `SGS_DATA`, there or not. */
export const dataFile = (...path: string[]): string => join(process.env.SGS_DATA ?? '', ...path);

/** Declares a test that reads files of the folder `SGS_DATA`. */
export function testWithData(...files: string[]): Declare {
  if (!process.env.SGS_DATA) return testWhere(false, 'SGS_DATA is not set');
  const missing = files.find((file) => !existsSync(dataFile(file)));
  return testWhere(missing === undefined, `SGS_DATA has no ${missing}`);
}

/** Declares a test of permissions, which the superuser does not have to ask for. */
export const testUnlessRoot: Declare = (title, implementation) =>
  testWhere(process.getuid?.() !== 0, 'root may read and write everything')(title, implementation);

/** Declares a test on a disk of its own. */
export const testWithDisk: Declare = (title, implementation) =>
  testWhere(canMount(), 'no disk can be mounted here (that needs root on Linux)')(title, implementation);

/** Declares a test that runs git. */
export const testWithGit: Declare = (title, implementation) =>
  testWhere(answers('git', '--version'), 'git is not installed')(title, implementation);

function answers(command: string, ...words: string[]): boolean {
  try {
    execFileSync(command, words, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'sgs-disk-'));
  const mounted = answers('mount', '-t', 'tmpfs', '-o', 'size=64k', 'none', folder);
  if (mounted) execFileSync('umount', [folder]);
  rmdirSync(folder);
  return mounted;
}
