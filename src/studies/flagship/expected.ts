// Expectations of the flagship, written down before its trainings (data/flagship-cifar10.md), and what became of them.
import { noiseTitle } from '../../data/images/noise-definitions.js';
import { isWithin, type Range, rangeText } from '../expectation.js';
import type { FlagshipRow } from './accuracy.js';
import { flagshipGain, type FlagshipNoiseRow } from './noise.js';
import type { Flagship } from './trials.js';

/** Levels of noise between which a gain would grow. */
const [FROM, TO] = [0.02, 0.1];

/** An expectation with what came; of one seed, so that nothing is sure. */
export interface FlagshipExpectation {
  what: string;
  expected: string;
  /** In % or points, of energy times. null where a training is missing. */
  came: number | null;
  outcome: 'inside' | 'outside' | 'not there yet';
}

/** Each expectation, in the order in which they were written down. */
export function flagshipExpected(
  rows: readonly FlagshipRow[],
  noise: readonly FlagshipNoiseRow[],
): FlagshipExpectation[] {
  const of = (name: Flagship): FlagshipRow | undefined => rows.find(({ training }) => training === name);
  const [ours, plain, twin] = [of('SGS and LR'), of('neither'), of('ANN twin')];
  const held = (what: string, range: Range, came: number | null | undefined): FlagshipExpectation => ({
    ...{ what, expected: rangeText(range, edge), came: came ?? null },
    outcome: came == null ? 'not there yet' : isWithin(came, range) ? 'inside' : 'outside',
  });
  return [
    held('accuracy of SGS and LR, %', [80, 83], ours?.last),
    held('SGS and LR minus neither, points', [-1.5, 1.5], ours && plain && ours.last - plain.last),
    held('ANN twin minus SGS and LR, points', [4, 8], ours && twin && twin.last - ours.last),
    held('training minus test accuracy of SGS and LR, points', [-Infinity, 3], ours?.gap),
    held('energy of the ANN over that of SGS and LR, the paper’s counting', [40, 50], ours?.timesLess),
    ...growths(noise).map(({ of: definition, growth }) =>
      held(
        `gain of SGS and LR at noise ${TO} minus that at ${FROM}, points${definition}`,
        [-Infinity, 0],
        growth,
      ),
    ),
  ];
}

/** How the gain grows under each definition of noise; one without a number where none was measured with and without. */
function growths(noise: readonly FlagshipNoiseRow[]): { of: string; growth?: number }[] {
  const found = [...new Set(noise.map(({ definition }) => definition))].flatMap((definition) => {
    const [low, high] = [FROM, TO].map((level) => flagshipGain(noise, definition, level));
    if (low === undefined || high === undefined) return [];
    return [{ of: `: ${noiseTitle(definition)}`, growth: high - low }];
  });
  return found.length === 0 ? [{ of: '' }] : found;
}

const edge = (value: number): string => `${value < 0 ? '−' : ''}${Math.abs(value)}`;
