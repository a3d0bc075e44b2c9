// The command line `sgs`: its commands are listed in index.ts, one file each.
import { Command, CommanderError } from 'commander';
import { inertLines } from '../text.js';
import { COMMANDS } from './index.js';
import { watchOutput } from './output.js';
import { DataError, EngineError, LeaseError, SettingsError, UnsupportedError } from '../errors.js';
import { versions } from '../records/provenance.js';
import { tell } from '../print.js';

/** Errors that say all there is to say: what was given, what was expected, what to do. */
const EXPLAINED = [DataError, EngineError, LeaseError, SettingsError, UnsupportedError];

/** Whether an error is for the user to read, without a stack. */
export const isExplained = (error: unknown): boolean =>
  EXPLAINED.some((kind) => error instanceof kind) || (error as Error).name === 'NotebookError';

/**
 * Builds the program; nothing runs yet.
 *
 * @param words - of the command line, without `node` and `sgs`: only the command that it names is whole, the others are there by
 *   name (`completion` has to know all); default all are whole
 */
export async function createProgram(words?: readonly string[]): Promise<Command> {
  const program = new Command('sgs')
    .description('train, evaluate and reproduce directly trained spiking neural networks')
    .version(versions().package)
    .showHelpAfterError('(`sgs help` lists the commands, `sgs help <command>` their options)')
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(inertLines(text)) })
    .exitOverride();
  const asked = words?.find((word) => word !== 'help' && !word.startsWith('-'));
  for (const { name, description, load } of COMMANDS) {
    const command = program.command(name).description(description);
    if (words === undefined || name === asked || asked === 'completion') (await load())(command);
  }
  return program;
}

/** A command line that is none: an unknown command or option, a missing argument, a value that its option does not take. */
const USAGE = 2;

/**
 * Runs a command line. Errors that explain themselves are printed without a stack. Exit codes: 0 done, 1 an error, 2 no
 * such command line, 3 a training that diverged, 75 another process works on the run, 130 interrupted, 141 no reader.
 */
export async function main(words: readonly string[]): Promise<void> {
  watchOutput();
  try {
    await (await createProgram(words.slice(2))).parseAsync(words);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : USAGE; // help and version end so too
      return;
    }
    const explained = isExplained(error);
    const { name, status } = error as Error & { status?: string };
    const stopped = name === 'AbortError' || (name === 'NotebookError' && status === 'interrupted');
    if (!explained && !stopped) throw error;
    tell(stopped ? 'stopped' : `sgs: ${(error as Error).message}`);
    process.exitCode = stopped ? 130 : 1;
  }
}
