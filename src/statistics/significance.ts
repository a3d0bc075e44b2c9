// Is a difference between pairs more than chance? A t test, and a sign-flip test that assumes no distribution.
import { SettingsError } from '../errors.js';
import { stream } from '../random.js';
import { pairedDifference, type Interval } from './interval.js';
import { tPValue } from './distributions.js';

/** A two-sided paired t test. */
export interface PairedTTest {
  /** Number of pairs. */
  n: number;
  /** Mean difference over its standard error; null where p is. */
  t: number | null;
  /** Null for fewer than two pairs, and where every difference is zero. */
  p: number | null;
}

/**
 * Student's paired t test, two-sided.
 *
 * Differences that are all the same and not zero have no spread: t is infinite and p is 0. Say so rather than
 * believe it.
 *
 * @param treated - one value a seed, `[n]`
 * @param baseline - of the same seeds in the same order, `[n]`
 * @returns t and p; null for fewer than two pairs, and where every difference is zero
 * @throws SettingsError when the two differ in length
 */
export function pairedTTest(treated: ArrayLike<number>, baseline: ArrayLike<number>): PairedTTest {
  return tTestOf(pairedDifference(treated, baseline));
}

/**
 * The same test from the mean and sd of the differences: its p is below 0.05 exactly where their 95 % interval leaves zero
 * out.
 *
 * @param difference - of pairs, or a contrast of more values of a seed; t and p are null where it has no sd
 * @returns t and its two-sided p
 */
export function tTestOf({ n, mean, sd }: Interval): PairedTTest {
  if (sd === null || (sd === 0 && mean === 0)) return { n, t: null, p: null };
  const t = mean / (sd / Math.sqrt(n));
  return { n, t, p: tPValue(t, n - 1) };
}

/** A two-sided sign-flip test. */
export interface SignFlipTest {
  n: number;
  p: number;
  /** Whether every pattern of signs was counted; false: a sample of them. */
  exact: boolean;
}

/** Ways to count the sign patterns. */
export interface SignFlipSettings {
  /** Patterns drawn where there are too many to count; default 100,000. */
  resamples?: number;
  /** Seed of those draws; default 0. */
  seed?: number;
}

/** Up to so many pairs all 2ⁿ patterns are counted: a million at most. */
const EXACT_UP_TO = 20;

/**
 * Sign-flip test of paired differences, two-sided: the share of all 2ⁿ ways to sign the differences whose sum is at
 * least as far from zero as the one found. Exact, and assumes only that without an effect either sign is as likely.
 *
 * With n pairs p is never below 2/2ⁿ: three seeds cannot give less than 0.25, six are the first to give less than
 * 0.05. Above 20 pairs patterns are drawn, and p is `(1 + hits) / (1 + draws)`, which is never too small
 * (Phipson and Smyth, 2010).
 *
 * @param treated - one value a seed, `[n]`
 * @param baseline - of the same seeds in the same order, `[n]`
 * @param settings - above 20 pairs: `resamples`, patterns drawn, default 100,000; `seed` of the draws, default 0
 * @returns p, and whether every pattern was counted
 * @throws SettingsError when the two differ in length or are empty
 */
export function signFlipTest(
  treated: ArrayLike<number>,
  baseline: ArrayLike<number>,
  { resamples = 100_000, seed = 0 }: SignFlipSettings = {},
): SignFlipTest {
  const { n } = pairedDifference(treated, baseline); // checks the values
  const differences = Array.from({ length: n }, (_, i) => treated[i] - baseline[i]);
  const observed = Math.abs(differences.reduce((sum, value) => sum + value, 0));
  // Patterns that tie with the one found are counted, whatever rounding did to their sum.
  const edge = observed - 1e-12 * differences.reduce((sum, value) => sum + Math.abs(value), 0);
  if (n <= EXACT_UP_TO) return { n, p: countPatterns(differences, edge) / 2 ** n, exact: true };
  if (!Number.isInteger(resamples) || resamples < 1)
    throw new SettingsError(`signFlipTest: resamples must be a positive integer, got ${resamples}`);
  const draws = stream(seed, 'sign-flip');
  let hits = 0;
  for (let i = 0; i < resamples; i++) {
    let sum = 0;
    for (const difference of differences) sum += draws.chance(0.5) ? difference : -difference;
    if (Math.abs(sum) >= edge) hits++;
  }
  return { n, p: (1 + hits) / (1 + resamples), exact: false };
}

/** Number of the 2ⁿ signed sums at least so far from zero. */
function countPatterns(differences: readonly number[], edge: number): number {
  const count = (from: number, sum: number): number =>
    from === differences.length
      ? Number(Math.abs(sum) >= edge)
      : count(from + 1, sum + differences[from]) + count(from + 1, sum - differences[from]);
  return count(0, 0);
}
