// The ledger: every equation, figure and table of the paper, and what became of it.
import type { ColumnTable } from 'arquero';
import { markup, type Markup } from './markup.js';
import { small, tableHead } from './parts.js';

type Row = Record<'item' | 'content' | 'known' | 'status' | 'where' | 'reason', string | null>;

const CLASS: Readonly<Record<string, string>> = { reproduced: 'good', partly: 'near', later: 'open' };

/**
 * The ledger with the number of items of each status.
 *
 * @param ledger - the table of data/paper/ledger.csv
 */
export function ledgerSection(ledger: ColumnTable): Markup {
  const rows = ledger.objects() as Row[];
  const counts = new Map<string, number>();
  for (const { status } of rows) counts.set(status ?? '', (counts.get(status ?? '') ?? 0) + 1);
  const total = [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
  const line = ({ item, content, known, status, where, reason }: Row): Markup => markup`<tr>
<td class="item" data-label="item">${item}</td>
<td class="claim" data-label="content"><span>${content}${small(known)}</span></td>
<td data-label="status"><span><span class="verdict ${CLASS[status ?? ''] ?? 'none'}">${status}</span></span></td>
<td class="note" data-label="reason"><span>${reason}${small(where)}</span></td>
</tr>
`;
  return markup`<p>${rows.length} items: ${total}. What an item holds is certain only where its second line says so.</p>
<div class="scroll"><table class="cards">
${tableHead('item', 'content', 'status', 'reason, and where')}
<tbody>
${joined(rows).map(line)}</tbody>
</table></div>`;
}

/** Rows of one kind that follow each other and say the same, as one: `Eq. (6) to Eq. (18)`. */
function joined(rows: readonly Row[]): Row[] {
  const found: { first: Row; last: Row }[] = [];
  for (const row of rows) {
    const open = found.at(-1);
    if (open !== undefined && kindAndText(open.first) === kindAndText(row)) open.last = row;
    else found.push({ first: row, last: row });
  }
  return found.map(({ first, last }) => ({
    ...first,
    item: first === last ? first.item : `${first.item} to ${last.item?.replace(/^[^\d(]*/, '')}`,
  }));
}

const kindAndText = ({ item, ...rest }: Row): string =>
  JSON.stringify([item?.replace(/[\d()]/g, ''), ...Object.values(rest)]);
