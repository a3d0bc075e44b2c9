// The abstract's claim that LR improves generalisation, beside ours. Tests: test/studies/views.test.ts.
import type { SummaryRow } from '../../figures/summary.js';
import type { RunRecord } from '../../records/record.js';
import { gapOf, pairedBySeed } from '../../statistics/seeds.js';
import { tTestOf } from '../../statistics/significance.js';
import { verdict } from '../../statistics/verdict.js';
import { effectInBrief } from '../../statistics/wording.js';
import { PAPER_SETTING, settingInWords, settingOf } from '../paper-setting.js';

/** The β of the authors' code. */
const JUDGED = 1e-4;

/** A row about the gap between training and test accuracy; none where no seed has both β = 0 and the authors' β. */
export function lipschitzClaims(trained: readonly RunRecord[]): SummaryRow[] {
  const at = (beta: number): RunRecord[] =>
    trained.filter(({ experiment }) => experiment.lipschitz.beta === beta);
  const effect = pairedBySeed(at(JUDGED), at(0), gapOf);
  if (effect === undefined) return [];
  const ours = settingOf(trained[0]);
  return [
    {
      claim: `LR (β = ${JUDGED}) improves generalisation: training minus test accuracy`,
      paper: 'better generalisation (our reading: a smaller gap)',
      paperSource: 'abstract',
      ours: effectInBrief(effect),
      n: effect.n,
      p: tTestOf(effect).p,
      verdict: verdict({
        kind: 'effect',
        paper: -1,
        ours: effect,
        setting: { paper: PAPER_SETTING, ours },
        unit: 'points',
      }),
      note: settingInWords(ours),
      stem: 'lipschitz-sweep-beta',
    },
  ];
}
