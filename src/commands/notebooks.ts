// `sgs notebooks`: runs notebooks headless with the real tslab kernel, and checks their committed outputs.
// Tests: test/commands/reach.slow.ts.
import { type Command, Option } from 'commander';
import type { JsonObject } from '../json.js';
import { checkNotebooks, nameOf } from '../notebooks/check.js';
import { runNotebooks } from '../notebooks/run-all.js';
import { notebooksRoot } from '../paths.js';
import { assignmentOption, parallel, someText, valuesOf, wholeNumberFrom } from './values.js';
import { tell } from '../print.js';

/** A month: what is longer never ends. */
const SECONDS = wholeNumberFrom(1, 2_678_400);

const PATHS = 'notebooks or folders of them (default: notebooks/)';

/** Adds what the command takes and does. */
export function addNotebooks(notebooks: Command): void {
  notebooks
    .argument('[paths...]', PATHS)
    .option('--check', 'the same as `sgs notebooks check`')
    .action(async (paths: string[], { check }: { check?: boolean }) => {
      if (check) await checkThem(paths, {});
      else notebooks.help({ error: true });
    });
  notebooks
    .command('run')
    .description('execute notebooks with the tslab kernel and save them')
    .argument('[paths...]', PATHS)
    .option('--output <folder>', 'save the executed notebooks there instead of in place', someText)
    .option('--no-save', 'execute only')
    .addOption(jobsOption())
    .option('--timeout <seconds>', 'most seconds for one cell', SECONDS)
    .addOption(
      assignmentOption(
        '--set <name=value...>',
        'a variable of the cell tagged `parameters`, the value as JSON or text',
        'preset=desk',
      ),
    )
    .action(runThem);
  notebooks
    .command('check')
    .description(
      'execute notebooks apart from the working tree (a copy of the records, no downloaded data, temporary figures) ' +
        'and compare with their committed outputs; exit code 1 when they differ',
    )
    .argument('[paths...]', PATHS)
    .option('--update', 'renew the outputs in the files instead of comparing')
    .addOption(jobsOption())
    .option('--timeout <seconds>', 'most seconds for one cell', SECONDS)
    .action(checkThem);
}

const jobsOption = (): Option =>
  new Option('--jobs <n>', 'notebooks at the same time (default: one a core, at most 4)').argParser(parallel);

interface RunArguments {
  jobs?: number;
  output?: string;
  save: boolean;
  timeout?: number;
  set?: string[];
}

const named = (paths: string[]): string[] => (paths.length > 0 ? paths : [notebooksRoot()]);

async function runThem(
  paths: string[],
  { jobs, output, save, timeout, set = [] }: RunArguments,
): Promise<void> {
  await runNotebooks(named(paths), {
    ...(jobs !== undefined && { jobs }),
    ...(output !== undefined && { outputFolder: output }),
    inPlace: save && output === undefined,
    ...(timeout !== undefined && { timeoutSeconds: timeout }),
    parameters: valuesOf('--set', set) as JsonObject,
  });
}

interface CheckArguments {
  update?: boolean;
  jobs?: number;
  timeout?: number;
}

async function checkThem(paths: string[], { update, jobs, timeout }: CheckArguments): Promise<void> {
  const wrong = await checkNotebooks(named(paths), {
    ...(update !== undefined && { update }),
    ...(jobs !== undefined && { jobs }),
    ...(timeout !== undefined && { timeoutSeconds: timeout }),
  });
  if (wrong.length === 0) return;
  tell(
    `the outputs of ${wrong.length} notebook${wrong.length === 1 ? '' : 's'} are not what the records give; to renew them:\n` +
      `  npx --no sgs notebooks check --update ${wrong.map(nameOf).join(' ')}`,
  );
  process.exitCode = 1;
}
