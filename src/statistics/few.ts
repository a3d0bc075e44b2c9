// Intervals from fewer than three values are computed, not shown.
import type { Interval } from './interval.js';

/**
 * The fewest values whose interval is shown. Two values have one degree of freedom: their spread is a single difference,
 * and by chance it is tiny often enough to make an interval look sure.
 */
export const FEWEST_FOR_INTERVAL = 3;

/**
 * Whether an effect has an interval that may be shown.
 *
 * @param effect - a mean with its number of values
 * @returns true from three values on
 */
export const hasInterval = <Effect extends Pick<Interval, 'n' | 'lower' | 'upper'>>(
  effect: Effect,
): effect is Effect & { lower: number; upper: number } =>
  effect.n >= FEWEST_FOR_INTERVAL && effect.lower !== null && effect.upper !== null;

/**
 * An effect as it may be shown: below three values without the edges of its interval.
 *
 * @param effect - a mean with its number of values
 * @returns the effect; below three values both edges are null
 */
export const shownInterval = <Effect extends Pick<Interval, 'n' | 'lower' | 'upper'>>(
  effect: Effect,
): Effect => (hasInterval(effect) ? effect : { ...effect, lower: null, upper: null });

/**
 * What a title or a legend says of the intervals that are drawn.
 *
 * @param effects - all that are drawn
 * @returns `, 95 % interval`, or that there are too few seeds for any
 */
export const intervalWords = (effects: readonly Pick<Interval, 'n' | 'lower' | 'upper'>[]): string =>
  effects.some(hasInterval) ? ', 95 % interval' : ', too few seeds for an interval';

/** Text in place of an interval: `n = 2: too few for an interval`. */
export const tooFew = ({ n }: Pick<Interval, 'n'>): string => `n = ${n}: too few for an interval`;
