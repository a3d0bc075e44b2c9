// An effect in words, with its interval and what that leaves open.
import { smallestEffect, type Interval } from './statistics.js';

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

/**
 * Says how large a difference is, how sure, and whether its sign is open.
 *
 * @param what - what differs, for instance `test accuracy with SGS`
 * @param unit - of the difference
 * @example
 * `effectSentence('SGS', { n: 5, mean: 0.1, sd: 0.5, lower: -0.52, upper: 0.72 })` is “SGS: +0.10 points, 95 % interval
 * −0.52 to +0.72, n = 5: its sign is open; from 0.83 points on an effect would have been seen”
 */
export function effectSentence(what: string, effect: Interval, unit = 'points'): string {
  const { mean, lower, upper, sd, n } = effect;
  const size = `${what}: ${signed(mean)} ${unit}`;
  if (lower === null || upper === null) return `${size}, n = ${n}: too few for an interval`;
  const least = sd === null ? null : smallestEffect(sd, n);
  const said =
    lower > 0 || upper < 0
      ? 'the interval excludes 0'
      : `its sign is open${least === null ? '' : `; from ${Number(least.toPrecision(2))} ${unit} on an effect would have been seen`}`;
  return `${size}, 95 % interval ${signed(lower)} to ${signed(upper)}, n = ${n}: ${said}`;
}
