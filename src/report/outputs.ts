// Reads a folder of outputs: figures, tables, their provenance and the summary, read back from the files.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../errors.js';
import type { Figure } from '../figures/theme.js';
import { readWhole } from '../files/whole.js';
import { checkNotes, type NotebookNotes } from '../notebooks/notes.js';
import type { About } from '../figures/save.js';
import { checkSummary, type SummaryRow } from '../figures/summary.js';
import { stemOf } from '../figures/stems.js';
import { claimOrder } from './claim-order.js';
import { type Shelf, shelvesIn } from './shelves.js';

/** One stem of the folder. */
export interface Output {
  stem: string;
  figure: Figure | null;
  /** The static picture's text. */
  svg: string | null;
  /** The numbers as CSV text. */
  csv: string | null;
  about: About | null;
}

/** All of a folder: stems in the order in which their notebook saved them, those of unknown order after them by name. */
export interface Outputs {
  outputs: Output[];
  /** Claims in the order of `claimOrder`. */
  summary: SummaryRow[];
  /** What notebooks say, by their stem. */
  notes: Map<string, NotebookNotes>;
}

/**
 * Reads a folder of outputs: those directly in it, and those of each notebook in the folder of its name. What stands in a
 * folder of another name than the notebook that its provenance gives is left out: it is no part of these outputs.
 *
 * @throws DataError naming the file that is not what its name says
 */
export function readOutputs(folder: string): Outputs {
  if (!existsSync(folder))
    throw new DataError(folder, 'there is no such folder', 'write figures first: run the notebooks');
  const outputs: Output[] = [];
  const summaries = new Map<string, SummaryRow[]>();
  const notes = new Map<string, NotebookNotes>();
  for (const shelf of shelvesIn(folder)) {
    for (const { stem, kind, name } of shelf.words) {
      const file = join(shelf.folder, name);
      if (kind === 'summary') summaries.set(stem, parsed(file, checkSummary));
      else notes.set(stem, parsed(file, checkNotes));
    }
    outputs.push(...shelf.bases.flatMap((base) => outputAt(base, shelf) ?? []));
  }
  // Stable: stems of one place stay in the order of their names.
  outputs.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : Number(placeOf(a) > placeOf(b))));
  const summary = claimOrder(summaries.keys()).flatMap((stem) => summaries.get(stem)!);
  return { outputs, summary, notes };
}

/** The output of some files, unless they hold neither figure nor table, or are of another notebook than their folder. */
function outputAt(base: string, { folder, notebook, names }: Shelf): Output | null {
  const at = <Value>(ending: string, read: (file: string) => Value): Value | null =>
    names.includes(`${base}.${ending}`) ? read(join(folder, `${base}.${ending}`)) : null;
  const about = at('provenance.json', (file) => parsed(file, checkAbout));
  if (notebook !== null && about?.origin.notebook !== notebook) return null;
  const figure = at('json', (file) => parsed(file, checkFigure));
  const csv = at('csv', textOf);
  if (figure === null && csv === null) return null;
  const stem = notebook === null ? base : stemOf(notebook, base);
  return { stem, figure, svg: at('svg', textOf), csv, about };
}

const textOf = (file: string): string => new TextDecoder().decode(readWhole(file));

function parsed<Value>(file: string, check: (value: unknown) => Value): Value {
  const content = textOf(file);
  try {
    return check(JSON.parse(content));
  } catch (error) {
    throw new DataError(file, (error as Error).message, 'delete it and run its notebook again');
  }
}

const placeOf = ({ about }: Output): number => about?.place ?? Infinity;

function checkFigure(value: unknown): Figure {
  const { data, layout } = (value ?? {}) as Partial<Figure>;
  if (!Array.isArray(data) || typeof layout !== 'object' || layout === null)
    throw new Error('not a Plotly figure: expected an object with data (a list) and layout');
  return { data, layout };
}

function checkAbout(value: unknown): About {
  const { title, caption, place, origin } = (value ?? {}) as Partial<About>;
  const lists = [origin?.records, origin?.commits, origin?.data, origin?.numerics, origin?.versions];
  if (typeof origin?.command !== 'string' || !lists.every(Array.isArray))
    throw new Error(
      'not a provenance: expected origin with command, records, commits, data, numerics, versions',
    );
  return { title: title ?? null, caption: caption ?? null, ...(place !== undefined && { place }), origin };
}
