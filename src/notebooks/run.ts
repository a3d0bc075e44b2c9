// Runs a notebook headless with the real tslab kernel, cell by cell, and saves it.
import { dirname, resolve } from 'node:path';
import { signalOrInterrupt } from '../cell/interrupt.js';
import type { Json } from '../json.js';
import { type Execution, Kernel } from './kernel.js';
import { requireTypescript } from './language.js';
import { type CodeCell, type Notebook, readNotebook } from './nbformat.js';
import { collapseReturns, trimStack } from './outputs.js';
import { injectParameters, tagsOf } from './parameters.js';
import { saveNotebook } from './save.js';

/** A cell that has just ended. */
export interface CellEvent {
  /** Place in the notebook, counted from 1, text cells included. */
  number: number;
  /** Number of cells of the notebook. */
  count: number;
  firstLine: string;
  seconds: number;
  status: Execution['status'];
}

/** Options of running a notebook. */
export interface RunOptions {
  /** Where the executed notebook is saved, up to the cell that failed when one does; default: it is not. */
  output?: string;
  /** Most seconds for one cell; default: no limit. */
  timeoutSeconds?: number;
  /** Values for the variables of the cell tagged `parameters`. */
  parameters?: Readonly<Record<string, Json>>;
  /** Environment variables of the kernel, on top of this process's. */
  environment?: Readonly<Record<string, string>>;
  /** The kernel's working folder; default the notebook's folder, as Jupyter does. */
  cwd?: string;
  /** Called after each code cell. */
  onCell?: (event: CellEvent) => void;
  /** Interrupts the notebook: the kernel gets SIGINT, its work may end cleanly, nothing is saved. Default: a notebook's interrupt. */
  signal?: AbortSignal;
}

/** Ends of a cell other than `ok`. */
type Problem = Exclude<Execution['status'], 'ok'>;

/** A notebook that did not run to its end: names the notebook, the cell, its first line and what it said. */
export class NotebookError extends Error {
  override name = 'NotebookError';
  /**
   * @param file - the notebook
   * @param cell - the cell's place, counted from 1
   * @param status - how it ended
   * @param notebook - as far as it ran, with the outputs of the failed cell
   */
  constructor(
    readonly file: string,
    readonly cell: number,
    readonly status: Problem,
    readonly notebook: Notebook,
    message: string,
  ) {
    super(message);
  }
}

/** What tslab prints on stderr of a cell that left an error unhandled; it calls such a cell a success. */
export const UNHANDLED = /^(UncaughtException|UnhandledPromiseRejection):/m;
const ERROR_TEXT_LIMIT = 4000;

/** The first line of a cell, for messages. */
export const firstLineOf = (source: string): string => source.trim().split('\n')[0];

/** Fault of a cell, or undefined. A cell tagged `raises-exception` may fail. */
function problemOf(cell: CodeCell, execution: Execution): Problem | undefined {
  if (execution.status !== 'ok' && execution.status !== 'error') return execution.status;
  const failed = execution.status === 'error' || UNHANDLED.test(execution.stderr);
  return failed && !tagsOf(cell).includes('raises-exception') ? 'error' : undefined;
}

/**
 * Runs a notebook from its first cell to its last in a fresh kernel.
 *
 * @param path - an nbformat 4 file; it stays as it is unless `output` names it
 * @returns the executed notebook, outputs as the kernel gave them, its code cells counted from 1
 * @throws NotebookError when a cell fails, takes too long or is interrupted (a promise without `await` and that
 * rejects counts as a failure of its cell) and when the kernel dies; but after an interrupt, what there is was saved before.
 * DataError when the file is no notebook in TypeScript or the result is larger than 1 MiB
 *
 * @example
 * ```ts
 * await runNotebook('notebooks/first-results.ipynb', {
 *   output: 'figures/quick/first-results.ipynb',
 *   parameters: { preset: 'quick' },
 *   environment: { SGS_RUNS: 'data/runs/quick' },
 * });
 * ```
 */
export async function runNotebook(path: string, options: RunOptions = {}): Promise<Notebook> {
  const given = readNotebook(path);
  requireTypescript(given, path);
  const notebook = injectParameters(given, options.parameters ?? {}, path);
  const { output } = options;
  try {
    await execute(notebook, path, options);
  } catch (error) {
    if (!(error instanceof NotebookError) || error.status === 'interrupted' || output === undefined)
      throw error;
    try {
      await saveNotebook(notebook, output);
    } catch (refused) {
      error.message += `\nand what it had shown was not saved: ${(refused as Error).message}`;
    }
    throw error;
  }
  if (output !== undefined) await saveNotebook(notebook, output);
  return notebook;
}

/** Runs the cells and puts their outputs in; those that are not reached have none. */
async function execute(notebook: Notebook, path: string, options: RunOptions): Promise<void> {
  const { cwd = dirname(resolve(path)), environment, timeoutSeconds } = options;
  const signal = signalOrInterrupt(options.signal);
  const code = notebook.cells.flatMap((cell, i) =>
    cell.cell_type === 'code' ? [{ cell, number: i + 1 }] : [],
  );
  for (const { cell } of code) Object.assign(cell, { outputs: [], execution_count: null });
  const kernel = await Kernel.start({ cwd, environment });
  const done: { number: number; cell: CodeCell; execution: Execution }[] = [];
  const check = (): void => {
    for (const { number, cell, execution } of done) {
      cell.outputs = execution.outputs;
      const problem = problemOf(cell, execution);
      if (problem === undefined) continue;
      const how = {
        error: 'failed',
        timeout: `did not end within ${timeoutSeconds} s`,
        interrupted: 'was interrupted',
        died: `failed, the kernel ${kernel.death}`,
      }[problem];
      throw new NotebookError(path, number, problem, notebook, explain(path, number, cell, execution, how));
    }
  };
  try {
    for (const { cell, number } of code) {
      if (cell.source.trim() === '') continue;
      const started = performance.now();
      const execution = await kernel.execute(cell.source, { timeoutSeconds, signal });
      const seconds = (performance.now() - started) / 1000;
      done.push({ number, cell, execution });
      cell.execution_count = done.length;
      const { status } = execution;
      const [count, firstLine] = [notebook.cells.length, firstLineOf(cell.source)];
      options.onCell?.({ number, count, firstLine, seconds, status });
      check();
    }
    await kernel.shutdown();
    check(); // what code left running said after its cell's end
  } finally {
    await kernel.shutdown();
  }
}

function explain(path: string, number: number, cell: CodeCell, execution: Execution, how: string): string {
  const said = trimStack(collapseReturns(execution.stderr)).trim().slice(-ERROR_TEXT_LIMIT);
  const shown = execution.status !== 'died' && said !== '' ? `\n${said}` : '';
  return `${path}: cell ${number} ${how}: \`${firstLineOf(cell.source)}\`${shown}`;
}
