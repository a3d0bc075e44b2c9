// Groups the files of a folder of outputs: those of the folder itself, and those of each notebook's folder in it.
import { readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { About } from '../figures/save.js';
import { isStem, NOTES_FILE, SUMMARY_FILE } from '../figures/stems.js';

/** A folder of output files. */
export interface Shelf {
  folder: string;
  /** The notebook whose outputs these are: the folder's name; null for the folder of all. */
  notebook: string | null;
  /** Names of its files, sorted. */
  names: string[];
  /** Summaries and notes, with the notebook that they are of. */
  words: { stem: string; kind: 'summary' | 'notes'; name: string }[];
  /** Names without ending of the files that may be figures or tables. */
  bases: string[];
}

/** The folder of outputs, and its folders whose name a notebook may have. */
export function shelvesIn(folder: string): Shelf[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const notebooks = entries.filter((entry) => entry.isDirectory() && isStem(entry.name));
  return [
    shelf(folder, null, files),
    ...notebooks
      .map(({ name }) => name)
      .sort()
      .map((name) => shelf(join(folder, name), name, readdirSync(join(folder, name)))),
  ];
}

function shelf(folder: string, notebook: string | null, found: readonly string[]): Shelf {
  const names = [...found].sort();
  const words = names.flatMap((name) => wordsAt(name, notebook));
  const bases = names
    .filter((name) => !name.startsWith('.') && /\.(json|csv)$/.test(name))
    .filter((name) => words.every((file) => file.name !== name))
    .map((name) => name.replace(/(\.provenance)?\.(json|csv)$/, ''));
  return { folder, notebook, names, words, bases: [...new Set(bases)] };
}

function wordsAt(name: string, notebook: string | null): Shelf['words'] {
  if (notebook !== null) {
    if (name === SUMMARY_FILE) return [{ stem: notebook, kind: 'summary', name }];
    return name === NOTES_FILE ? [{ stem: notebook, kind: 'notes', name }] : [];
  }
  // In the folder of all they have the notebook in their name: version 0.1 wrote them so.
  if (name === SUMMARY_FILE) return [{ stem: '', kind: 'summary', name }];
  const [, stem, kind] = /^(.+)\.(summary|notes)\.json$/.exec(name) ?? [];
  return stem === undefined ? [] : [{ stem, kind: kind as 'summary' | 'notes', name }];
}

/**
 * Removes what notebooks saved in a folder of outputs, so that a figure that is no longer made does not stay. Files without
 * provenance, and those in a folder of another name than their notebook's, are someone else's and remain.
 */
export function removeOutputs(folder: string): void {
  for (const { folder: place, notebook, names, words } of shelvesIn(folder)) {
    const saved = names.flatMap((name) => {
      const [, base] = /^(.+)\.provenance\.json$/.exec(name) ?? [];
      return base !== undefined && (notebook === null || madeBy(join(place, name)) === notebook)
        ? [base]
        : [];
    });
    for (const base of saved)
      for (const ending of ENDINGS) rmSync(join(place, `${base}.${ending}`), { force: true });
    for (const { name } of words) rmSync(join(place, name));
    if (notebook !== null && saved.length + words.length > 0 && readdirSync(place).length === 0)
      rmdirSync(place);
  }
}

const ENDINGS = ['provenance.json', 'json', 'csv', 'md', 'svg', 'png'];

/** The notebook in a provenance; none where the file is none. */
function madeBy(file: string): string | null {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as About).origin.notebook;
  } catch {
    return null;
  }
}
