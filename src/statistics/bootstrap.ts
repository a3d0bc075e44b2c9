// Bootstrap intervals: BCa, and plain percentiles, with seeded draws.
import { SettingsError } from '../errors.js';
import { stream } from '../random.js';
import { mean, sd, type Interval, type Level } from './interval.js';
import { normalCdf, normalQuantile } from './distributions.js';

/** Options of an interval. */
export interface BootstrapSettings extends Level {
  /** Resamples drawn; default 10,000. */
  resamples?: number;
  /** Seed of the draws; default 0. The same seed gives the same interval. */
  seed?: number;
  /**
   * `bca` (default) corrects for the bias of the resamples and for a spread that changes with the value, and is
   * second-order accurate; `percentile` takes the quantiles of the resamples as they are.
   */
  method?: 'bca' | 'percentile';
  /** Statistic of the values; default their mean. Infinite or NaN results are refused. */
  statistic?: (values: Float64Array) => number;
}

/**
 * A statistic of independent values with its bootstrap interval.
 *
 * BCa is the default because accuracies over seeds are skewed near their ceiling, where percentiles and the
 * symmetric t interval miss to one side. Neither knows more than the values do: with fewer than about ten, bootstrap
 * intervals are too narrow (at n = 3 a mean's percentile interval cannot reach beyond the three values), and the t
 * interval of `interval` is the safer one.
 *
 * Source: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 14.
 *
 * @param values - one a seed, `[n]`
 * @param settings - `level`: default 0.95; `resamples`: default 10,000; `seed` of the draws, default 0; `method`: default
 *   `bca`; `statistic`: default the mean
 * @returns `mean` is the statistic, `sd` that of the values; edges null for one value, and equal to the statistic
 * where the resamples do not vary
 * @throws SettingsError when there is no value, one is not finite, or a setting is out of range
 */
export function bootstrapInterval(values: ArrayLike<number>, settings: BootstrapSettings = {}): Interval {
  const { level = 0.95, resamples = 10_000, seed = 0, method = 'bca', statistic = mean } = settings;
  if (!(level > 0 && level < 1) || !Number.isInteger(resamples) || resamples < 100)
    throw new SettingsError(
      `bootstrapInterval: expected a level in (0, 1) and at least 100 resamples, got ${level} and ${resamples}`,
    );
  mean(values); // checks them
  const given = Float64Array.from(values);
  const found = estimate(statistic, given);
  if (given.length === 1) return { n: 1, mean: found, sd: null, lower: null, upper: null };
  const drawn = draw(given, statistic, resamples, seed);
  const shares = [(1 - level) / 2, (1 + level) / 2];
  const [lower, upper] = (method === 'bca' ? corrected(shares, given, statistic, found, drawn) : shares).map(
    (share) => quantile(drawn, share),
  );
  return { n: given.length, mean: found, sd: sd(given), lower, upper };
}

/**
 * Mean difference `treated − baseline` of pairs with its bootstrap interval: pairs are drawn, never halves of them.
 *
 * @param treated - one value a seed, `[n]`
 * @param baseline - of the same seeds in the same order, `[n]`
 * @param settings - as of `bootstrapInterval`
 * @returns as of `bootstrapInterval`, of the differences
 * @throws SettingsError when the two differ in length
 */
export function pairedBootstrap(
  treated: ArrayLike<number>,
  baseline: ArrayLike<number>,
  settings: Omit<BootstrapSettings, 'statistic'> = {},
): Interval {
  if (treated.length !== baseline.length)
    throw new SettingsError(
      `pairedBootstrap: ${treated.length} values against ${baseline.length}; give one of each per seed`,
    );
  return bootstrapInterval(
    Array.from({ length: treated.length }, (_, i) => treated[i] - baseline[i]),
    settings,
  );
}

type Statistic = (values: Float64Array) => number;

function estimate(statistic: Statistic, values: Float64Array): number {
  const result = statistic(values);
  if (!Number.isFinite(result))
    throw new SettingsError(
      `bootstrapInterval: the statistic of a resample is ${result}; give one that is finite for any of them`,
    );
  return result;
}

/** The statistic of every resample, in increasing order. */
function draw(values: Float64Array, statistic: Statistic, resamples: number, seed: number): Float64Array {
  const random = stream(seed, 'bootstrap');
  const sample = new Float64Array(values.length);
  return Float64Array.from({ length: resamples }, () => {
    for (let i = 0; i < sample.length; i++) sample[i] = values[random.integer(0, values.length - 1)];
    return estimate(statistic, sample);
  }).sort();
}

/** The shares of the resamples at which BCa cuts: moved by the bias z₀ and the acceleration a. */
function corrected(
  shares: number[],
  values: Float64Array,
  statistic: Statistic,
  found: number,
  drawn: Float64Array,
): number[] {
  // Resamples equal to the estimate count half on either side: with few values there are many.
  const below = drawn.reduce((n, value) => n + (value < found ? 1 : value === found ? 0.5 : 0), 0);
  const bias = normalQuantile(below / drawn.length);
  const acceleration = accelerationOf(values, statistic);
  if (!Number.isFinite(bias)) return shares;
  return shares.map((share) => {
    const z = bias + normalQuantile(share);
    return normalCdf(bias + z / (1 - acceleration * z));
  });
}

/** A sixth of the skewness of the jackknife values. */
function accelerationOf(values: Float64Array, statistic: Statistic): number {
  const left = Array.from(values, (_, i) =>
    estimate(
      statistic,
      values.filter((__, j) => j !== i),
    ),
  );
  const centre = mean(left);
  const [squares, cubes] = [2, 3].map((power) =>
    left.reduce((sum, value) => sum + (centre - value) ** power, 0),
  );
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/** Quantile of sorted values, between neighbours in proportion (as NumPy's default). */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
