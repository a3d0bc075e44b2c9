// The verdicts of the summary counted, and in three sentences.
import type { SummaryRow } from '../figures/summary.js';
import { claimAndSetting } from './forest.js';
import { type Fragment, markup } from './markup.js';

/** Colour groups of verdicts, in the order of the strip. */
export const VERDICTS = {
  good: 'reproduced',
  near: 'agrees',
  open: 'undecided',
  bad: 'disagrees',
  none: 'cannot be compared',
} as const;
/** One of them. */
export type VerdictClass = keyof typeof VERDICTS;

/** The colour group of a verdict: it repeats what the words say. */
export function verdictClass(verdict: string): VerdictClass {
  if (verdict === 'reproduced') return 'good';
  if (verdict === 'within tolerance' || verdict.includes(' trend agrees')) return 'near';
  if (verdict === 'not reproduced' || verdict.includes(' trend disagrees')) return 'bad';
  return verdict.includes(' trend ') ? 'open' : 'none';
}

const counted = (rows: readonly SummaryRow[]): [VerdictClass, number][] =>
  (Object.keys(VERDICTS) as VerdictClass[])
    .map((name): [VerdictClass, number] => [
      name,
      rows.filter(({ verdict }) => verdictClass(verdict) === name).length,
    ])
    .filter(([, count]) => count > 0);

/** How many claims have which verdict, as a strip of badges. */
export const verdictStrip = (rows: readonly SummaryRow[]): Fragment =>
  rows.length === 0
    ? null
    : markup`<p class="strip">${counted(rows).map(([name, count]) => markup`<span class="verdict ${name}">${count} ${VERDICTS[name]}</span> `)}</p>`;

/** Claims that are about the same, in the order in which they are met. */
export function claimGroups(rows: readonly SummaryRow[]): [claim: string, rows: SummaryRow[]][] {
  const groups = new Map<string, SummaryRow[]>();
  for (const row of rows) {
    const [claim] = claimAndSetting(row.claim);
    groups.set(claim, [...(groups.get(claim) ?? []), row]);
  }
  return [...groups];
}

/** At most this many claims get a sentence. */
const SENTENCES = 3;

/** What came out of the claims about effects, a sentence each, those with most effects first. */
export function verdictSentences(rows: readonly SummaryRow[]): string[] {
  const effects = rows.filter(({ verdict }) => ['near', 'open', 'bad'].includes(verdictClass(verdict)));
  return claimGroups(effects)
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, SENTENCES)
    .map(([claim, of]) => {
      const said = counted(of).map(([name, count]) => `${count} ${VERDICTS[name]}`);
      return `${claim}: ${of.length === 1 ? 'one effect' : `of ${of.length} effects`}, ${said.join(', ')}.`;
    });
}
