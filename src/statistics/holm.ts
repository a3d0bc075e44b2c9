// Several comparisons at once: p-values that allow for their number.
import { SettingsError } from '../errors.js';

/**
 * Holm's correction for several comparisons: p-values that may each be held against one level, so that the chance of
 * even one false finding among all stays below it. Nulls (comparisons that could not be made) stay null and do not
 * count.
 *
 * Source: S. Holm, Scandinavian Journal of Statistics 6 (1979).
 *
 * @param values - p-values in [0, 1], and nulls
 * @returns the corrected ones, in the same order
 * @throws SettingsError when a value is not in [0, 1]
 */
export function holm(values: readonly (number | null)[]): (number | null)[] {
  const wrong = values.find((p) => p !== null && !(p >= 0 && p <= 1));
  if (wrong !== undefined) throw new SettingsError(`holm: expected p-values in [0, 1], got ${wrong}`);
  const order = [...values.keys()].filter((i) => values[i] !== null).sort((a, b) => values[a]! - values[b]!);
  const adjusted = [...values];
  let largest = 0;
  order.forEach((at, rank) => {
    largest = Math.max(largest, Math.min(1, (order.length - rank) * values[at]!));
    adjusted[at] = largest;
  });
  return adjusted;
}
