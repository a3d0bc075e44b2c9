// Runs a notebook headless with the real tslab kernel, cell by cell, and saves it.
import { dirname, resolve } from 'node:path';
import type { Json } from '../json.js';
import { type Execution, Kernel } from './kernel.js';
import { type CodeCell, type Notebook, readNotebook } from './nbformat.js';
import { collapseReturns, trimStack } from './outputs.js';
import { injectParameters, tagsOf } from './parameters.js';
import { saveNotebook } from './save.js';

/** A cell that has just ended. */
export interface CellEvent {
  /** Place in the notebook, counted from 1, text cells included. */
  number: number;
  /** How many cells the notebook has. */
  count: number;
  firstLine: string;
  seconds: number;
  status: Execution['status'];
}

/** How a notebook is run. */
export interface RunOptions {
  /** Where the executed notebook is saved; default: it is not. Nothing is saved when a cell fails. */
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
  /** Interrupts the notebook: the kernel gets SIGINT, its work may end cleanly, nothing is saved. */
  signal?: AbortSignal;
}

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
    readonly status: Exclude<Execution['status'], 'ok'>,
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

/** What went wrong with a cell, or undefined. A cell tagged `raises-exception` may fail. */
function problemOf(cell: CodeCell, execution: Execution): Exclude<Execution['status'], 'ok'> | undefined {
  if (execution.status === 'timeout' || execution.status === 'interrupted') return execution.status;
  const failed = execution.status === 'error' || UNHANDLED.test(execution.stderr);
  return failed && !tagsOf(cell).includes('raises-exception') ? 'error' : undefined;
}

/**
 * Runs a notebook from its first cell to its last in a fresh kernel.
 *
 * @param path - an nbformat 4 file; it stays as it is unless `output` names it
 * @returns the executed notebook, outputs as the kernel gave them, its code cells counted from 1
 * @throws NotebookError when a cell fails, takes too long or is interrupted (a promise that nobody awaited and that
 * rejects counts as a failure of its cell); DataError when the file is no notebook or the result is larger than 1 MiB
 *
 * @example
 * ```ts
 * await runNotebook('notebooks/quickstart.ipynb', {
 *   output: 'figures/quick/quickstart.ipynb',
 *   parameters: { epochs: 2 },
 *   environment: { SGS_RUNS: 'data/runs/quick' },
 * });
 * ```
 */
export async function runNotebook(path: string, options: RunOptions = {}): Promise<Notebook> {
  const notebook = injectParameters(readNotebook(path), options.parameters ?? {}, path);
  const { cwd = dirname(resolve(path)), environment, timeoutSeconds, signal } = options;
  const kernel = await Kernel.start({ cwd, environment });
  const done: { number: number; cell: CodeCell; execution: Execution }[] = [];
  const check = (): void => {
    for (const { number, cell, execution } of done) {
      cell.outputs = execution.outputs;
      const problem = problemOf(cell, execution);
      if (problem)
        throw new NotebookError(
          path,
          number,
          problem,
          notebook,
          explain(path, number, cell, execution, problem, options),
        );
    }
  };
  try {
    for (const [i, cell] of notebook.cells.entries()) {
      if (cell.cell_type !== 'code') continue;
      cell.outputs = [];
      cell.execution_count = null;
      if (cell.source.trim() === '') continue;
      const started = performance.now();
      const execution = await kernel.execute(cell.source, { timeoutSeconds, signal });
      const seconds = (performance.now() - started) / 1000;
      done.push({ number: i + 1, cell, execution });
      cell.execution_count = done.length;
      const { status } = execution;
      options.onCell?.({
        number: i + 1,
        count: notebook.cells.length,
        firstLine: firstLineOf(cell.source),
        seconds,
        status,
      });
      check();
    }
    await kernel.shutdown();
    check(); // what code left running said after its cell's end
  } finally {
    await kernel.shutdown();
  }
  if (options.output !== undefined) await saveNotebook(notebook, options.output);
  return notebook;
}

function explain(
  path: string,
  number: number,
  cell: CodeCell,
  execution: Execution,
  problem: Exclude<Execution['status'], 'ok'>,
  { timeoutSeconds }: RunOptions,
): string {
  const how = {
    error: 'failed',
    timeout: `did not end within ${timeoutSeconds} s`,
    interrupted: 'was interrupted',
  }[problem];
  const said = trimStack(collapseReturns(execution.stderr)).trim().slice(-ERROR_TEXT_LIMIT);
  return `${path}: cell ${number} ${how}: \`${firstLineOf(cell.source)}\`${said && `\n${said}`}`;
}
