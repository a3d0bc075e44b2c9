// What a notebook says in words, set around its outputs.
import { minusInText } from '../minus.js';
import type { NotebookNotes } from '../notebooks/notes.js';
import { markup, type Fragment } from './markup.js';
import { prose } from './prose.js';

/** What a notebook asks, above its outputs, and what came out and what differs, below them. */
export function notesSections(notes: NotebookNotes | undefined): { above: Fragment; below: Fragment } {
  if (notes === undefined) return { above: null, below: null };
  const { question, findings, differs } = notes;
  const found = findings.map((sentence) => markup`<li>${minusInText(sentence)}</li>\n`);
  return {
    above:
      question === null
        ? null
        : markup`<p class="question"><strong>Question.</strong> ${prose(question)}</p>`,
    below: [
      findings.length === 0 ? null : markup`<h3>What came out</h3>\n<ul class="findings">\n${found}</ul>\n`,
      differs === null ? null : markup`<h3>What differs and why</h3>\n<p>${prose(differs)}</p>\n`,
    ],
  };
}
