// Parameters, operations and strides that the paper and the authors' code state, beside those counted from the description.
// Tests: test/studies/views.test.ts.
import { paperClaim } from '../../figures/paper.js';
import type { SummaryRow } from '../../figures/summary.js';
import { resnet19 } from '../../network/nets/resnet19.js';
import { countParameters } from '../../network/parameters.js';
import { verdict } from '../../statistics/verdict.js';
import { agreeingBlocks, type BlockStrides } from './strides.js';
import { macsPerStep } from './networks.js';

/** Residual blocks of ResNet-19. */
const BLOCKS = 8;

/** A row for each count. @param strides - of the network that is shown */
export function architectureClaims(strides: readonly BlockStrides[]): SummaryRow[] {
  const counted = [10, 100].flatMap((classes) => {
    const network = resnet19({ classes });
    const row = (claim: string, ours: number): SummaryRow => {
      const { value, source } = paperClaim(claim, `cifar${classes}`);
      return exact(`${claim}, ${classes} classes`, {
        paper: value,
        source,
        ours,
        note: 'counted from the network description',
      });
    };
    return [
      row('trainable parameters of ResNet-19', countParameters(network)),
      row('multiply-accumulates of one step', macsPerStep(network)),
    ];
  });
  return [
    ...counted,
    exact('blocks whose strides are those of the appendix', {
      paper: BLOCKS,
      source: 'appendix 1.1',
      ours: agreeingBlocks(strides),
      note: 'stride 2 in the first convolution of Block4 and Block7 only',
    }),
  ];
}

/** A count that is equal or is not. */
const exact = (
  claim: string,
  { paper, source, ours, note }: { paper: number; source: string; ours: number; note: string },
): SummaryRow => ({
  claim,
  paper,
  paperSource: source,
  ours,
  n: null,
  verdict: verdict({ kind: 'value', paper, ours, tolerance: 0, rounding: 0 }),
  note,
  stem: 'architecture-layers',
});
