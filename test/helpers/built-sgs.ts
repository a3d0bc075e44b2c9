// The built command line in a process of its own, as a user runs it. Needs dist (npm run build).
import { execFile } from 'node:child_process';
import type { CommandResult } from './sgs.js';

/** Of `sgs train`: 100 images, four updates an epoch. */
export const SMALL_WORDS: readonly string[] = [
  ...['--data', 'shapes10', '--width', '0.125', '--train-limit', '100', '--test-limit', '50'],
  ...['--batch-size', '25'],
];

/** A command line that works on a folder of records. */
export const builtSgsOn =
  (folder: string) =>
  (...words: string[]): Promise<CommandResult> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        ['scripts/sgs.mjs', ...words],
        { env: { ...process.env, SGS_RUNS: folder } },
        (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
      );
    });
