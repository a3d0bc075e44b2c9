// Two command lines at the same time. Needs dist (npm run build).
import { execFile } from 'node:child_process';
import test from 'ava';
import { temporaryFolder } from '../helpers/folder.js';

const SMALL = [
  '--data',
  'shapes10',
  '--width',
  '0.125',
  '--train-limit',
  '100',
  '--test-limit',
  '50',
  '--batch-size',
  '25',
  '--backend',
  'wasm',
];

test('two sgs train of one run: the second says who works on it, waits, and does not train again', async (t) => {
  const folder = temporaryFolder(t);
  const sgs = (...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        ['scripts/sgs.mjs', ...words],
        { env: { ...process.env, SGS_RUNS: folder } },
        (error, stdout, stderr) => resolve({ code: error ? 1 : 0, stdout, stderr }),
      );
    });
  const words = ['train', ...SMALL, '--epochs', '3', '--seed', '77'];
  const both = await Promise.all([sgs(...words), sgs(...words)]);
  t.deepEqual(
    both.map(({ code }) => code),
    [0, 0],
  );
  const epochs = both.map(({ stderr }) => stderr.match(/^epoch \d/gm)?.length ?? 0);
  t.deepEqual([...epochs].sort(), [0, 3], both.map(({ stderr }) => stderr).join('\n'));
  const waiting = both[epochs.indexOf(0)];
  t.regex(
    waiting.stderr,
    /\S+, process \d+ \(token 1\) works on this run: waiting for it, so that nothing is done twice/,
  );
  t.is(waiting.stdout, both[epochs.indexOf(3)].stdout);
});
