// The numbers of an output, from its CSV file to a table on the page.
import { type ColumnTable, fromCSV } from 'arquero';
import { formatNumber } from '../figures/table.js';
import { withMinus } from '../text.js';
import { markup, type Markup } from './markup.js';

/** CSV as an HTML table. Text stays text: only a column that is all numbers is printed as numbers. */
export function csvTable(csv: string): { table: Markup; rows: number } {
  // Read without a header: a column's name is only shown, so that any text may be one.
  const parsed = fromCSV(csv, { header: false, autoType: false }) as ColumnTable;
  const rows = parsed.numRows() - 1;
  const columns = parsed.columnNames().map((column) => {
    const [name, ...cells] = Array.from(
      parsed.array(column) as ArrayLike<string | null>,
      (cell) => cell ?? '',
    );
    const numeric = cells.every((cell) => cell === '' || NUMBER.test(cell));
    return { name, cells, numeric, kind: numeric ? markup` class="number"` : null };
  });
  const head = columns.map(({ name, kind }) => markup`<th scope="col"${kind}>${heading(name)}</th>`);
  const line = (i: number): Markup => {
    const row = columns.map(({ cells, numeric, kind }) => {
      if (numeric)
        return markup`<td${kind}>${cells[i] === '' ? '' : withMinus(grouped(formatNumber(Number(cells[i]))))}</td>`;
      return markup`<td${IDS.test(cells[i]) ? markup` class="ids"` : null}>${cells[i]}</td>`;
    });
    return markup`<tr>${row}</tr>\n`;
  };
  const body = Array.from({ length: rows }, (_, i) => line(i));
  const table = markup`<div class="scroll${rows > 14 ? ' tall' : ''}"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table></div>`;
  return { table, rows };
}

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
