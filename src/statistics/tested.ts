// Effects shown side by side, each with its p, allowed for their number.
import { smallestEffect, type Interval } from './interval.js';
import { FEWEST_FOR_INTERVAL, hasInterval, shownInterval } from './few.js';
import { holm } from './holm.js';
import { tTestOf } from './significance.js';

/** Row of a table of effects. */
export interface Tested {
  /** Edges of the interval; null below three values. */
  lower: number | null;
  upper: number | null;
  /** The effect that so many values of this spread detect with 80 % power; null where there is no interval. */
  detectable: number | null;
  /** p of the t test that goes with the interval; null where there is no interval. */
  p: number | null;
  /** The same with Holm's correction over all effects given. */
  pHolm: number | null;
}

/**
 * Adds tests to effects that are shown together.
 *
 * @param effects - all that a reader sees side by side: their number is what Holm's method corrects for. Effects from fewer
 * than three values are not tested and do not count.
 * @param family - how many Holm's method corrects for where more were planned than are tested yet; default as many as are tested
 * @returns the same effects with p, p after Holm, and the effect that would be seen with 80 % power
 */
export function withTests<Effect extends Interval>(
  effects: readonly Effect[],
  family = 0,
): (Effect & Tested)[] {
  const found = effects.map((effect) => (effect.n < FEWEST_FOR_INTERVAL ? null : tTestOf(effect).p));
  const missing = family - found.filter((p) => p !== null).length;
  const corrected = holm([...found, ...Array.from({ length: Math.max(missing, 0) }, () => 1)]);
  return effects.map((effect, i) => {
    return {
      ...shownInterval(effect),
      detectable: hasInterval(effect) && effect.sd !== null ? smallestEffect(effect.sd, effect.n) : null,
      p: found[i],
      pHolm: corrected[i],
    };
  });
}
