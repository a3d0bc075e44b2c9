// Tables in a cell: rows, arquero tables and danfo frames as HTML, Markdown and text, with every text inert.
import { show } from '../cell/output.js';
import { SettingsError } from '../errors.js';
import { escapeHtml, escapeMarkdown, inertText, withMinus } from '../text.js';

/** Input of `table`: rows as objects, an arquero table, or a danfo DataFrame or Series. */
export type TableInput = readonly object[] | ArqueroTable | DanfoFrame;

/** The part of an arquero table that is read. */
export interface ArqueroTable {
  columnNames(): string[];
  numRows(): number;
  objects(options: { limit: number }): object[];
}

/** The part of a danfo DataFrame or Series that is read. */
export interface DanfoFrame {
  columns: string[];
  index: (string | number)[];
  values: unknown[];
}

/** Options of a shown table. */
export interface TableOptions {
  /** Most rows shown; default 20. */
  limit?: number;
  /** Significant digits of numbers that are not whole; default 6. */
  digits?: number;
}

interface Grid {
  columns: string[];
  rows: unknown[][];
  total: number;
}

function toGrid(input: TableInput, limit: number): Grid {
  if (Array.isArray(input)) {
    const columns = [...new Set(input.flatMap((row: object) => Object.keys(row)))];
    return { columns, rows: input.slice(0, limit).map((row) => pick(row, columns)), total: input.length };
  }
  if ('columnNames' in input && typeof input.columnNames === 'function') {
    const columns = input.columnNames();
    return {
      columns,
      rows: input.objects({ limit }).map((row) => pick(row, columns)),
      total: input.numRows(),
    };
  }
  if ('columns' in input && 'values' in input && 'index' in input) {
    // The index is shown where it says something, as that of `describe` does.
    const named = input.index.some((label, i) => label !== i);
    const rows = input.values.slice(0, limit).map((row, i) => {
      const cells = Array.isArray(row) ? (row as unknown[]) : [row];
      return named ? [input.index[i], ...cells] : cells;
    });
    const columns = input.columns.map(String);
    return { columns: named ? ['', ...columns] : columns, rows, total: input.values.length };
  }
  throw new SettingsError(
    'table: expected an array of objects, an arquero table or a danfo DataFrame; give for instance [{ a: 1 }]',
  );
}

// Own properties only: a column called `constructor` must not find the inherited one.
const pick = (row: object, columns: readonly string[]): unknown[] =>
  columns.map((name) => (Object.hasOwn(row, name) ? (row as Record<string, unknown>)[name] : undefined));

function cellText(value: unknown, digits: number): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number')
    return withMinus(String(Number.isInteger(value) ? value : Number(value.toPrecision(digits))));
  if (typeof value === 'object' && !(value instanceof Date)) return JSON.stringify(value);
  return value instanceof Date ? value.toISOString() : String(value);
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint';

/** The three forms of a table. */
export interface TableTexts {
  'text/html': string;
  'text/markdown': string;
  'text/plain': string;
}

/**
 * A table as HTML, Markdown and text. Cells are text: markup in them is shown, not obeyed.
 *
 * @param input - rows as objects, an arquero table, a danfo DataFrame or Series
 * @param options - `limit`: most rows, default 20; `digits`: significant digits of numbers that are not whole, default 6
 * @returns the same table three times, by media type; a note says how many rows were left out
 * @throws SettingsError when the input is none of the known kinds
 */
export function renderTable(input: TableInput, { limit = 20, digits = 6 }: TableOptions = {}): TableTexts {
  const { columns, rows, total } = toGrid(input, limit);
  const texts = rows.map((row) => row.map((value) => cellText(value, digits)));
  // A column of numbers is set flush right.
  const right = columns.map(
    (_, c) => rows.some((row) => isNumber(row[c])) && rows.every(({ [c]: v }) => v == null || isNumber(v)),
  );
  const note = total > rows.length ? `${rows.length} of ${total} rows` : '';

  const html = (tag: 'th' | 'td', cells: readonly string[]): string =>
    `<tr>${cells.map((text, c) => `<${tag} style="text-align:${right[c] ? 'right' : 'left'}">${escapeHtml(text)}</${tag}>`).join('')}</tr>`;
  const body = texts.map((cells) => html('td', cells)).join('\n');
  const head = html('th', columns);

  const markdown = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = right.map((isRight) => (isRight ? '---:' : '---'));
  const lines = [columns.map(escapeMarkdown), rule, ...texts.map((cells) => cells.map(escapeMarkdown))].map(
    markdown,
  );

  const flat = [columns, ...texts].map((cells) => cells.map((text) => inertText(text.replace(/\s+/g, ' '))));
  const widths = columns.map((_, c) => Math.max(...flat.map((cells) => cells[c].length)));
  const pad = (text: string, c: number): string =>
    right[c] ? text.padStart(widths[c]) : text.padEnd(widths[c]);
  const plain = flat.map((cells) => cells.map(pad).join('  ').trimEnd());

  return {
    'text/html': `<table>\n<thead>${head}</thead>\n<tbody>\n${body}\n</tbody>\n</table>${note && `\n<p>${note}</p>`}`,
    'text/markdown': [...lines, ...(note && ['', note])].join('\n'),
    'text/plain': [...plain, ...(note && [note])].join('\n'),
  };
}

/**
 * Shows a table in the cell; outside a notebook it is printed as text.
 *
 * @param input - rows as objects, an arquero table, a danfo DataFrame or Series
 * @param options - `limit`: most rows, default 20; `digits`: significant digits of numbers that are not whole, default 6
 * @throws SettingsError when the input is none of the known kinds
 *
 * @example
 * ```ts
 * table(records.groupby('method').rollup({ accuracy: op.mean('accuracy') }));
 * ```
 */
export function table(input: TableInput, options: TableOptions = {}): void {
  show({ ...renderTable(input, options) });
}
