// What a folder of outputs holds: figures, tables, their provenance and the summary, read back from the files.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../errors.js';
import type { Figure } from '../figures/theme.js';
import { readWhole } from '../files/whole.js';
import { checkNotes, type NotebookNotes } from '../notebooks/notes.js';
import type { About } from '../figures/save.js';
import { checkSummary, type SummaryRow } from '../figures/summary.js';
import { claimOrder } from './claim-order.js';

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
 * Reads a folder of outputs.
 *
 * @throws DataError naming the file that is not what its name says
 */
export function readOutputs(folder: string): Outputs {
  if (!existsSync(folder))
    throw new DataError(folder, 'there is no such folder', 'write figures first: run the notebooks');
  const names = new Set(readdirSync(folder));
  const text = (name: string): string | null =>
    names.has(name) ? new TextDecoder().decode(readWhole(join(folder, name))) : null;
  const parsed = <Value>(name: string, check: (value: unknown) => Value): Value | null => {
    const content = text(name);
    if (content === null) return null;
    try {
      return check(JSON.parse(content));
    } catch (error) {
      throw new DataError(
        join(folder, name),
        (error as Error).message,
        'delete it and run its notebook again',
      );
    }
  };

  const stems = new Set<string>();
  const summaries = new Map<string, SummaryRow[]>();
  const notes = new Map<string, NotebookNotes>();
  for (const name of [...names].sort()) {
    const [, stem, kind] = /^(?:(.+)\.)?(summary|notes)\.json$/.exec(name) ?? [];
    if (kind === 'summary') summaries.set(stem ?? '', parsed(name, checkSummary) ?? []);
    else if (kind === 'notes' && stem !== undefined) notes.set(stem, parsed(name, checkNotes)!);
    else if (!name.startsWith('.') && /\.(json|csv)$/.test(name))
      stems.add(name.replace(/(\.provenance)?\.(json|csv)$/, ''));
  }
  const outputs = [...stems]
    .map((stem) => ({
      stem,
      figure: parsed(`${stem}.json`, checkFigure),
      svg: text(`${stem}.svg`),
      csv: text(`${stem}.csv`),
      about: parsed(`${stem}.provenance.json`, checkAbout),
    }))
    .filter(({ figure, csv }) => figure !== null || csv !== null)
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : Number(placeOf(a) > placeOf(b)))); // stable: stems of one place stay in the order of their names
  const summary = claimOrder(summaries.keys()).flatMap((stem) => summaries.get(stem)!);
  return { outputs, summary, notes };
}

const placeOf = ({ about }: Output): number => about?.place ?? Infinity;

/**
 * Removes what notebooks saved in a folder, so that a figure that is no longer made does not stay. Files of a stem without
 * provenance are someone else's and remain.
 */
export function removeOutputs(folder: string): void {
  const names = readdirSync(folder);
  for (const name of names) {
    const [, stem, kind] =
      /^(.+?)\.(provenance\.json|summary\.json|notes\.json|json|csv|md|svg|png)$/.exec(name) ?? [];
    if (kind === 'summary.json' || kind === 'notes.json' || names.includes(`${stem}.provenance.json`))
      rmSync(join(folder, name));
  }
}

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
