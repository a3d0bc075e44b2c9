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

/** The paper's method against each of others, all `equal`; p corrected for all of them, those without three seeds too. */
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
    OTHERS.length,
  );
}

/** Methods of others, by where they lie. */
export interface Tally {
  /** Below the paper's method after Holm's correction, or a seed of theirs diverged. */
  below: string[];
  /** Above it after Holm's correction. */
  above: string[];
  /** Neither. */
  open: string[];
  /** Those of `below` of which a seed diverged. */
  diverged: string[];
}

/** Where the methods of others lie that were trained. */
export function tally(cases: readonly TrainedCase[]): Tally {
  const diverged = cases
    .filter((one) => one.as === 'equal' && isOther(one.method) && one.diverged.length > 0)
    .map(({ method }) => method.name);
  const found = advantages(cases).filter(({ method }) => !diverged.includes(method));
  const isDecided = ({ pHolm }: Advantage): boolean => pHolm !== null && pHolm < 0.05;
  const names = (of: readonly Advantage[]): string[] => of.map(({ method }) => method);
  return {
    below: [...names(found.filter((one) => isDecided(one) && one.mean > 0)), ...diverged],
    above: names(found.filter((one) => isDecided(one) && one.mean < 0)),
    open: names(found.filter((one) => !isDecided(one))),
    diverged,
  };
}

/**
 * The claim with its verdict: it agrees where the paper's method is above every other one, and disagrees where one of these is
 * above it, after Holm's correction; one of which a seed diverged counts as below. Until all have a seed it is not attempted.
 */
export function outperforms(cases: readonly TrainedCase[]): SummaryRow[] {
  const run = cases.flatMap(({ runs }) => runs)[0];
  if (run === undefined) return [];
  const { below, above, open, diverged } = tally(cases);
  const trained = below.length + above.length + open.length;
  const isJudged = trained === OTHERS.length; // the correction is for all of them
  const seeds = advantages(cases).map(({ n }) => n);
  const setting = settingOf(run);
  const word = above.length > 0 ? 'disagrees' : open.length > 0 ? 'undecided' : 'agrees';
  return [
    {
      claim: 'SGS with LR outperforms other methods, everything but the method equal',
      paper: 'outperforms',
      paperSource: 'abstract',
      ours: isJudged
        ? `of ${trained} methods it lies above ${below.length}${diverged.length === 0 ? '' : ` (${diverged.length} of them diverged)`} and below ${above.length}; ${open.length} are open`
        : null,
      n: isJudged && seeds.length > 0 ? Math.min(...seeds) : null,
      verdict: isJudged
        ? `different setting: trend ${word} (after Holm's correction)`
        : verdict({
            kind: 'notAttempted',
            why: `${trained} of ${OTHERS.length} methods of others have been trained`,
          }),
      note: `${networkLabel(run.experiment.network)}, ${settingInWords(setting)}`,
      stem: 'methods-advantages',
    },
  ];
}
