// The sections of the report: the summary, and each output with its provenance.
import type { Origin } from '../figures/origin.js';
import type { SummaryRow } from '../figures/summary.js';
import { titleText } from '../figures/theme.js';
import { pText } from '../statistics/p-text.js';
import { minusInText } from '../text.js';
import { claimValue } from './claim-rows.js';
import { correctedClaims, effectClaimNotes, isEffectClaim } from './effect-claims.js';
import { type Fragment, markup, type Markup } from './markup.js';
import { csvTable } from './numbers.js';
import type { Output } from './outputs.js';
import { picture } from './picture.js';
import { prose } from './prose.js';
import { type Listed, recordId } from './records.js';
import { claimAndSetting } from './forest.js';
import { claimGroups, verdictClass, VERDICTS } from './verdicts.js';

/** An output's heading: said by its provenance, else the figure's title, else its stem. */
export const titleOf = ({ stem, figure, about }: Output): string =>
  about?.title ?? (figure === null ? null : titleText(figure)) ?? stem;

/** A stem as the anchor of its section. */
export const anchorOf = (stem: string): string => `output-${stem}`;

/** The head of a table. */
export const tableHead = (...names: readonly string[]): Markup =>
  markup`<thead><tr>${names.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>`;

/**
 * The table "paper / ours / verdict", and below it what its effects are worth together.
 *
 * @param stems - outputs that claims can link to
 */
export function summaryTable(rows: readonly SummaryRow[], stems: ReadonlySet<string>): Markup {
  if (rows.length === 0) return markup`<p class="soft">No claim has been compared yet.</p>`;
  const corrected = correctedClaims(rows);
  const line = (row: SummaryRow, words: string, before: SummaryRow | undefined): Markup => {
    const { paper, paperSource, ours, n, verdict, p, note, stem } = row;
    const linked = stem !== undefined && stems.has(stem);
    const [said, detail] = splitVerdict(verdict);
    const after = corrected[rows.indexOf(row)];
    const test = typeof p === 'number' && after !== null ? `${pText(p)}, corrected ${pText(after)}` : null;
    const published = claimValue(paper) ?? markup`<span class="soft">not known</span>`;
    const badge = markup`<span class="verdict ${verdictClass(verdict)}">${said}</span>`;
    return markup`<tr>
<td class="claim" data-label="claim"><span>${linked ? markup`<a href="#${anchorOf(stem)}">${words}</a>` : words}${small(note === before?.note ? null : minusInText(note ?? ''))}</span></td>
<td class="given" data-label="paper"><span>${published}${small(paperSource)}</span></td>
<td class="ours" data-label="ours">${claimValue(ours) ?? '–'}</td>
<td data-label="seeds">${n ?? '–'}</td>
<td class="judged" data-label="verdict"><span>${badge}${small(minusInText(withoutSeeds(detail, n)))}${small(test)}</span></td>
</tr>
`;
  };
  const head = tableHead(
    ...['claim', 'paper', rows.some(isEffectClaim) ? 'ours [95 % interval]' : 'ours', 'seeds', 'verdict'],
  );
  const tableOf = (lines: Fragment): Markup =>
    markup`<div class="scroll"><table class="cards">\n${head}\n<tbody>\n${lines}</tbody>\n</table></div>`;
  const groups = claimGroups(rows);
  const single = groups.filter(([, members]) => members.length === 1).flatMap(([, members]) => members);
  const folded = groups
    .filter(([, members]) => members.length > 1)
    .map(([claim, members]) => {
      const counts = Object.keys(VERDICTS).map((name) => {
        const count = members.filter(({ verdict }) => verdictClass(verdict) === name).length;
        return count === 0 ? null : markup` <span class="verdict ${name}">${count}</span>`;
      });
      return markup`<details class="claims"><summary><strong>${claim}</strong>${counts}</summary>${tableOf(members.map((row, i) => line(row, claimAndSetting(row.claim)[1] || claim, members[i - 1])))}</details>\n`;
    });
  return markup`${folded}${single.length === 0 ? null : tableOf(single.map((row) => line(row, row.claim, undefined)))}
${effectClaimNotes(rows).map((text) => markup`<p>${text}</p>\n`)}`;
}

/** A second, smaller line in a cell. */
export const small = (text: string | null): Fragment =>
  text === null || text === '' ? null : markup`<span class="detail">${text}</span>`;

/** The number of seeds has its own column. */
const withoutSeeds = (detail: string, n: number | null): string =>
  n !== null && detail.startsWith(`n = ${n}`) ? detail.slice(`n = ${n}`.length).replace(/^; /, '') : detail;

/** The words of a verdict, and what follows them in brackets or, where they end with a reason, after the colon. */
function splitVerdict(verdict: string): [words: string, detail: string] {
  const found =
    /^(not attempted|paper's value unknown|different setting): (?!trend )([^]*)$/.exec(verdict) ??
    /^([^(]*[^( ]) \(([^]*)\)$/.exec(verdict);
  return found === null ? [verdict, ''] : [found[1], found[2]];
}

/**
 * A figure or table with caption, numbers and provenance.
 *
 * @param options - `listed`: records that ids link to; `trained`: whether to say what the trainings saw, default true
 */
export function outputSection(
  output: Output,
  { listed = new Set(), trained = true }: { listed?: Listed; trained?: boolean } = {},
): Markup {
  const { stem, figure, svg, csv, about } = output;
  const title = titleOf(output);
  const caption = about?.caption ?? null;
  return markup`<section class="output" id="${anchorOf(stem)}">
<h3>${title}</h3>
<figure>
${figure === null ? null : picture(figure, svg, caption ?? title)}
${caption === null ? null : markup`<figcaption>${prose(caption)}</figcaption>`}
</figure>
${trained ? trainedOn(about?.origin.trainings ?? []) : null}
${csv === null ? null : numbers(csv, figure === null, listed)}
${about === null ? markup`<p class="soft">No provenance was written for this output.</p>` : provenance(about.origin, listed)}
</section>
`;
}

/** How much data stands behind what is shown: in sight, since few of our runs saw all of it. */
const trainedOn = (trainings: readonly string[]): Fragment =>
  trainings.length === 0 ? null : markup`<p class="trained">Trained on ${trainings.join('; ')}.</p>`;

/** A table of its own stands open; the numbers of a figure are folded below it. */
function numbers(csv: string, open: boolean, listed: Listed): Markup {
  const { table, rows } = csvTable(csv, listed);
  const count = `${rows} ${rows === 1 ? 'row' : 'rows'}`;
  return open ? table : markup`<details><summary>Numbers (${count})</summary>${table}</details>`;
}

function provenance({ command, records, commits, data, numerics, versions }: Origin, listed: Listed): Markup {
  const sources = data.map(({ name, fingerprint, split, splitHash }) => {
    const part = split === null ? '' : `, split ${split} ${splitHash?.slice(0, 16) ?? ''}`;
    return `${name}, sha256 ${fingerprint.slice(0, 16)}${part}`;
  });
  const count =
    records.length === 0
      ? 'computed, no records'
      : `${records.length} ${records.length === 1 ? 'record' : 'records'}`;
  return markup`<details class="provenance"><summary>Where this comes from: ${count}</summary><dl>
<dt>again with</dt><dd><code>${command}</code></dd>
${fact(
  'records',
  records.map((id) => recordId(id, listed)),
)}${fact('data and split', sources)}${fact('code', commits)}
${fact('numerics', numerics)}${fact('versions', versions)}
</dl></details>`;
}

const fact = (name: string, values: readonly (string | Markup)[]): Fragment =>
  values.length === 0
    ? null
    : markup`<dt>${name}</dt><dd>${values.map((value) => [typeof value === 'string' ? markup`<span class="id">${value}</span>` : value, ' '])}</dd>`;
