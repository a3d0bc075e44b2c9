// Tables as people read them: records → arquero table → CSV, Markdown, HTML, with every text made inert.
import { table as arqueroTable, type ColumnTable } from 'arquero';
import { csvCell, escapeHtml, escapeMarkdown, withMinus } from '../text.js';

/** Numbers as people read them; CSV always has them in full. */
export interface PrintSettings {
  /** Significant digits of numbers that are not whole; default 4. */
  digits?: number;
}

/**
 * An arquero table of rows. Columns are the union of the rows' own keys, in the order they are met; what a row
 * lacks is null.
 *
 * A column named `__proto__` would set a prototype instead of a column wherever rows are objects; it is kept
 * under the name `_proto_`.
 *
 * @param rows - objects, the same keys or not
 * @returns one column for each key
 */
export function toTable(rows: readonly object[]): ColumnTable {
  const columns = new Map<string, unknown[]>();
  rows.forEach((row, i) => {
    for (const [key, value] of Object.entries(row) as [string, unknown][]) {
      const name = key === '__proto__' ? '_proto_' : key;
      let column = columns.get(name);
      if (column === undefined) columns.set(name, (column = new Array<unknown>(rows.length).fill(null)));
      column[i] = value ?? null;
    }
  });
  return arqueroTable(columns as never) as ColumnTable;
}

/**
 * CSV after RFC 4180 with `\n` line ends: numbers in full, null, NaN and undefined empty, no live formulas.
 *
 * @param table - of arquero
 * @returns the text of the file, a line a row after the names of the columns
 */
export function toCsv(table: ColumnTable): string {
  const names = table.columnNames();
  const lines = [
    names.map(csvCell),
    ...cells(table, (value) => csvCell(isBlank(value) ? null : plain(value))),
  ];
  return lines.map((line) => `${line.join(',')}\n`).join('');
}

/**
 * A GitHub-flavoured Markdown table; columns of numbers are aligned to the right.
 *
 * @param table - of arquero
 * @param settings - `digits`: significant digits of numbers that are not whole, default 4
 * @returns the lines of the table
 */
export function toMarkdown(table: ColumnTable, settings: PrintSettings = {}): string {
  const names = table.columnNames();
  const rule = names.map((name) => (isNumeric(table, name) ? '---:' : '---'));
  const lines = [
    names.map(escapeMarkdown),
    rule,
    ...cells(table, (value) => escapeMarkdown(printed(value, settings))),
  ];
  return lines.map((line) => `| ${line.join(' | ')} |\n`).join('');
}

/**
 * An HTML table, everything in it escaped; cells of number columns have the class `number`.
 *
 * @param table - of arquero
 * @param settings - `digits`: significant digits of numbers that are not whole, default 4
 * @returns a `<table>` element
 */
export function toHtml(table: ColumnTable, settings: PrintSettings = {}): string {
  const names = table.columnNames();
  const kind = names.map((name) => (isNumeric(table, name) ? ' class="number"' : ''));
  const head = names.map((name, i) => `<th scope="col"${kind[i]}>${escapeHtml(name)}</th>`).join('');
  const body = cells(table, (value) => escapeHtml(printed(value, settings)))
    .map((line) => `<tr>${line.map((cell, i) => `<td${kind[i]}>${cell}</td>`).join('')}</tr>\n`)
    .join('');
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}</tbody>\n</table>`;
}

/**
 * A number as people read it: whole numbers in full, others with `digits` significant digits, at least down to
 * the unit, without trailing zeros; very small ones as `1e-9`; nothing for NaN and infinities.
 *
 * @param value - any number
 * @param digits - significant digits, default 4
 * @returns its text
 */
export function formatNumber(value: number, digits: number = 4): string {
  if (!Number.isFinite(value)) return '';
  if (Number.isInteger(value)) return String(value);
  // Rounding may move into the next decade (99.996 → 100): let the rounded number say how it is written.
  const whole = String(Math.trunc(Math.abs(value))).length;
  return String(Number(value.toPrecision(Math.max(digits, whole))));
}

const cells = (table: ColumnTable, print: (value: unknown) => string): string[][] =>
  // get() counts the rows that are left and in their order, so filtered and sorted tables print as they look.
  Array.from({ length: table.numRows() }, (_, row) =>
    table.columnNames().map((name) => print(table.get(name, row))),
  );

const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value));

/** Lists and objects as one text. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : value;
};

const printed = (value: unknown, { digits }: PrintSettings): string => {
  if (isBlank(value)) return '';
  return typeof value === 'number' ? withMinus(formatNumber(value, digits)) : String(plain(value));
};

function isNumeric(table: ColumnTable, name: string): boolean {
  const values = Array.from<unknown>(table.array(name)).filter((value) => !isBlank(value));
  return values.length > 0 && values.every((value) => typeof value === 'number');
}
