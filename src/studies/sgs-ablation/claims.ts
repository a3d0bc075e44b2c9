// The abstract's claims that SGS and LR raise accuracy, beside ours: a row for each effect with the paper's surrogate.
// Tests: test/studies/views.test.ts.
import { networkStem } from '../../figures/by-network.js';
import type { SummaryRow } from '../../figures/summary.js';
import { verdict } from '../../statistics/verdict.js';
import { effectInBrief } from '../../statistics/wording.js';
import { PAPER_SETTING, settingInWords, settingOf } from '../paper-setting.js';
import type { Ablation } from './ablations.js';

/** Those of SGS first, then those of LR, of each network; effects of too few seeds for an interval are not judged. */
export const ablationClaims = (ablations: readonly Ablation[], networks: readonly string[]): SummaryRow[] =>
  ablations.flatMap(({ network, cells, effects }) => {
    if (cells.length === 0) return [];
    const ours = settingOf(cells[0].runs[0]);
    const judged = effects.filter(({ surrogate, lower }) => surrogate === 'rectangle' && lower !== null);
    return (['SGS', 'LR'] as const)
      .flatMap((kind) => judged.filter(({ of }) => of === kind))
      .map((effect) => ({
        claim: `${effect.of} raises accuracy: ${effect.effect}, rectangle, ${network}`,
        paper: 'higher',
        paperSource: 'abstract',
        ours: effectInBrief(effect),
        n: effect.n,
        p: effect.p,
        verdict: verdict({
          kind: 'effect',
          paper: 1,
          ours: effect,
          setting: { paper: PAPER_SETTING, ours },
          unit: 'points',
        }),
        note: `${network}, ${settingInWords(ours)}`,
        stem: networkStem('sgs-ablation-effects', network, networks),
      }));
  });
