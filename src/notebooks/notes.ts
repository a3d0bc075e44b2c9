// The words of an executed notebook, for the report: its question, what came out, and what differs and why.
import { z } from 'zod';
import { findingsIn } from '../display/findings.js';
import type { Notebook } from './nbformat.js';

const schema = z.strictObject({
  title: z.string().nullable(),
  question: z.string().nullable(),
  findings: z.array(z.string()),
  differs: z.string().nullable(),
});

/** Words of a notebook. Texts are Markdown paragraphs without their bold opening words. */
export interface NotebookNotes {
  /** The first heading. */
  title: string | null;
  /** The paragraph that opens with “Question.”. */
  question: string | null;
  /** The sentences of `findings`, as plain text. */
  findings: string[];
  /** The paragraph that opens with “What differs and why.”. */
  differs: string | null;
}

/** Reads the words off a notebook that has been executed. What it lacks is null, or an empty list. */
export function notesOf({ cells }: Notebook): NotebookNotes {
  const texts = cells.filter(({ cell_type }) => cell_type === 'markdown').map(({ source }) => source);
  const heading = texts
    .map((text) => /^# +(.+)$/m.exec(text)?.[1].trim())
    .find((found) => found !== undefined);
  return {
    title: heading ?? null,
    question: paragraph(texts, 'Question.'),
    findings: cells.flatMap((cell) =>
      cell.cell_type !== 'code'
        ? []
        : cell.outputs.flatMap((output) =>
            'data' in output ? findingsIn(String(output.data['text/plain'] ?? '')) : [],
          ),
    ),
    differs: paragraph(texts, 'What differs and why.'),
  };
}

/** The paragraph that opens with these bold words, without them and on one line. */
function paragraph(texts: readonly string[], opening: string): string | null {
  const start = `**${opening}**`;
  const found = texts
    .flatMap((text) => text.split(/\n\s*\n/))
    .find((each) => each.trimStart().startsWith(start));
  return found === undefined ? null : found.trim().slice(start.length).replaceAll(/\s+/g, ' ').trim();
}

/**
 * Checks notes.
 *
 * @param value - anything, for instance parsed JSON
 * @throws Error naming the first field that is missing, unknown or of the wrong kind
 */
export function checkNotes(value: unknown): NotebookNotes {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0];
  throw new Error(`not the notes of a notebook: ${path.join('.') || '(all)'}: ${message}`);
}
