// Runs several notebooks, some at a time, and says how each went.
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makeFolder } from '../files/folders.js';
import { SettingsError } from '../errors.js';
import { fileError } from '../files/errors.js';
import { interruptSignal } from '../cell/interrupt.js';
import { inParallel, usualJobs } from './in-parallel.js';
import { runNotebook, type RunOptions } from './run.js';
import { print as printLine } from '../print.js';

/** Options of running several notebooks. */
export interface RunAllOptions extends Omit<RunOptions, 'output' | 'onCell'> {
  /** Save each executed notebook over its source. */
  inPlace?: boolean;
  /** Save them into this folder under their own names; it is made when it does not exist. */
  outputFolder?: string;
  /** Notebooks at the same time; default one a core, at most 4. */
  jobs?: number;
  /** Takes a line for each notebook; default stdout. */
  print?: (line: string) => void;
}

/** A notebook that ran to its end. */
export interface RanNotebook {
  file: string;
  /** Code cells that ran. */
  cells: number;
  seconds: number;
}

/**
 * Runs notebooks, some at a time, and prints a line for each; the first that fails ends all.
 *
 * Ctrl-C passes to the kernels and ends them cleanly, a second one ends everything at once.
 *
 * @param paths - notebooks, or folders: all notebooks in them and in their folders, by name; begun in this order
 * @returns them in this order
 * @throws what {@link runNotebook} throws; SettingsError when there is nothing to run
 */
export async function runNotebooks(
  paths: readonly string[],
  options: RunAllOptions = {},
): Promise<RanNotebook[]> {
  const { inPlace = false, outputFolder, jobs = usualJobs(), ...more } = options;
  const { print = printLine, signal = interruptSignal(), ...rest } = more;
  if (inPlace && outputFolder !== undefined)
    throw new SettingsError('runNotebooks: inPlace and outputFolder exclude each other; give one');
  const files = paths.flatMap(notebooksAt);
  if (files.length === 0)
    throw new SettingsError(`runNotebooks: no notebooks at ${paths.join(', ') || '(no path given)'}`);
  if (outputFolder !== undefined) prepareFolder(outputFolder, files);
  const ran = new Map<string, RanNotebook>();
  await inParallel(files, { jobs, signal }, async (file, signal) => {
    const output = inPlace ? file : outputFolder && join(outputFolder, basename(file));
    const started = performance.now();
    let cells = 0;
    try {
      await runNotebook(file, { ...rest, signal, output, onCell: () => cells++ });
    } catch (error) {
      print(`${file}  stopped after ${cells} cells, ${secondsSince(started).toFixed(1)} s`);
      throw error;
    }
    const seconds = secondsSince(started);
    ran.set(file, { file, cells, seconds });
    print(`${file}  ${cells} cells  ${seconds.toFixed(1)} s`);
  });
  return files.map((file) => ran.get(file)!);
}

/** Makes the folder into which notebooks are saved under their own names, which must differ. */
function prepareFolder(folder: string, files: readonly string[]): void {
  const names = files.map((file) => basename(file));
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new SettingsError(
      `runNotebooks: ${files.filter((file) => basename(file) === twice).join(' and ')} would both be saved as ${join(folder, twice)}; run them one by one`,
    );
  try {
    makeFolder(folder);
  } catch (error) {
    throw fileError(folder, 'make', error);
  }
}

const secondsSince = (started: number): number => (performance.now() - started) / 1000;

/**
 * The notebooks that a path names: itself, or all in the folder, by name, then those of the folders in it. Folders that begin
 * with a dot are Jupyter's own.
 */
export function notebooksAt(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true });
  const named = (isWanted: (entry: Dirent) => boolean): string[] =>
    entries
      .filter(isWanted)
      .map(({ name }) => join(path, name))
      .sort();
  return [
    ...named((entry) => entry.isFile() && entry.name.endsWith('.ipynb')),
    ...named((entry) => entry.isDirectory() && !entry.name.startsWith('.')).flatMap(notebooksAt),
  ];
}
