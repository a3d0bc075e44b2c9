// The summary's effects taken together: how many there are, and which verdicts allow for their number.
import { holm } from '../statistics/holm.js';
import { pText } from '../statistics/p-text.js';
import type { SummaryRow } from '../figures/summary.js';

/** Below this a corrected p counts: the level that goes with intervals of 95 %. */
const LEVEL = 0.05;

/** Whether a row is about an effect: its verdict is about a trend, or it has a p. */
export const isEffectClaim = ({ verdict, p }: SummaryRow): boolean =>
  p !== undefined || / trend (agrees|disagrees|undecided)/.test(verdict);

/** p of each row after Holm's correction over all effects of the summary; null where a row has none. */
export const correctedClaims = (rows: readonly SummaryRow[]): (number | null)[] =>
  holm(rows.map(({ p }) => p ?? null));

/**
 * Sentences to stand below the summary; none where it has no effects.
 *
 * @param rows - all rows of the summary: Holm's method corrects for the number of effects among them
 */
export function effectClaimNotes(rows: readonly SummaryRow[]): string[] {
  const effects = rows.filter(isEffectClaim);
  if (effects.length === 0) return [];
  const tested = effects.filter(({ p }) => typeof p === 'number');
  const corrected = correctedClaims(effects);
  const sided = effects.flatMap((row, i) => {
    const word = / trend (agrees|disagrees)/.exec(row.verdict)?.[1];
    return word === undefined ? [] : [{ word, claim: row.claim, p: row.p ?? null, holm: corrected[i] }];
  });
  const missing = effects.length - tested.length;
  const notes = [
    `The table holds ${effects.length} ${effects.length === 1 ? 'claim' : 'claims'} about effects. Intervals are 95 % t intervals over seeds only: each comparison has one training subset and one test set, so what other images would give is not in them. They are not corrected for their number.`,
  ];
  if (missing > 0)
    notes.push(
      missing === 1
        ? '1 of them has no p and is not counted below.'
        : `${missing} of them have no p and are not counted below.`,
    );
  if (sided.length === 0) return [...notes, 'No interval leaves zero out: every trend is undecided.'];
  const told = sided.map(({ word, claim, p, holm: after }) => {
    if (p === null || after === null) return `“${word}” (${claim}) has no p`;
    const kept = after < LEVEL ? 'stays' : 'does not stay';
    return `“${word}” (${claim}; ${pText(p)}) ${kept} below ${LEVEL}: corrected ${pText(after)}`;
  });
  return [...notes, `With Holm's correction over the ${tested.length} with a p, ${told.join('; ')}.`];
}
