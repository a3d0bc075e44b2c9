// The command line `sgs`: one file a command in src/commands.
import { Command, CommanderError } from 'commander';
import { inertLines } from '../text.js';
import { addData } from './data.js';
import { addDoctor } from './doctor.js';
import { addEvaluate } from './evaluate.js';
import { addNotebooks } from './notebooks.js';
import { watchOutput } from './output.js';
import { addReport } from './report.js';
import { addReproduce } from './reproduce.js';
import { addRuns } from './runs.js';
import { addSweep } from './sweep.js';
import { addTrain } from './train.js';
import { addTrial } from './trial.js';
import { DataError, EngineError, LeaseError, SettingsError, UnsupportedError } from '../errors.js';
import { versions } from '../records/provenance.js';
import { tell } from '../print.js';

/** Errors that say all there is to say: what was given, what was expected, what to do. */
const EXPLAINED = [DataError, EngineError, LeaseError, SettingsError, UnsupportedError];

/** Whether an error is for the user to read, without a stack. */
export const isExplained = (error: unknown): boolean =>
  EXPLAINED.some((kind) => error instanceof kind) || (error as Error).name === 'NotebookError';

/** Builds the program; nothing runs yet. */
export function createProgram(): Command {
  const program = new Command('sgs')
    .description('train, evaluate and reproduce directly trained spiking neural networks')
    .version(versions().package)
    .showHelpAfterError('(`sgs help` lists the commands, `sgs help <command>` their options)')
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(inertLines(text)) })
    .exitOverride();
  for (const add of [
    addTrain,
    addTrial,
    addSweep,
    addEvaluate,
    addRuns,
    addData,
    addNotebooks,
    addReproduce,
    addReport,
    addDoctor,
  ])
    add(program);
  return program;
}

/** A command line that is none: an unknown command or option, a missing argument, a value that its option does not take. */
const USAGE = 2;

/**
 * Runs a command line. Errors that explain themselves are printed without a stack. Exit codes: 0 done, 1 an error, 2 no
 * such command line, 3 a training that diverged, 75 another process works on the run, 130 interrupted, 141 nobody reads.
 */
export async function main(words: readonly string[]): Promise<void> {
  watchOutput();
  try {
    await createProgram().parseAsync(words);
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
