// The summary's claims as rows of text: what the report's table and that of RESULTS.md both say of them.
import type { SummaryRow } from '../figures/summary.js';
import { formatNumber } from '../figures/table.js';
import { pValueText } from '../statistics/p-text.js';
import { minusInText, withMinus } from '../text.js';
import { correctedClaims } from './effect-claims.js';

/** A number with its thousands apart, a text as it is, each minus a true one; null for a value that is not known. */
export function claimValue(shown: string | number | null): string | null {
  if (typeof shown !== 'number') return shown === null ? null : minusInText(shown);
  const text = Number.isInteger(shown)
    ? String(shown).replaceAll(/\B(?=(\d{3})+$)/g, ',')
    : formatNumber(shown, 6);
  return withMinus(text);
}

/** A row for each claim, in the order given; p and p after Holm's correction over all of them where there are effects. */
export function claimRows(summary: readonly SummaryRow[]): Record<string, string>[] {
  const corrected = correctedClaims(summary);
  const tested = summary.some(({ p }) => typeof p === 'number');
  return summary.map(({ claim, paper, paperSource, ours, n, verdict, p, note }, i) => {
    const after = corrected[i];
    const source = paperSource === null ? '' : ` (${paperSource})`;
    return {
      claim,
      paper: (claimValue(paper) ?? 'not known') + source,
      ours: claimValue(ours) ?? '–',
      seeds: n === null ? '–' : String(n),
      verdict: minusInText(verdict),
      ...(tested && {
        p: typeof p === 'number' ? pValueText(p) : '',
        'p, corrected': after === null ? '' : pValueText(after),
      }),
      note: minusInText(note ?? ''),
    };
  });
}
