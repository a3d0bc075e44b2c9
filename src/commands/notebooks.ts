// `sgs notebooks`: runs notebooks headless with the real tslab kernel.
import { join } from 'node:path';
import type { Command } from 'commander';
import { SettingsError } from '../errors.js';
import { runNotebooks } from '../notebooks/run.js';
import { projectRoot } from '../paths.js';
import { positiveInteger } from './options.js';

/** Adds the command. */
export function addNotebooks(program: Command): void {
  program
    .command('notebooks')
    .description('execute notebooks')
    .command('run')
    .description('execute notebooks with the tslab kernel and save them')
    .argument('[paths...]', 'notebooks or folders of them (default: notebooks/)')
    .option('--output <folder>', 'save the executed notebooks there instead of in place')
    .option('--no-save', 'execute only')
    .option('--timeout <seconds>', 'most seconds for one cell', positiveInteger)
    .option('--set <name=value...>', 'a variable of the cell tagged `parameters`, the value as JSON or text')
    .action(runThem);
}

interface NotebookOptions {
  output?: string;
  save: boolean;
  timeout?: number;
  set?: string[];
}

async function runThem(paths: string[], { output, save, timeout, set = [] }: NotebookOptions): Promise<void> {
  await runNotebooks(paths.length > 0 ? paths : [join(projectRoot(), 'notebooks')], {
    ...(output !== undefined && { outputFolder: output }),
    inPlace: save && output === undefined,
    ...(timeout !== undefined && { timeoutSeconds: timeout }),
    parameters: Object.fromEntries(set.map(parameter)),
  });
}

function parameter(assignment: string): [string, string | number | boolean | null] {
  const at = assignment.indexOf('=');
  if (at < 1)
    throw new SettingsError(`--set ${assignment}: expected name=value, for instance --set preset=desk`);
  const text = assignment.slice(at + 1);
  try {
    return [assignment.slice(0, at), JSON.parse(text)];
  } catch {
    return [assignment.slice(0, at), text];
  }
}
