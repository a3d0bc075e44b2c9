// The numbers of an output, from its CSV file to a table on the page.
import { type ColumnTable, fromCSV } from 'arquero';
import { formatNumber } from '../figures/table.js';
import { withMinus } from '../text.js';
import { type Fragment, markup, type Markup } from './markup.js';
import { type Listed, recordId } from './records.js';

/**
 * CSV as an HTML table. Text stays text: only a column that is all numbers is printed as numbers.
 *
 * @param listed - records that ids link to; default none
 */
export function csvTable(csv: string, listed: Listed = new Set()): { table: Markup; rows: number } {
  // Read without a header: a column's name is only shown, so that any text may be one.
  const parsed = fromCSV(csv, { header: false, autoType: false }) as ColumnTable;
  const rows = parsed.numRows() - 1;
  const columns = parsed.columnNames().map((column) => {
    const [name, ...cells] = Array.from(
      parsed.array(column) as ArrayLike<string | null>,
      (cell) => cell ?? '',
    );
    const numeric = cells.every((cell) => cell === '' || NUMBER.test(cell));
    const short = cells.every((cell) => cell.length <= SHORT);
    const ids = !numeric && cells.every((cell) => cell === '' || IDS.test(cell));
    return {
      name,
      cells,
      numeric,
      kind: className(ids ? 'ids' : numeric ? 'number' : short ? 'short' : null),
    };
  });
  const head = columns.map(({ name, kind }) => markup`<th scope="col"${kind}>${heading(name)}</th>`);
  const line = (i: number): Markup => {
    const row = columns.map(({ cells, numeric, kind }) => {
      if (numeric)
        return markup`<td${kind}>${cells[i] === '' ? '' : withMinus(grouped(formatNumber(Number(cells[i]))))}</td>`;
      if (IDS.test(cells[i])) return markup`<td${kind}>${idsOf(cells[i], listed)}</td>`;
      return markup`<td${kind}>${cells[i]}</td>`;
    });
    return markup`<tr>${row}</tr>\n`;
  };
  const body = Array.from({ length: rows }, (_, i) => line(i));
  const table = markup`<div class="scroll${rows > 14 ? ' tall' : ''}"><table${columns.length > MANY ? markup` class="many"` : null}>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table></div>`;
  return { table, rows };
}

/** Columns that paper has room for at the size of its tables: more are set smaller. */
const MANY = 12;

/** Characters that a cell shows in one line, whatever the table's width. */
const SHORT = 16;

const className = (name: string | null): Fragment => (name === null ? null : markup` class="${name}"`);

/** One id whole, several by their first digits: what they link to has the rest. */
const idsOf = (cell: string, listed: Listed): Fragment => {
  const ids = cell.split(' ');
  return ids.map((id, i) => [i > 0 ? ' ' : null, recordId(id, listed, ids.length > 1)]);
};

/** The name of a column as words: `annPicojoule` → `ann picojoule`. Paths of settings stay as they are typed. */
const heading = (name: string): string =>
  /^[a-z]+([A-Z][a-z]+)+$/.test(name)
    ? name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    : name;

/** Thousands apart where a number has five digits or more before its point. */
const grouped = (text: string): string =>
  /^-?\d{5,}(\.|$)/.test(text) ? text.replaceAll(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',') : text;

/** Ids of records, one or several. */
const IDS = /^((run|eval)-[0-9a-f]{16}( |$))+$/;

// Up to 15 digits and no leading zero: what else looks like a number is an id or a hash.
const NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d+)?(e[+-]?\d{1,3})?$/;
