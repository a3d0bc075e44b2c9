// Executed notebooks made fit to commit: small, and the same bytes for the same results.
import { type Role, ROLE_KEY } from '../cell/output.js';
import { DataError } from '../errors.js';
import { writeWhole } from '../files/whole.js';
import type { JsonObject } from '../json.js';
import { formatNotebook, KERNEL_METADATA, type Notebook, type Output } from './nbformat.js';
import { collapseReturns, trimStack } from './outputs.js';

/** Largest notebook that is saved, in bytes: 1 MiB. */
export const NOTEBOOK_LIMIT = 1024 * 1024;

const roleOf = (output: Output): Role | undefined =>
  'metadata' in output ? (output.metadata[ROLE_KEY] as { role?: Role } | undefined)?.role : undefined;

function clean(output: Output): Output {
  if (output.output_type === 'stream') {
    const text = collapseReturns(output.text);
    return { ...output, text: output.name === 'stderr' ? trimStack(text) : text };
  }
  if (output.output_type === 'error') return output;
  const metadata: JsonObject = { ...output.metadata };
  delete metadata[ROLE_KEY];
  const data = { ...output.data };
  // Without the library the HTML can only show the picture that stands beside it.
  if (roleOf(output) === 'figure' && data['image/png'] !== undefined) delete data['text/html'];
  return { ...output, data, metadata };
}

/** Outputs shown while a notebook runs, without use afterwards. */
const isPassing = (output: Output): boolean => ['plotly.js', 'progress'].includes(roleOf(output) ?? '');

/**
 * The notebook as it is saved: the inlined Plotly script is left out (figures stay as Plotly JSON and PNG), so are
 * progress bars (whether there is one depends on what had been trained before), carriage returns are collapsed, the
 * kernel's own stack frames dropped. Its metadata name the kernel that executed it.
 */
export function cleanNotebook(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === 'code'
      ? { ...cell, outputs: cell.outputs.filter((output) => !isPassing(output)).map(clean) }
      : cell,
  );
  return { ...notebook, cells, metadata: { ...notebook.metadata, ...KERNEL_METADATA } };
}

/**
 * Saves a notebook, cleaned, in one step: a reader never sees half of it.
 *
 * @throws DataError when it would be larger than 1 MiB, naming the largest cell
 */
export async function saveNotebook(notebook: Notebook, file: string): Promise<void> {
  const cleaned = cleanNotebook(notebook);
  const content = formatNotebook(cleaned);
  const bytes = Buffer.byteLength(content);
  if (bytes > NOTEBOOK_LIMIT) {
    const sizes = cleaned.cells.map((cell) => Buffer.byteLength(JSON.stringify(cell)));
    const largest = Math.max(...sizes);
    throw new DataError(
      file,
      `the executed notebook has ${bytes} bytes, more than ${NOTEBOOK_LIMIT} (1 MiB); cell ${sizes.indexOf(largest) + 1} alone has ${largest}`,
      'let that cell show less: fewer points in its figures, fewer rows or images',
    );
  }
  writeWhole(file, content);
}
