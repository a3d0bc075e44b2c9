// The paper's claim to outperform other methods, judged where everything but the method is equal.
import type { SummaryRow } from '../../figures/summary.js';
import type { Method } from '../../methods/index.js';
import { pairedBySeed } from '../../statistics/seeds.js';
import { type Interval } from '../../statistics/interval.js';
import { type Tested, withTests } from '../../statistics/tested.js';
import { verdict } from '../../statistics/verdict.js';
import { networkLabel } from '../../network/architectures.js';
import { settingInWords, settingOf } from '../paper-setting.js';
import { METHOD_CASES, PAPER_METHOD, type TrainedCase } from './trials.js';

/** Accuracy of the paper's method minus that of another, within seeds. */
export interface Advantage extends Interval, Tested {
  method: string;
}

/** The paper's own parts, and SGS by another rule, are no methods of others. */
const OF_THE_PAPER = ['sgs', PAPER_METHOD, 'sgsCurvature', 'lr'];
const isOther = ({ name }: Method): boolean => !OF_THE_PAPER.includes(name);

/** Methods of others that a verdict asks for: all that have a preset `equal`. */
export const OTHERS: readonly string[] = METHOD_CASES.filter(
  ({ method, as }) => as === 'equal' && isOther(method),
).map(({ method }) => method.name);

/** The paper's method against each of others, all `equal`; p corrected for their number. */
export function advantages(cases: readonly TrainedCase[]): Advantage[] {
  const equal = cases.filter(({ as }) => as === 'equal');
  const ours = equal.find(({ method }) => method.name === PAPER_METHOD);
  return withTests(
    equal
      .filter(({ method }) => OTHERS.includes(method.name))
      .flatMap(({ method, runs }) => {
        const difference = pairedBySeed(ours?.runs ?? [], runs);
        return difference === undefined ? [] : [{ method: method.name, ...difference }];
      }),
  );
}

/** How many of the others lie below the paper's method, above it, and neither, after Holm's correction. */
export function tally(found: readonly Advantage[]): { below: string[]; above: string[]; open: string[] } {
  const decided = ({ pHolm }: Advantage): boolean => pHolm !== null && pHolm < 0.05;
  const names = (of: readonly Advantage[]): string[] => of.map(({ method }) => method);
  return {
    below: names(found.filter((one) => decided(one) && one.mean > 0)),
    above: names(found.filter((one) => decided(one) && one.mean < 0)),
    open: names(found.filter((one) => !decided(one))),
  };
}

/**
 * The claim with its verdict: it agrees where the paper's method is above every other one, and disagrees where one of these is
 * above it, after Holm's correction; until all have a seed it is not attempted.
 */
export function outperforms(cases: readonly TrainedCase[]): SummaryRow[] {
  const run = cases.flatMap(({ runs }) => runs)[0];
  if (run === undefined) return [];
  const found = advantages(cases);
  const { below, above, open } = tally(found);
  const setting = settingOf(run);
  const isWhole = found.length === OTHERS.length;
  const word = above.length > 0 ? 'disagrees' : open.length > 0 ? 'undecided' : 'agrees';
  return [
    {
      claim: 'SGS with LR outperforms other methods, everything but the method equal',
      paper: 'outperforms',
      paperSource: 'abstract',
      ours:
        found.length === 0
          ? null
          : `above ${below.length}, below ${above.length}, undecided ${open.length} of ${found.length} methods`,
      n: found.length === 0 ? null : Math.min(...found.map(({ n }) => n)),
      verdict: isWhole
        ? `different setting: trend ${word} (after Holm's correction)`
        : verdict({
            kind: 'notAttempted',
            why: `${found.length} of ${OTHERS.length} methods of others have been trained`,
          }),
      note: `${networkLabel(run.experiment.network)}, ${settingInWords(setting)}`,
      stem: 'methods-advantages',
    },
  ];
}
