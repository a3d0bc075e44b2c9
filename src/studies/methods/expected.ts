// Expectations of the methods, written down before they were trained (data/methods-cifar10.md), and what became of them.
import { hasInterval, shownInterval } from '../../statistics/few.js';
import type { Interval } from '../../statistics/interval.js';
import { signed } from '../../statistics/wording.js';
import { isWithin, type Range, rangeText } from '../expectation.js';
import type { MethodEffect } from './rows.js';

/** Points of test accuracy against the baseline; ±Infinity where one side is open, `none`: no effect to be seen. */
export type Expectation = Range | 'none';

const WITHIN_ONE: Expectation = [-1, 1];
const UP_TO_TWO_MORE: Expectation = [0, 2];
/** "Several points" are two or more. */
const SEVERAL_LOWER: Expectation = [-Infinity, -2];

/** By method, of preset `equal`; what was expected of LR stands in data/whole-cifar10.md. */
export const EXPECTED: Readonly<Record<string, Expectation>> = {
  triangle: WITHIN_ONE,
  exponential: WITHIN_ONE,
  fastSigmoid: WITHIN_ONE,
  atan: WITHIN_ONE,
  dspike: WITHIN_ONE,
  sgs: 'none',
  sgsCurvature: [-2, 1],
  esg: WITHIN_ONE,
  mpdAgl: WITHIN_ONE,
  stdb: SEVERAL_LOWER,
  plif: UP_TO_TWO_MORE,
  glif: UP_TO_TWO_MORE,
  liaf: [3, Infinity],
  clif: UP_TO_TWO_MORE,
  diet: UP_TO_TWO_MORE,
  stl: UP_TO_TWO_MORE,
  trsg: UP_TO_TWO_MORE,
  learnableRectangle: UP_TO_TWO_MORE,
  stepwiseBn: WITHIN_ONE,
  tdbn: WITHIN_ONE,
  tdbnInit: WITHIN_ONE,
  tebn: WITHIN_ONE,
  bntt: WITHIN_ONE,
  neuNorm: SEVERAL_LOWER,
  mpbn: UP_TO_TWO_MORE,
  parseval: WITHIN_ONE,
  tet: WITHIN_ONE,
  rateMse: [-3, -1],
  imLoss: WITHIN_ONE,
  distribution: WITHIN_ONE,
  ratePenalty: [-1, 0],
};

/** What became of an expectation. */
export type Outcome = 'came so' | 'did not' | 'none seen' | 'open' | 'so far inside' | 'so far outside';

/** An expectation with what came. */
export interface ExpectedRow extends Pick<Interval, 'n' | 'mean' | 'lower' | 'upper'> {
  method: string;
  expected: string;
  outcome: Outcome;
}

/** Expectations of the methods that were trained as `equal`, in the order of the registry. */
export const expectedRows = (effects: readonly MethodEffect[]): ExpectedRow[] =>
  effects.flatMap((effect) => {
    const { method, as } = effect;
    const expectation = EXPECTED[method];
    if (as !== 'equal' || expectation === undefined) return [];
    const { n, mean, lower, upper } = shownInterval(effect);
    const outcome = outcomeOf(expectation, effect);
    return [{ method, expected: inWords(expectation), n, mean, lower, upper, outcome }];
  });

/**
 * Where an effect lies to what was expected of it.
 *
 * With an interval: `came so` where it lies within, `did not` where it lies outside, `open` else. No effect `did not` come where the
 * interval excludes 0; where it does not, `none seen`, which with few seeds is weak. Without (fewer than three seeds): the side on
 * which the effect itself lies, and `open` for no effect.
 */
export function outcomeOf(
  expectation: Expectation,
  effect: Pick<Interval, 'n' | 'mean' | 'lower' | 'upper'>,
): Outcome {
  const { mean } = effect;
  if (expectation === 'none') {
    if (!hasInterval(effect)) return 'open';
    return effect.lower > 0 || effect.upper < 0 ? 'did not' : 'none seen';
  }
  if (!hasInterval(effect)) return isWithin(mean, expectation) ? 'so far inside' : 'so far outside';
  const [least, most] = expectation;
  if (isWithin(effect.lower, expectation) && isWithin(effect.upper, expectation)) return 'came so';
  return effect.upper < least || effect.lower > most ? 'did not' : 'open';
}

const edge = (points: number): string => (points === 0 ? '0' : signed(points, 0));

function inWords(expectation: Expectation): string {
  if (expectation === 'none') return 'none to be seen';
  return rangeText(expectation, edge);
}
