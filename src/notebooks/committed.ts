// Checks a notebook that is committed with its outputs: executed whole, with its own parameters, readable without scripts, and
// free of anything that is true on one machine only.
import { homedir, tmpdir } from 'node:os';
import { canonicalJson } from '../hash.js';
import { packageRoot } from '../paths.js';
import { type Cell, type CodeCell, KERNEL_METADATA, type Notebook, type Output } from './nbformat.js';
import { isInjected } from './parameters.js';
import { firstLineOf } from './run.js';

/** Something about a notebook that is not as it should be. */
export interface Fault {
  /** Place of the cell, counted from 1; undefined for the notebook as a whole. */
  cell?: number;
  /** The cell's first line. */
  firstLine?: string;
  /** The fault, a line or a few. */
  what: string;
}

/** Calls that put something into a cell's output. */
const SHOWS = /\b(plot|show|showImages|table)\(/;
const FIGURE = 'application/vnd.plotly.v1+json';
/** Folders of machines in general; those of this one are looked for by name. */
const FOLDERS = /(?<![\w.~/-])\/(home|Users|root|tmp|var|mnt|private)\/[\w.-]+|\b[A-Z]:\\\\\w/;

/**
 * Faults that keep a notebook from being committed; an empty list for a good one.
 *
 * Outputs are there for every cell that shows something, counted 1 … n as a run from top to bottom counts them, none is
 * an error or was written to stderr, every figure has a picture, no script is left, no folder of a machine is named, and
 * no values were injected into its parameters; and its metadata is the kernel's.
 */
export function faultsOf({ cells, metadata }: Notebook): Fault[] {
  const code = cells.filter((cell) => cell.cell_type === 'code');
  if (code.every(({ outputs }) => outputs.length === 0)) return [{ what: 'has no outputs' }];
  const foreign = Object.entries(KERNEL_METADATA).find(
    ([name, value]) => canonicalJson(metadata[name] ?? null) !== canonicalJson(value),
  );
  const faults: Fault[] = foreign
    ? [{ what: `its metadata ${foreign[0]} is not the kernel's: Jupyter would call the notebook modified` }]
    : [];
  let executed = 0;
  const ofCells = cells.flatMap((cell, i) => {
    if (cell.cell_type !== 'code') return [];
    const expected = cell.source.trim() === '' ? null : ++executed;
    return faultsOfCell(cell, expected).map((what) => ({ ...placeOf(cell, i), what }));
  });
  return [...faults, ...ofCells];
}

/** A cell's place and first line, as a fault names them. */
export const placeOf = (cell: Cell, index: number): { cell: number; firstLine: string } => ({
  cell: index + 1,
  firstLine: firstLineOf(cell.source),
});

function faultsOfCell(cell: CodeCell, expected: number | null): string[] {
  const faults: string[] = [];
  if (isInjected(cell)) faults.push('holds injected parameters');
  if (cell.execution_count !== expected)
    faults.push(`has execution count ${cell.execution_count}, a run from the top gives ${expected}`);
  if (cell.outputs.length === 0 && SHOWS.test(cell.source)) faults.push('shows something, but has no output');
  return [...faults, ...cell.outputs.flatMap(faultsOfOutput)];
}

function faultsOfOutput(output: Output): string[] {
  if (output.output_type === 'error') return [`ended with ${output.ename}: ${output.evalue}`];
  const faults: string[] = [];
  if (output.output_type === 'stream') {
    if (output.name === 'stderr') faults.push(`wrote to stderr: ${firstLineOf(output.text)}`);
  } else {
    if (output.data[FIGURE] !== undefined && output.data['image/png'] === undefined)
      faults.push('has a figure without a picture');
    if (/<script/i.test(String(output.data['text/html'] ?? ''))) faults.push('has a script in its output');
  }
  const named = folderIn(wordsOf(output));
  return named === undefined ? faults : [...faults, `names a folder of a machine: ${named}`];
}

/** An output as JSON without its pictures, whose base64 holds any word sooner or later. */
const wordsOf = (output: Output): string =>
  JSON.stringify(output, (key, value: unknown) => (key.startsWith('image/') ? undefined : value)).replaceAll(
    /;base64,[\w+/=]+/g,
    '',
  );

/** A folder of a machine in a text of JSON, if it names one. */
function folderIn(text: string): string | undefined {
  const here = [packageRoot(), homedir(), tmpdir()].filter((folder) => folder.length > 1);
  return here.find((folder) => text.includes(JSON.stringify(folder).slice(1, -1))) ?? FOLDERS.exec(text)?.[0];
}
