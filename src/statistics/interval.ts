// Means, spreads and intervals over seeds: what a claim about an effect rests on.
import { SettingsError } from '../errors.js';
import { tQuantile } from './distributions.js';

/** A mean with its spread and interval. With one value there is no spread: `sd`, `lower` and `upper` are null. */
export interface Interval {
  /** Number of values (unpaired: in both groups together). */
  n: number;
  mean: number;
  /** Standard deviation with n − 1; of the differences where they are paired. Null for n = 1 and where unpaired. */
  sd: number | null;
  /** Edges of the two-sided t interval. */
  lower: number | null;
  upper: number | null;
}

/** Confidence level of an interval, between 0 and 1; default 0.95. */
export interface Level {
  level?: number;
}

/**
 * Arithmetic mean.
 *
 * @param values - at least one, `[n]`
 * @returns in the unit of the values
 * @throws SettingsError when there is no value or one is not finite
 */
export function mean(values: ArrayLike<number>): number {
  check('mean', values, 1);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/**
 * Standard deviation with n − 1.
 *
 * @param values - at least two, `[n]`
 * @returns in the unit of the values
 * @throws SettingsError when there are fewer than two values or one is not finite
 */
export function sd(values: ArrayLike<number>): number {
  check('sd', values, 2);
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}

/**
 * Mean of values with its t interval: `mean ± t · sd / √n`.
 *
 * @param values - one a seed, `[n]`
 * @param options - `level`: of confidence, in (0, 1), default 0.95
 * @returns mean, sd and edges; the last three null for one value
 * @throws SettingsError when there is no value, one is not finite, or the level is not below 1
 */
export function interval(values: ArrayLike<number>, { level = 0.95 }: Level = {}): Interval {
  const n = values.length;
  const centre = mean(values);
  if (n === 1) return { n, mean: centre, sd: null, lower: null, upper: null };
  const spread = sd(values);
  const half = (critical(level, n - 1) * spread) / Math.sqrt(n);
  return { n, mean: centre, sd: spread, lower: centre - half, upper: centre + half };
}

/**
 * Mean difference `with − without` of values that belong together in pairs (same seed, same split), with its
 * t interval over the differences.
 *
 * @param treated - one value a seed, `[n]`
 * @param baseline - of the same seeds in the same order, `[n]`
 * @param options - `level`: of confidence, in (0, 1), default 0.95
 * @returns mean, sd and edges of the differences
 * @throws SettingsError when the two differ in length
 */
export function pairedDifference(
  treated: ArrayLike<number>,
  baseline: ArrayLike<number>,
  options: Level = {},
): Interval {
  if (treated.length !== baseline.length)
    throw new SettingsError(
      `pairedDifference: ${treated.length} values against ${baseline.length}; give one of each per seed, or use unpairedDifference`,
    );
  return interval(
    Array.from({ length: treated.length }, (_, i) => treated[i] - baseline[i]),
    options,
  );
}

/**
 * Difference of the means of two independent groups with Welch's t interval (unequal variances, degrees of
 * freedom after Satterthwaite). Each group needs two values for an interval.
 *
 * Source: B. L. Welch, Biometrika 34 (1947).
 *
 * @param treated - the values of one group, `[n]`
 * @param baseline - the values of the other, `[m]`
 * @param options - `level`: of confidence, in (0, 1), default 0.95
 * @returns difference of the means and its edges, null where a group has one value; there is no one sd
 * @throws SettingsError when a group is empty, a value is not finite, or the level is not below 1
 */
export function unpairedDifference(
  treated: ArrayLike<number>,
  baseline: ArrayLike<number>,
  { level = 0.95 }: Level = {},
): Interval {
  const difference = mean(treated) - mean(baseline);
  const n = treated.length + baseline.length;
  if (treated.length < 2 || baseline.length < 2)
    return { n, mean: difference, sd: null, lower: null, upper: null };
  const a = sd(treated) ** 2 / treated.length;
  const b = sd(baseline) ** 2 / baseline.length;
  if (a + b === 0) return { n, mean: difference, sd: null, lower: difference, upper: difference };
  const degrees = (a + b) ** 2 / (a ** 2 / (treated.length - 1) + b ** 2 / (baseline.length - 1));
  const half = critical(level, degrees) * Math.sqrt(a + b);
  return { n, mean: difference, sd: null, lower: difference - half, upper: difference + half };
}

/**
 * The smallest true effect that n differences of this spread would have shown, with the given probability, as
 * an interval that leaves zero out: `(t[(1 + level) / 2] + t[power]) · sd / √n`, n − 1 degrees of freedom.
 *
 * The usual approximation by two central t quantiles; the exact value needs the noncentral distribution and
 * differs by a few per cent from n = 5 on.
 *
 * @param spread - sd of the paired differences
 * @param n - number of pairs
 * @param options - `level` of the interval (default 0.95) and `power`, the probability to show the effect
 * (default 0.8)
 * @returns the effect, in the unit of `spread`; null when n is below 2: then no effect is ever shown
 */
export function smallestEffect(
  spread: number,
  n: number,
  { level = 0.95, power = 0.8 }: Level & { power?: number } = {},
): number | null {
  if (n < 2) return null;
  return ((critical(level, n - 1) + tQuantile(power, n - 1)) * spread) / Math.sqrt(n);
}

const critical = (level: number, degrees: number): number => tQuantile((1 + level) / 2, degrees);

function check(name: string, values: ArrayLike<number>, least: number): void {
  if (values.length < least)
    throw new SettingsError(
      `${name}: needs at least ${least} value${least > 1 ? 's' : ''}, got ${values.length}`,
    );
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      throw new SettingsError(`${name}: value ${i} is ${values[i]}; leave diverged runs out and say so`);
}
