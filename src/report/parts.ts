// The sections of the report: summary, outputs with their provenance, ledger.
import { fromCSV, type ColumnTable } from 'arquero';
import type { Origin } from '../origin.js';
import type { SummaryRow } from '../summary.js';
import { formatNumber } from '../table.js';
import { html, type Fragment, type Html } from './html.js';
import type { Output } from './outputs.js';
import { picture } from './picture.js';

/** An output's heading: said by its provenance, else the figure's title, else its stem. */
export function titleOf({ stem, figure, about }: Output): string {
  const title = figure?.layout.title as string | { text?: string } | undefined;
  const text = typeof title === 'string' ? title : title?.text;
  return about?.title ?? (text === undefined ? stem : plain(text));
}

/** Plotly's text as plain text: its tags are dropped, its entities resolved. */
const plain = (text: string): string =>
  text
    .replaceAll(/<br\s*\/?>/g, ' ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** A stem as the anchor of its section. */
export const anchorOf = (stem: string): string => `output-${stem}`;

/** The table "paper / ours / verdict". */
export function summaryTable(rows: readonly SummaryRow[], stems: ReadonlySet<string>): Fragment {
  if (rows.length === 0) return html`<p class="soft">No claim has been compared yet.</p>`;
  const line = ({ claim, paper, paperSource, ours, n, verdict, note, stem }: SummaryRow): Html => {
    const linked =
      stem !== undefined && stems.has(stem) ? html`<a href="#${anchorOf(stem)}">${claim}</a>` : claim;
    const source = paperSource === null ? null : html`<span class="detail">${paperSource}</span>`;
    const [words, detail] = splitVerdict(verdict);
    const badge = html`<span class="verdict ${verdictClass(verdict)}">${words}</span>`;
    return html`<tr>
      <td class="claim" data-label="claim"><span>${linked}</span></td>
      <td class="given" data-label="paper">
        <span>${value(paper) ?? html`<span class="soft">not known</span>`}${source}</span>
      </td>
      <td class="given" data-label="ours">${value(ours) ?? '–'}</td>
      <td class="number" data-label="seeds">${n ?? '–'}</td>
      <td data-label="verdict">
        <span>${badge}${detail === '' ? null : html`<span class="detail">${detail}</span>`}</span>
      </td>
      <td class="note" data-label="note">${note ?? ''}</td>
    </tr> `;
  };
  return html`<div class="scroll">
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">claim</th>
          <th scope="col">paper</th>
          <th scope="col">ours</th>
          <th scope="col" class="number">seeds</th>
          <th scope="col">verdict</th>
          <th scope="col">note</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(line)}
      </tbody>
    </table>
  </div>`;
}

/** A number with its thousands apart, a text as it is. */
const value = (shown: string | number | null): string | null =>
  typeof shown !== 'number'
    ? shown
    : Number.isInteger(shown)
      ? String(shown).replaceAll(/\B(?=(\d{3})+$)/g, ',')
      : formatNumber(shown, 6);

/** The words of a verdict and what follows them in brackets or, for `not attempted`, after the colon. */
function splitVerdict(verdict: string): [words: string, detail: string] {
  const [, words, reason = ''] = /^(not attempted): ([^]*)$/.exec(verdict) ??
    /^([^(]*[^( ]) \(([^]*)\)$/.exec(verdict) ?? [verdict, verdict];
  return [words, reason];
}

/** The colour group of a verdict: it repeats what the words say. */
function verdictClass(verdict: string): string {
  if (verdict === 'reproduced' || / trend agrees/.test(verdict))
    return verdict === 'reproduced' ? 'good' : 'near';
  if (verdict === 'within tolerance') return 'near';
  if (verdict === 'not reproduced' || / trend disagrees/.test(verdict)) return 'bad';
  return verdict.startsWith('not attempted') ? 'none' : 'open';
}

/** A figure or table with caption, numbers and provenance. */
export function outputSection(output: Output): Html {
  const { stem, figure, svg, csv, about } = output;
  const title = titleOf(output);
  const caption = about?.caption ?? null;
  const table = csv === null ? null : csvTable(csv);
  return html`<section class="output" id="${anchorOf(stem)}">
    <h3>${title}</h3>
    ${figure === null ? null : html`<figure>${picture(figure, svg, caption ?? title)}</figure>`}
    ${caption === null ? null : html`<figcaption>${caption}</figcaption>`}
    ${
      table === null
        ? null
        : figure === null
          ? table.markup
          : html`<details>
              <summary>Numbers (${table.rows} rows)</summary>
              ${table.markup}
            </details>`
    }
    ${about === null ? html`<p class="soft">No provenance was written for this output.</p>` : provenance(about.origin)}
  </section> `;
}

function provenance({ command, records, commits, data, numerics, versions }: Origin): Html {
  const sources = data.map(({ name, fingerprint, split, splitHash }) => {
    const part = split === null ? '' : `, split ${split} (${splitHash?.slice(0, 16) ?? ''})`;
    return html`<div>${name}, sha256 <span class="id">${fingerprint.slice(0, 16)}</span>${part}</div>`;
  });
  const count = records.length === 1 ? '1 record' : `${records.length} records`;
  return html`<details>
    <summary>Where this comes from: ${records.length === 0 ? 'computed, no records' : count}</summary>
    <dl>
      <dt>again with</dt>
      <dd><code>${command}</code></dd>
      ${fact('records', records, 'id')}${
        data.length === 0
          ? null
          : html`<dt>data</dt>
              <dd>${sources}</dd>`
      }
      ${fact('code', commits, 'id')}${fact('numerics', numerics)}${fact('versions', versions)}
    </dl>
  </details>`;
}

const fact = (name: string, values: readonly string[], kind = ''): Html | null =>
  values.length === 0
    ? null
    : html`<dt>${name}</dt>
        <dd class="${kind}">${values.map((text) => html`<span>${text}</span> `)}</dd>`;

/** CSV as an HTML table. Text stays text: only what is written as a number is printed as one. */
export function csvTable(csv: string): { markup: Html; rows: number } {
  const table = fromCSV(csv, { autoType: false }) as ColumnTable;
  const names = table.columnNames();
  const columns = names.map((name) => Array.from(table.array(name) as ArrayLike<string | null>));
  const numeric = columns.map((column) => column.every((cell) => !cell || NUMBER.test(cell)));
  const row = (i: number): Html =>
    html`<tr>
      ${columns.map(
        (column, k) =>
          html`<td${numeric[k] ? NUMBER_CLASS : null}>${shown(column[i] ?? '', numeric[k])}</td>`,
      )}
    </tr> `;
  const head = names.map((name, k) => html`<th scope="col" ${numeric[k] ? NUMBER_CLASS : null}>${name}</th>`);
  const rows = table.numRows();
  const markup = html`<div class="scroll${rows > 14 ? ' tall' : ''}">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${Array.from({ length: rows }, (_, i) => row(i))}
      </tbody>
    </table>
  </div>`;
  return { markup, rows };
}

const NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d+)?(e[+-]?\d{1,3})?$/;
const NUMBER_CLASS = html` class="number"`;

const shown = (cell: string, numeric: boolean): string =>
  numeric && cell !== '' ? formatNumber(Number(cell)) : cell;

/** Every equation, figure and table of the paper with its status, and how many have which. */
export function ledgerSection(ledger: ColumnTable): Html {
  const rows = ledger.objects() as Record<
    'item' | 'content' | 'known' | 'status' | 'where' | 'reason',
    string
  >[];
  const counts = new Map<string, number>();
  for (const { status } of rows) counts.set(status, (counts.get(status) ?? 0) + 1);
  const total = [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
  const line = (row: (typeof rows)[number]): Html =>
    html`<tr>
      <td class="item" data-label="item">${row.item}</td>
      <td class="claim" data-label="content">
        <span>${row.content}<span class="detail">${row.known}</span></span>
      </td>
      <td data-label="status">
        <span><span class="verdict ${STATUS_CLASS[row.status] ?? 'none'}">${row.status}</span></span>
      </td>
      <td class="note" data-label="reason">
        <span>${row.reason}${row.where ? html`<span class="detail">${row.where}</span>` : null}</span>
      </td>
    </tr> `;
  return html`<p>
      ${rows.length} items: ${total}. What an item holds is certain only where the second line says so.
    </p>
    <div class="scroll">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">item</th>
            <th scope="col">content</th>
            <th scope="col">status</th>
            <th scope="col">reason, and where</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(line)}
        </tbody>
      </table>
    </div>`;
}

const STATUS_CLASS: Readonly<Record<string, string>> = { reproduced: 'good', partly: 'near', later: 'open' };
