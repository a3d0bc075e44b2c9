// The one accuracy of the paper that is public beside that of our runs nearest to its setting. Tests: test/studies/views.test.ts.
import { paperClaim } from '../../figures/paper.js';
import type { SummaryRow } from '../../figures/summary.js';
import type { RunRecord } from '../../records/record.js';
import { verdict } from '../../statistics/verdict.js';
import { PAPER_SETTING, settingOf } from '../paper-setting.js';
import type { ComparisonRow } from './rows.js';

/** Points within which an accuracy counts as the paper's; chosen before the runs. */
const TOLERANCE = 1;

/** The accuracy that the authors state, in %. */
export const paperAccuracy = (): ReturnType<typeof paperClaim> =>
  paperClaim('accuracy in the ablation setting');

/**
 * The claim beside ours.
 *
 * @param best - our row whose setting is nearest to the paper's, whatever its accuracy; undefined where there is no run
 * @param runs - finished runs, that row's among them
 */
export function comparisonClaims(best: ComparisonRow | undefined, runs: readonly RunRecord[]): SummaryRow[] {
  const { value, rounding, source } = paperAccuracy();
  const run = best && runs.find(({ id }) => id === best.runs[0]);
  return [
    {
      claim: 'CIFAR-10, ResNet-19, T = 2, SGS and LR: test accuracy',
      paper: `${value} %`,
      paperSource: source,
      ours: best && run ? `${best.accuracy.toFixed(2)} %` : null,
      n: best && run ? best.n : null,
      verdict:
        best && run
          ? verdict({
              kind: 'value',
              paper: value,
              ours: best.accuracy,
              tolerance: TOLERANCE,
              rounding,
              setting: { paper: PAPER_SETTING, ours: settingOf(run) },
            })
          : verdict({ kind: 'notAttempted', why: 'there is no record of a run on CIFAR-10' }),
      note: best
        ? `${best.architecture}, ${best.source}`
        : 'sgs data cifar10, then npm run reproduce -- --preset desk',
      stem: 'comparison-cifar10',
    },
  ];
}
