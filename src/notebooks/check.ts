// Committed outputs against what the records give: executes notebooks as a bare clone would, apart from the working
// tree, and compares, or renews the outputs.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DataError, SettingsError } from '../errors.js';
import { interruptSignal } from '../cell/interrupt.js';
import { makeTemporaryFolder } from '../files/temporary-folder.js';
import { runsRoot } from '../paths.js';
import { DIGESTS_NAME } from '../records/digests.js';
import { faultsOf, type Fault } from './committed.js';
import { compareNotebooks } from './compare.js';
import { inParallel, usualJobs } from './in-parallel.js';
import { formatNotebook, parseNotebook, readNotebook, type Notebook } from './nbformat.js';
import { NotebookError, runNotebook } from './run.js';
import { notebooksAt } from './run-all.js';
import { cleanNotebook, saveNotebook } from './save.js';
import { print as printLine } from '../print.js';

/** Options of a check. */
export interface CheckOptions {
  /** Save what comes of the notebooks over their outputs instead of comparing. */
  update?: boolean;
  /** Notebooks at the same time; default one a core, at most 4. */
  jobs?: number;
  /** Most seconds for one cell; default: no limit. */
  timeoutSeconds?: number;
  /** Takes lines as they come; default stdout. */
  print?: (line: string) => void;
  /** Ends it; default Ctrl-C. */
  signal?: AbortSignal;
}

/**
 * Executes notebooks with the parameters they have, on a copy of the records, without downloaded data and into a
 * temporary folder, and compares their outputs with those in the files. Nothing else is read or written, so a
 * difference means that the records, the notebook or the code have changed.
 *
 * @param paths - notebooks, or folders: all notebooks in them and in their folders, by name
 * @returns the notebooks whose outputs are not what the records give; none with `update`
 * @throws SettingsError when there is nothing to check; with `update` what `runNotebook` and `saveNotebook` throw
 */
export async function checkNotebooks(
  paths: readonly string[],
  options: CheckOptions = {},
): Promise<string[]> {
  const { jobs = usualJobs(), print = printLine, signal = interruptSignal() } = options;
  const files = paths.flatMap(notebooksAt);
  if (files.length === 0) throw new SettingsError(`no notebooks at ${paths.join(', ') || '(no path given)'}`);
  const wrong: string[] = [];
  await inParallel(files, { jobs, signal }, async (file, signal) => {
    const started = performance.now();
    const { faults, done } = await checkNotebook(file, { ...options, signal });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (faults.length > 0) wrong.push(file);
    print([`${nameOf(file)}  ${done}  ${seconds} s`, ...faults.map(describeFault)].join('\n'));
  });
  return wrong.sort();
}

/** A file's path from the current folder. */
export const nameOf = (file: string): string => relative(process.cwd(), file) || file;

const describeFault = ({ cell, firstLine, what }: Fault): string =>
  cell === undefined ? `    ${what}` : `    cell ${cell} \`${firstLine}\`: ${what}`;

async function checkNotebook(
  file: string,
  { update = false, timeoutSeconds, signal }: CheckOptions,
): Promise<{ faults: Fault[]; done: string }> {
  let committed: Notebook;
  try {
    committed = readNotebook(file);
  } catch (error) {
    if (update || !(error instanceof DataError) || !existsSync(file)) throw error;
    return { faults: [{ what: error.message }], done: 'NOT CHECKED' };
  }
  const before = faultsOf(committed);
  if (!update && before.some(({ cell }) => cell === undefined))
    return { faults: before, done: 'NOT CHECKED' };
  const folder = makeTemporaryFolder('sgs-check');
  try {
    const executed = await runNotebook(file, {
      environment: placesIn(folder),
      ...(timeoutSeconds !== undefined && { timeoutSeconds }),
      ...(signal && { signal }),
    });
    if (update) return await renew(file, committed, executed);
    const faults = [...before, ...compareNotebooks(committed, asSaved(executed, file))];
    return { faults, done: faults.length === 0 ? 'as committed' : 'DIFFERS' };
  } catch (error) {
    if (update || !(error instanceof NotebookError) || error.status === 'interrupted') throw error;
    return { faults: [{ what: error.message }], done: 'FAILED' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Folders for one notebook alone: the records (a training in the notebook adds its own), no data, new figures. */
function placesIn(folder: string): Record<string, string> {
  const places = {
    SGS_RUNS: join(folder, 'runs'),
    SGS_DATA: join(folder, 'data'),
    SGS_FIGURES: join(folder, 'figures'),
  };
  for (const place of Object.values(places)) mkdirSync(place);
  const records = runsRoot();
  for (const name of existsSync(records) ? readdirSync(records) : [])
    if (name.endsWith('.json') || name === DIGESTS_NAME)
      cpSync(join(records, name), join(places.SGS_RUNS, name));
  return places;
}

/** The notebook as it would be read back after saving. */
const asSaved = (notebook: Notebook, file: string): Notebook =>
  parseNotebook(formatNotebook(cleanNotebook(notebook)), file);

async function renew(
  file: string,
  committed: Notebook,
  executed: Notebook,
): Promise<{ faults: Fault[]; done: string }> {
  const saved = asSaved(executed, file);
  const [fault] = faultsOf(saved);
  if (fault !== undefined)
    throw new DataError(file, describeFault(fault).trim(), 'mend the notebook; it was not saved');
  // Outputs that are right stay to the byte, also where only the metadata is to be renewed.
  const faults = faultsOf(committed);
  const same =
    faults.every(({ cell }) => cell === undefined) && compareNotebooks(committed, saved).length === 0;
  if (faults.length === 0 && same) return { faults: [], done: 'as it was' };
  await saveNotebook(same ? committed : executed, file);
  return { faults: [], done: 'renewed' };
}
