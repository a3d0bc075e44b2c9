// An effect in words, with its interval and what that leaves open.
import { smallestEffect, type Interval } from './interval.js';
import { hasInterval, tooFew } from './few.js';

const fixed = (value: number, digits = 2): string =>
  `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)}`;

/**
 * A difference with its sign: `−0.42`, `+0.10`.
 *
 * @param value - a difference; 0 has a plus
 * @param digits - after the point; default 2
 * @returns the text
 */
export const signed = (value: number, digits?: number): string =>
  `${value < 0 ? '' : '+'}${fixed(value, digits)}`;

/**
 * An effect in a cell: `−0.42 points [−0.59, −0.25]`; from fewer than three values without an interval.
 *
 * @param effect - mean with its edges
 * @param unit - of the difference; default `points`
 * @returns the text
 */
export const effectInBrief = (effect: Interval, unit = 'points'): string =>
  `${signed(effect.mean)} ${unit}` +
  (hasInterval(effect) ? ` [${fixed(effect.lower)}, ${fixed(effect.upper)}]` : '');

/**
 * Says how large a difference is, how sure, and whether its sign is open. Where it is open, how large an effect the
 * experiment would have shown with 80 % power: not the smallest it could have shown, which may be less.
 *
 * @param what - what differs, for instance `test accuracy with SGS`
 * @param effect - from fewer than three values no interval is given: it would look surer than it is
 * @param unit - of the difference
 * @returns a sentence without a full stop
 *
 * @example
 * `effectSentence('SGS', { n: 5, mean: 0.1, sd: 0.5, lower: -0.52, upper: 0.72 })` is “SGS: +0.10 points, 95 % interval
 * −0.52 to +0.72, n = 5: its sign is open; at this scatter n = 5 detects 0.83 points with 80 % power, before any
 * correction”
 */
export function effectSentence(what: string, effect: Interval, unit = 'points'): string {
  const size = `${what}: ${signed(effect.mean)} ${unit}`;
  if (!hasInterval(effect)) return `${size}, ${tooFew(effect)}`;
  const { lower, upper, sd, n } = effect;
  const least = sd === null ? null : smallestEffect(sd, n);
  const said =
    lower > 0 || upper < 0
      ? 'the interval excludes 0'
      : `its sign is open${least === null ? '' : `; at this scatter n = ${n} detects ${Number(least.toPrecision(2))} ${unit} with 80 % power, before any correction`}`;
  return `${size}, 95 % interval ${signed(lower)} to ${signed(upper)}, n = ${n}: ${said}`;
}
