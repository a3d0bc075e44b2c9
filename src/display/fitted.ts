// A table no wider than a terminal: columns that matter least go first, then long texts are cut, then the table is folded.
import { renderTable } from './table.js';
import { wrapped } from './wrap.js';

/** Width of a table, and the columns that it can do without. */
export interface Fit {
  /** Most characters of a line; Infinity for all columns in full. */
  width: number;
  /** Columns that may go, what matters least first. `…name`: the texts of `name` are cut, down to {@link SHORT}. Those not named stay. */
  least?: readonly string[];
}

type Row = Record<string, unknown>;

/** Characters that a text keeps, the `…` among them: where other columns may still go, and where none may. */
const SHORT = 28;
const SHORTEST = 16;
const BETWEEN = 2;

/**
 * Rows as a table in text. Columns without any value are left out; where it is wider than allowed, columns go in the order of
 * `least`, then the widest texts are cut, and what is still too wide is folded: further blocks of columns below, each beside the
 * first column. A last line names what is not shown.
 *
 * @param rows - one object a line; the first column is what tells lines apart
 */
export function fittedTable(rows: readonly object[], { width, least = [] }: Fit): string {
  const given = rows as readonly Row[];
  const names = [...new Set(given.flatMap((row) => Object.keys(row)))];
  let kept = names.filter((name) => given.some((row) => !isEmpty(row[name])));
  if (width === Infinity)
    return plain(kept.length < names.length ? given.map((row) => picked(row, kept)) : given);
  const gone: string[] = [];
  const widths = new Map(kept.map((name) => [name, widthOf(given, name)]));
  const total = (): number => kept.reduce((sum, name) => sum + widths.get(name)! + BETWEEN, -BETWEEN);
  const cut = (name: string, shortest: number): void => {
    const room = widths.get(name)! - (total() - width);
    widths.set(name, Math.min(widths.get(name)!, Math.max(shortest, room, name.length)));
  };
  for (const name of least) {
    if (total() <= width) break;
    if (name.startsWith('…') && widths.has(name.slice(1))) cut(name.slice(1), SHORT);
    if (!kept.includes(name)) continue;
    kept = kept.filter((other) => other !== name);
    gone.push(name);
  }
  const texts = kept.slice(1).filter((name) => given.every((row) => isEmpty(row[name]) || isText(row[name])));
  for (const name of texts.sort((a, b) => widths.get(b)! - widths.get(a)!)) {
    if (total() <= width) break;
    cut(name, SHORTEST);
  }
  const blocks = foldedInto(kept, widths, width).map((columns) => {
    const short = (row: Row): Row =>
      Object.fromEntries(columns.map((name) => [name, cutTo(row[name], widths.get(name)!)]));
    return plain(given.map(short));
  });
  return [...blocks, ...(gone.length > 0 ? [wrapped(gone.join(', '), width, 'not shown: ')] : [])].join(
    '\n\n',
  );
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';
const isText = (value: unknown): boolean => typeof value === 'string';

const picked = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(names.map((name) => [name, row[name]]));

const plain = (rows: readonly Row[]): string => renderTable(rows, { limit: Infinity })['text/plain'];

const widthOf = (rows: readonly Row[], name: string): number =>
  plain(rows.map((row) => picked(row, [name])))
    .split('\n')
    .reduce((most, line) => Math.max(most, line.length), 0);

const cutTo = (value: unknown, width: number): unknown =>
  typeof value === 'string' && value.length > width ? `${value.slice(0, width - 1)}…` : value;

/** The columns of each block: the first, and as many more as there is room for, at least one. */
function foldedInto(
  names: readonly string[],
  widths: ReadonlyMap<string, number>,
  width: number,
): string[][] {
  const [first, ...others] = names;
  const blocks: string[][] = [[first]];
  let used = widths.get(first) ?? 0;
  for (const name of others) {
    const wanted = widths.get(name)! + BETWEEN;
    const block = blocks[blocks.length - 1];
    if (used + wanted > width && block.length > 1) {
      blocks.push([first, name]);
      used = widths.get(first)! + wanted;
    } else {
      block.push(name);
      used += wanted;
    }
  }
  return blocks;
}
