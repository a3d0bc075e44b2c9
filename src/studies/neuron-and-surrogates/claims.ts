// Fig. 3 beside what the engine computes. Tests: test/studies/views.test.ts.
import type { SummaryRow } from '../../figures/summary.js';
import { verdict } from '../../statistics/verdict.js';
import { type ComputedCase, SIX_CASES } from './six-cases.js';

/** One row: in how many cases the arrows are as the figure says. */
export function neuronClaims(cases: readonly ComputedCase[]): SummaryRow[] {
  const paper = SIX_CASES.length;
  const ours = cases.filter(({ published, computed }) => published === computed).length;
  return [
    {
      claim: 'cases of Fig. 3 in which |g_v| against |g_o| is as the figure says',
      paper,
      paperSource: 'Fig. 3 (authors’ repository)',
      ours,
      n: null,
      verdict: verdict({ kind: 'value', paper, ours, tolerance: 0, rounding: 0 }),
      note: 'arrows read as descent directions −g: with +g four of the six would contradict the formula',
      stem: 'neuron-and-surrogates-fig3',
    },
  ];
}
