// The numbers of an output, from its CSV file to a table on the page.
import { fromCSV, type ColumnTable } from 'arquero';
import { formatNumber } from '../table.js';
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
  const head = columns.map(({ name, kind }) => markup`<th scope="col"${kind}>${name}</th>`);
  const line = (i: number): Markup => {
    const row = columns.map(({ cells, numeric, kind }) => {
      const text = numeric && cells[i] !== '' ? formatNumber(Number(cells[i])) : cells[i];
      return markup`<td${kind}>${text}</td>`;
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

// Up to 15 digits and no leading zero: what else looks like a number is an id or a hash.
const NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d+)?(e[+-]?\d{1,3})?$/;
