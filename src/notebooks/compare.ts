// Compares the outputs of two executions of a notebook. What may differ between machines and is not a result is named here and
// nowhere else: the last digits of computed numbers, and the shading of single pixels.
import { PNG } from 'pngjs';
import type { Json } from '../json.js';
import { type Fault, placeOf } from './committed.js';
import type { CodeCell, Notebook, Output } from './nbformat.js';
import { isInjected } from './parameters.js';

/** Relative difference of numbers in a figure that versions of Node may disagree by (powers, logarithms). */
const ROUNDING = 1e-9;
/** A pixel's channel has changed when it differs by more than so many of 255 levels … */
const LEVELS = 16;
/** … and a picture when more than this share of its channels have. Its figure's numbers are compared besides. */
const SHARE = 0.001;
const SHOWN = 100;

/**
 * Compares two executions of the same notebook, both as they are saved, cell by cell. Injected parameters are left out.
 *
 * @param committed - what is in the file
 * @param executed - what came of it now
 * @returns the first difference of each cell that differs
 */
export function compareNotebooks(committed: Notebook, executed: Notebook): Fault[] {
  return committed.cells
    .map((cell, i) => ({ cell, i }))
    .filter(({ cell }) => !isInjected(cell)) // it is not executed again
    .flatMap(({ cell, i }, at) => {
      if (cell.cell_type !== 'code') return [];
      const what = differenceOfCells(cell, executed.cells[at] as CodeCell);
      return what === undefined ? [] : [{ ...placeOf(cell, i), what }];
    });
}

function differenceOfCells({ outputs: before }: CodeCell, { outputs: after }: CodeCell): string | undefined {
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const place = before.length > 1 || after.length > 1 ? `output ${i + 1}: ` : '';
    if (before[i] === undefined) return `${place}is new: ${nameOf(after[i])}`;
    if (after[i] === undefined) return `${place}is no more: ${nameOf(before[i])}`;
    const what = differenceOfOutputs(before[i], after[i]);
    if (what !== undefined) return `${place}${what}`;
  }
  return undefined;
}

const nameOf = (output: Output): string =>
  output.output_type === 'stream'
    ? `${output.name} ${quote(output.text.split('\n')[0])}`
    : 'data' in output
      ? quote(String(output.data['text/plain'] ?? Object.keys(output.data)).split('\n')[0])
      : output.ename;

function differenceOfOutputs(before: Output, after: Output): string | undefined {
  if ('data' in before && 'data' in after) {
    for (const mime of new Set([...Object.keys(before.data), ...Object.keys(after.data)])) {
      const [a, b] = [before.data[mime], after.data[mime]];
      if (a === undefined || b === undefined) return `${mime} is ${a === undefined ? 'new' : 'no more'}`;
      const what = mime === 'image/png' ? differenceOfPictures(a, b) : differenceOfJson(a, b, mime);
      if (what !== undefined) return what;
    }
    return differenceOfJson(before.metadata, after.metadata, 'metadata');
  }
  return differenceOfJson(before as unknown as Json, after as unknown as Json, before.output_type);
}

/** The first place where two values differ, with both values; text by lines. */
function differenceOfJson(
  before: Json | undefined,
  after: Json | undefined,
  place: string,
): string | undefined {
  if (typeof before === 'string' && typeof after === 'string') return differenceOfTexts(before, after, place);
  if (typeof before === 'number' && typeof after === 'number') {
    if (Math.abs(before - after) <= ROUNDING * Math.max(Math.abs(before), Math.abs(after))) return undefined;
  } else if (isTree(before) && isTree(after) && Array.isArray(before) === Array.isArray(after)) {
    const [a, b] = [before, after] as Record<string, Json>[];
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const what = differenceOfJson(a[key], b[key], `${place}.${key}`);
      if (what !== undefined) return what;
    }
    return undefined;
  } else if (before === after) return undefined;
  return `${place}: ${quote(before)} is now ${quote(after)}`;
}

const isTree = (value: Json | undefined): value is Json[] | { [key: string]: Json } =>
  typeof value === 'object' && value !== null;

function differenceOfTexts(before: string, after: string, place: string): string | undefined {
  if (before === after) return undefined;
  const [a, b] = [before.split('\n'), after.split('\n')];
  const line = a.findIndex((text, i) => text !== b[i]);
  const at = line < 0 ? a.length : line;
  const where = a.length > 1 || b.length > 1 ? `${place}, line ${at + 1}` : place;
  const same = sameStart(a[at] ?? '', b[at] ?? '');
  return `${where}: ${quote(a[at], same)} is now ${quote(b[at], same)}`;
}

function sameStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** A value in short, for a message. Of a long text, the part from shortly before `from`. */
function quote(value: Json | undefined, from = 0): string {
  if (value === undefined) return 'nothing';
  const start = typeof value === 'string' && value.length > SHOWN ? Math.max(0, from - SHOWN / 5) : 0;
  const text = JSON.stringify(typeof value === 'string' ? value.slice(start) : value);
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return start > 0 ? `…${shown}` : shown;
}

/** Whether two pictures, base64, look different. */
function differenceOfPictures(before: Json, after: Json): string | undefined {
  if (before === after) return undefined;
  const [a, b] = [before, after].map((data) => PNG.sync.read(Buffer.from(String(data), 'base64')));
  if (a.width !== b.width || a.height !== b.height)
    return `picture: ${a.width} × ${a.height} pixels are now ${b.width} × ${b.height}`;
  const changed = a.data.reduce((count, level, i) => count + Number(Math.abs(level - b.data[i]) > LEVELS), 0);
  const share = changed / a.data.length;
  return share > SHARE ? `picture: ${(100 * share).toFixed(1)} % of it has changed` : undefined;
}
