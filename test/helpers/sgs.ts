// The command line run in this process, on a folder of records. One command at a time: its output is caught.
import { main } from '../../src/commands/cli.js';

/** How a command ended and what it said. */
export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** A command line `sgs` that works on a folder of records. Use it in serial tests only. */
export const sgsOn =
  (folder: string) =>
  async (...words: string[]): Promise<CommandResult> => {
    const said = { stdout: '', stderr: '' };
    const { log, error } = console;
    const write = { stdout: process.stdout.write, stderr: process.stderr.write };
    const { SGS_RUNS } = process.env;
    try {
      process.env.SGS_RUNS = folder;
      process.exitCode = undefined;
      console.log = (text: string) => void (said.stdout += `${text}\n`);
      console.error = (text: string) => void (said.stderr += `${text}\n`);
      for (const stream of ['stdout', 'stderr'] as const)
        process[stream].write = (text: string | Uint8Array) => {
          said[stream] += String(text);
          return true;
        };
      await main([process.execPath, 'sgs', ...words]);
      return { code: Number(process.exitCode ?? 0), ...said };
    } finally {
      Object.assign(console, { log, error });
      for (const stream of ['stdout', 'stderr'] as const) process[stream].write = write[stream];
      process.exitCode = undefined;
      if (SGS_RUNS === undefined) delete process.env.SGS_RUNS;
      else process.env.SGS_RUNS = SGS_RUNS;
    }
  };
