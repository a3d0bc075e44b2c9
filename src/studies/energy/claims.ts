// Each of the paper's energy ratios beside every network of ours on the same data set. Tests: test/studies/views.test.ts.
import { dataTitle } from '../../data/sets/index.js';
import type { SummaryRow } from '../../figures/summary.js';
import { verdict } from '../../statistics/verdict.js';
import type { StudyContext } from '../context.js';
import { PAPER_SETTING, settingOf } from '../paper-setting.js';
import type { ImpliedActivity } from './implied-activity.js';
import { spreadText } from './sentences.js';
import { type EnergyFindings, type EnergySubject, subjectTitle } from './subjects.js';

/** Times by which a ratio may differ and still count as the paper's; chosen before the runs. */
const TOLERANCE = 3;

const STEM = 'energy-implied';

/** The rows, data set by data set. */
export const energyClaims = (
  implied: readonly ImpliedActivity[],
  { subjects, missing }: EnergyFindings,
  { preset }: Pick<StudyContext, 'preset'>,
): SummaryRow[] =>
  implied.flatMap((published) => {
    const lacking = missing
      .filter(({ dataset }) => dataset === published.dataset)
      .map(({ name }) => name)
      .join(', ');
    const own = subjects.filter(({ dataset }) => dataset === published.dataset);
    if (own.length > 0) return own.map((subject) => subjectClaim(published, subject, lacking));
    const why = lacking
      ? `the evaluation of ${lacking} is not there yet`
      : `preset ${preset} trains nothing on ${dataTitle(published.dataset)}`;
    return [
      {
        ...claimOf(published),
        ours: null,
        n: null,
        verdict: verdict({ kind: 'notAttempted', why }),
        note: `T·S = ${published.product.toFixed(2)} is implied`,
        stem: STEM,
      },
    ];
  });

const claimOf = ({
  dataset,
  ratio,
  source,
}: ImpliedActivity): Pick<SummaryRow, 'claim' | 'paper' | 'paperSource'> => ({
  claim: `energy of the ANN over that of the SNN, ${dataTitle(dataset)}`,
  paper: `${ratio} times`,
  paperSource: source,
});

function subjectClaim(published: ImpliedActivity, subject: EnergySubject, lacking: string): SummaryRow {
  const { experiment, runs, energies, rate, ratio } = subject;
  const { steps } = experiment;
  const { train } = runs[0].data.split;
  return {
    ...claimOf(published),
    ours: `${spreadText(ratio)} times`,
    n: ratio.n,
    verdict: verdict({
      kind: 'value',
      paper: published.ratio,
      ours: ratio.n > 1 ? ratio : ratio.mean,
      tolerance: TOLERANCE,
      rounding: published.rounding,
      setting: {
        // T of the paper's ratios is not known: 0 equals none.
        paper: { ...PAPER_SETTING, data: `${published.dataset}, all`, steps: 0 },
        ours: settingOf(runs[0]),
      },
    }),
    note: `${subjectTitle(subject)}, ${train} training examples: T·S = ${(steps * rate.mean).toFixed(2)}; the paper's ratio implies ${published.product.toFixed(2)}${lacking ? `; no evaluation yet: ${lacking}` : ''}`,
    records: [...runs, ...energies].map(({ id }) => id),
    stem: STEM,
  };
}
