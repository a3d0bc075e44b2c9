// Jupyter notebooks as data: nbformat 4 types, reading with checks, and writing the text Jupyter itself would write.
import { z } from 'zod';
import type { MimeBundle } from '../cell/output.js';
import { DataError } from '../errors.js';
import { parseJson, readJson } from '../files/json.js';
import type { Json, JsonObject } from '../json.js';

/** Output of a code cell. */
export type Output =
  | { output_type: 'stream'; name: 'stdout' | 'stderr'; text: string }
  | { output_type: 'display_data'; data: MimeBundle; metadata: JsonObject }
  | { output_type: 'execute_result'; data: MimeBundle; metadata: JsonObject; execution_count: number | null }
  | { output_type: 'error'; ename: string; evalue: string; traceback: string[] };

/** A cell of code with its outputs. */
export interface CodeCell {
  cell_type: 'code';
  id?: string;
  metadata: JsonObject;
  source: string;
  outputs: Output[];
  execution_count: number | null;
}

/** A cell of Markdown, or raw text. */
export interface TextCell {
  cell_type: 'markdown' | 'raw';
  id?: string;
  metadata: JsonObject;
  source: string;
  attachments?: JsonObject;
}

/** A cell of a notebook. */
export type Cell = CodeCell | TextCell;

/** A notebook, nbformat 4. */
export interface Notebook {
  cells: Cell[];
  metadata: JsonObject;
  nbformat: 4;
  nbformat_minor: number;
}

const text = z.union([z.string(), z.array(z.string())]);

const anything = z.record(z.string(), z.unknown());

const id = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);

const output = z.discriminatedUnion('output_type', [
  z.object({ output_type: z.literal('stream'), name: z.enum(['stdout', 'stderr']), text }),
  z.object({ output_type: z.literal('display_data'), data: anything, metadata: anything }),
  z.object({ output_type: z.literal('execute_result'), data: anything, metadata: anything }),
  z.object({
    output_type: z.literal('error'),
    ename: z.string(),
    evalue: z.string(),
    traceback: z.array(z.string()),
  }),
]);

const cell = z.discriminatedUnion('cell_type', [
  z.object({
    cell_type: z.literal('code'),
    id: id.optional(),
    metadata: anything,
    source: text,
    outputs: z.array(output),
    execution_count: z.number().int().nullable(),
  }),
  z.object({ cell_type: z.enum(['markdown', 'raw']), id: id.optional(), metadata: anything, source: text }),
]);

const schema = z.object({
  nbformat: z.literal(4),
  nbformat_minor: z.number().int().min(0),
  metadata: anything,
  cells: z.array(cell),
});

const join = (lines: unknown): unknown =>
  Array.isArray(lines) && lines.every((line) => typeof line === 'string') ? lines.join('') : lines;

/** Whether a MIME type holds text that the file keeps as lines (as Jupyter does): not JSON, not base64. */
const isLines = (mime: string): boolean =>
  mime.startsWith('text/') || mime === 'application/javascript' || mime === 'image/svg+xml';

/** Applies a change to each text that the file may hold as lines. */
function mapTexts(notebook: Notebook, change: (text: unknown) => unknown): Notebook {
  const copy = structuredClone(notebook);
  for (const each of copy.cells) {
    each.source = change(each.source) as string;
    if (each.cell_type !== 'code') continue;
    for (const output of each.outputs)
      if (output.output_type === 'stream') output.text = change(output.text) as string;
      else if ('data' in output)
        for (const mime of Object.keys(output.data))
          if (isLines(mime)) output.data[mime] = change(output.data[mime]) as Json;
  }
  return copy;
}

/**
 * Reads nbformat 4 text.
 *
 * @param content - the file's text
 * @param file - its name, for errors
 * @throws DataError naming the place when it is not JSON or not a notebook of format 4
 */
export const parseNotebook = (content: string, file: string): Notebook =>
  toNotebook(parseJson(content, file, JSON_FORM), file);

/** What other programs let pass in a notebook does no harm. Outputs may be large. */
const JSON_FORM = { remedy: 'give a Jupyter notebook (.ipynb)', limit: 2 ** 28, repeatedKeys: true };

function toNotebook(value: unknown, file: string): Notebook {
  const checked = schema.safeParse(value);
  if (!checked.success) {
    const { path, message } = checked.error.issues[0];
    throw new DataError(
      file,
      `not a notebook of format 4: ${path.join('.') || 'top level'}: ${message}`,
      'open it in Jupyter and save it again',
    );
  }
  return mapTexts(value as Notebook, join);
}

/**
 * Reads a notebook file.
 *
 * @throws DataError when it cannot be read or is not a notebook of format 4
 */
export const readNotebook = (file: string): Notebook => toNotebook(readJson(file, JSON_FORM), file);

// fromEntries, unlike assignment, keeps a key `__proto__`.
const sorted = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
    : value;

/** `'a\nb'` → `['a\n', 'b']`. */
const split = (lines: unknown): unknown =>
  typeof lines === 'string' ? (lines.match(/[^\n]*\n|[^\n]+$/g) ?? []) : lines;

/** A line of indented JSON that ends with a number of many small digits; text ends with a quotation mark. */
const SMALL = /^( *(?:"(?:[^"\\]|\\.)*": )?)(-?(?:0\.0000\d+|\d(?:\.\d+)?e-\d))(?=,?$)/gm;

/** A number below 10⁻⁴ as Python writes it: 0.00001 as 1e-05. */
const asPython = (_line: string, before: string, number: string): string =>
  before +
  Number(number)
    .toExponential()
    .replace(/-(\d)$/, '-0$1');

/**
 * Writes a notebook as Jupyter does: sorted keys, an indent of one space, text as lines, numbers as Python writes them, a
 * final line break. Equal notebooks give equal bytes, and diffs stay small.
 */
export const formatNotebook = (notebook: Notebook): string =>
  `${JSON.stringify(mapTexts(notebook, split), sorted, 1).replace(SMALL, asPython)}\n`;

/**
 * The metadata of a notebook for the repository's kernel, as Jupyter writes it. What the kernel says of its language stands
 * word for word: with less, Jupyter completes it and calls the notebook modified.
 */
export const KERNEL_METADATA: JsonObject = {
  kernelspec: { display_name: 'TypeScript (sgs-snn)', language: 'typescript', name: 'tslab' },
  language_info: {
    codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
    file_extension: '.ts',
    mimetype: 'text/typescript',
    name: 'typescript',
    version: '3.7.2',
  },
};

/**
 * Makes a notebook from cells: a string is Markdown, `{ code }` is code.
 *
 * @example
 * ```ts
 * createNotebook(['# Title', { code: 'let epochs = 3;', tags: ['parameters'] }, { code: 'console.log(epochs)' }]);
 * ```
 */
export function createNotebook(cells: readonly (string | { code: string; tags?: string[] })[]): Notebook {
  return {
    cells: cells.map((given, i): Cell => {
      const id = `cell-${i + 1}`;
      if (typeof given === 'string') return { cell_type: 'markdown', id, metadata: {}, source: given };
      const metadata: JsonObject = given.tags ? { tags: given.tags } : {};
      return { cell_type: 'code', id, metadata, source: given.code, outputs: [], execution_count: null };
    }),
    metadata: structuredClone(KERNEL_METADATA),
    nbformat: 4,
    nbformat_minor: 5,
  };
}
