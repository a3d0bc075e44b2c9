// An error in a cell as a reader wants it: the message, and the lines of the cells that led to it. Its whole stack is
// still in `error.stack`, for a cell that catches it.
'use strict';
const { relative, isAbsolute, sep } = require('node:path');
const vm = require('node:vm');
const { linesOf } = require('./source-map.cjs');

/** So many frames are looked through: the library may be deep below the cell. */
const DEPTH = 50;
/** So many lines are shown, and of each so many characters. */
const SHOWN = 5;
const WIDTH = 100;

/** Executed cells by the name of their script: what each was, and how its lines are found. */
const cells = new Map();
let current;

/** The cell's line that a frame of a stack stands for, as text; of a file of the user's its place; else undefined. */
function describeFrame(frame) {
  const [, script, line, column] = /(?:\(|at (?:async )?)([^()]+):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  if (script === undefined) return undefined;
  const cell = cells.get(script);
  if (cell === undefined) {
    const file = isAbsolute(script) ? relative(process.cwd(), script) : '..';
    return file.startsWith('..') || file.split(sep).includes('node_modules')
      ? undefined
      : `in ${file}:${line}`;
  }
  const found = cell.lineAt(Number(line), Number(column));
  const text = cell.source.split('\n')[found - 1]?.trim().slice(0, WIDTH);
  if (text === undefined) return undefined;
  return `in line ${found}${cell === current ? '' : ` of cell [${cell.count}]`}: ${text}`;
}

/** An error as text: its message, the lines of cells, and its causes. */
function describe(error) {
  const frames = String(error.stack ?? '').match(/^ +at .*$/gm) ?? [];
  const places = frames.map(describeFrame).filter((place) => place !== undefined);
  const lines = places.filter((place, i) => place !== places[i - 1]).slice(0, SHOWN);
  const text = [String(error), ...lines.map((line) => `    ${line}`)].join('\n');
  return error.cause instanceof Error ? `${text}\ncaused by ${describe(error.cause)}` : text;
}

const readable = (value) => (value instanceof Error ? describe(value) : value);

/** Makes tslab name the script of each cell and print errors so. */
module.exports.install = () => {
  Error.stackTraceLimit = DEPTH;
  const { JupyterHandlerImpl } = require('tslab/dist/jupyter.js');
  const { handleExecuteImpl } = JupyterHandlerImpl.prototype;
  JupyterHandlerImpl.prototype.handleExecuteImpl = function execute(request, ...rest) {
    current = { source: request.code, count: this.execCount + 1 };
    return handleExecuteImpl.call(this, request, ...rest);
  };
  const { runInThisContext } = vm;
  vm.runInThisContext = (code, options) => {
    if (current === undefined || current.lineAt || !options?.breakOnSigint)
      return runInThisContext(code, options);
    current.lineAt = linesOf(code);
    const filename = `cell-${current.count}`;
    cells.set(filename, current);
    return runInThisContext(code, { ...options, filename, displayErrors: false });
  };
  const executors = require('tslab/dist/executor.js');
  const { createExecutor } = executors;
  executors.createExecutor = (folder, converters, output) =>
    createExecutor(folder, converters, {
      ...output,
      error: (...values) => output.error(...values.map(readable)),
    });

  /** The same for uncaught errors, once tslab has set its own listeners. */
  const reportUnhandled = () => {
    for (const [event, title] of [
      ['uncaughtException', 'UncaughtException:'],
      ['unhandledRejection', 'UnhandledPromiseRejection:'],
    ])
      process.removeAllListeners(event).on(event, (reason) => console.error(title, readable(reason)));
  };
  return { reportUnhandled };
};
