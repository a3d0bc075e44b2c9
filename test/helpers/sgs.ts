// The built command line, run as a user does.
import { execFile } from 'node:child_process';

/** How a command ended and what it said. */
export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** A command line `sgs` that works on a folder of records. */
export const sgsOn =
  (folder: string) =>
  (...words: string[]): Promise<CommandResult> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        ['src/sgs.mjs', ...words],
        { env: { ...process.env, SGS_RUNS: folder } },
        (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
      );
    });
