// The claim of Fig. 7 beside ours: LR helps most where noise is strongest. Tests: test/studies/views.test.ts.
import { noiseTitle } from '../../data/images/noise-definitions.js';
import { networkStem } from '../../figures/by-network.js';
import { readPaper } from '../../figures/paper.js';
import type { SummaryRow } from '../../figures/summary.js';
import { networkLabel } from '../../network/architectures.js';
import type { RunRecord } from '../../records/record.js';
import { tTestOf } from '../../statistics/significance.js';
import { verdict } from '../../statistics/verdict.js';
import { effectInBrief } from '../../statistics/wording.js';
import { PAPER_SETTING, settingInWords, settingOf } from '../paper-setting.js';
import type { NoiseGain } from './points.js';

/** The level of noise at which the paper's gain is largest. */
const JUDGED = 0.1;

/** A row for each gain at the paper's highest level of noise. */
export function noiseClaims(
  gains: readonly NoiseGain[],
  trained: readonly RunRecord[],
  networks: readonly string[],
): SummaryRow[] {
  const published = readPaper('fig7').objects() as Record<string, number>[];
  const last = published[published.length - 1];
  return gains
    .filter(({ level }) => level === JUDGED)
    .map((gain) => {
      const { network, definition, beta } = gain;
      const kind = definition.startsWith('gaussian') ? 'gaussian' : 'salt_pepper';
      const paper = last[`acc_w_LR_${kind}`] - last[`acc_wo_LR_${kind}`];
      const ours = settingOf(trained.find((run) => networkLabel(run.experiment.network) === network)!);
      return {
        claim: `LR raises accuracy at noise level 0.10 (${network}, ${noiseTitle(definition)}, β = ${beta})`,
        paper: `${paper.toFixed(2)} points`,
        paperSource: 'Fig. 7',
        ours: effectInBrief(gain),
        n: gain.n,
        p: tTestOf(gain).p,
        verdict: verdict({
          kind: 'effect',
          paper,
          ours: gain,
          setting: { paper: PAPER_SETTING, ours },
          unit: 'points',
        }),
        note: `${network}, ${settingInWords(ours)}`,
        stem: networkStem(`noise-robustness-${definition}`, network, networks),
      };
    });
}
