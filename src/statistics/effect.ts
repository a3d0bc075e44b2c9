// Effect sizes in standard deviations: for pairs and for two groups.
import { SettingsError } from '../errors.js';
import { mean, pairedDifference, sd } from './interval.js';
import { correction } from './distributions.js';

/**
 * Cohen's d_z of values that belong together in pairs: the mean difference `treated − baseline` over the standard
 * deviation of the differences. It is the paired t over √n: how sure a pair's sign is, not how large the gain is
 * beside the spread over seeds, which is {@link hedgesG}.
 *
 * @param treated - one value a seed, `[n]`
 * @param baseline - of the same seeds in the same order, `[n]`
 * @returns null for fewer than two pairs, and where every difference is the same (no spread to measure by)
 * @throws SettingsError when the two differ in length
 */
export function cohenDz(treated: ArrayLike<number>, baseline: ArrayLike<number>): number | null {
  const difference = pairedDifference(treated, baseline);
  return difference.sd === null || difference.sd === 0 ? null : difference.mean / difference.sd;
}

/**
 * Hedges' g of two groups: the difference of their means over their pooled standard deviation, corrected for small
 * samples by `J(n₁ + n₂ − 2)` in its exact form. Takes no notice of pairs, so it can be set beside that of a study
 * with other designs.
 *
 * Source: L. V. Hedges, Journal of Educational Statistics 6 (1981).
 *
 * @param treated - the values of one group, `[n]`
 * @param baseline - the values of the other, `[m]`
 * @returns dimensionless; null where a group has fewer than two values or there is no spread
 * @throws SettingsError when a group is empty or a value is not finite
 */
export function hedgesG(treated: ArrayLike<number>, baseline: ArrayLike<number>): number | null {
  if (treated.length === 0 || baseline.length === 0)
    throw new SettingsError('hedgesG: a group is empty; give both groups of values');
  const difference = mean(treated) - mean(baseline);
  if (treated.length < 2 || baseline.length < 2) return null;
  const [a, b] = [treated.length - 1, baseline.length - 1];
  const pooled = Math.sqrt((a * sd(treated) ** 2 + b * sd(baseline) ** 2) / (a + b));
  return pooled === 0 ? null : (correction(a + b) * difference) / pooled;
}
