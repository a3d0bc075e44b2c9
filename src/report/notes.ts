// The words of a notebook, set around its outputs.
import { join } from 'node:path';
import type { Place } from '../figures/save.js';
import { checkStem, NOTES_FILE } from '../figures/stems.js';
import { writeWhole } from '../files/whole.js';
import type { NotebookNotes } from '../notebooks/notes.js';
import { minusInText } from '../text.js';
import { type Fragment, markup } from './markup.js';
import { prose } from './prose.js';

/** What a notebook asks and what came out, above its outputs, and what differs, below them. */
export function notesSections(notes: NotebookNotes | undefined): { above: Fragment; below: Fragment } {
  if (notes === undefined) return { above: null, below: null };
  const { question, findings, differs } = notes;
  const [first, ...more] = findings.map((sentence) => minusInText(sentence));
  return {
    above: [
      question === null
        ? null
        : markup`<p class="question"><strong>Question.</strong> ${prose(question)}</p>\n`,
      first === undefined ? null : markup`<p class="found"><strong>What came out.</strong> ${first}</p>\n`,
      more.length === 0
        ? null
        : markup`<details class="findings"><summary>${more.length} more</summary><ul>\n${more.map((sentence) => markup`<li>${sentence}</li>\n`)}</ul></details>\n`,
    ],
    below: differs === null ? null : markup`<h3>What differs and why</h3>\n<p>${prose(differs)}</p>\n`,
  };
}

/**
 * Writes what a notebook says into its folder; the report sets it beside the notebook's figures.
 *
 * @param options - `stem`: the notebook's
 * @returns the path, `<folder>/<stem>/notes.json`
 */
export function saveNotes(notes: NotebookNotes, { folder, stem }: Pick<Place, 'folder' | 'stem'>): string {
  checkStem(stem);
  const file = join(folder, stem, NOTES_FILE);
  writeWhole(file, `${JSON.stringify(notes, null, 2)}\n`);
  return file;
}
