// Quantiles and tails of the distributions that intervals and tests rest on, from jStat.
import { createRequire } from 'node:module';
import { SettingsError } from '../errors.js';

interface JStat {
  studentt: { inv(probability: number, degrees: number): number };
  normal: {
    inv(probability: number, mean: number, sd: number): number;
    cdf(value: number, mean: number, sd: number): number;
  };
  ibeta(x: number, a: number, b: number): number;
  gammaln(x: number): number;
}

const require = createRequire(import.meta.url);

// Loaded when used: a large CommonJS module that few callers need.
const jStat = (): JStat => require('jstat') as JStat;

/**
 * Quantile of Student's t distribution.
 *
 * @param probability - between 0 and 1, both excluded
 * @param degrees - degrees of freedom, positive, need not be whole
 */
export function tQuantile(probability: number, degrees: number): number {
  if (!(probability > 0 && probability < 1 && degrees > 0))
    throw new SettingsError(
      `tQuantile: expected a probability in (0, 1) and degrees of freedom > 0, got ${probability} and ${degrees}`,
    );
  return jStat().studentt.inv(probability, degrees);
}

/**
 * Probability of a t at least as far from zero, both tails together: `I_x(ν/2, 1/2)` at `x = ν / (ν + t²)`, which
 * stays exact where 1 − cdf would round to zero.
 *
 * @param degrees - degrees of freedom ν, positive
 */
export function tPValue(t: number, degrees: number): number {
  if (!(degrees > 0) || Number.isNaN(t))
    throw new SettingsError(`tPValue: expected a t and degrees of freedom > 0, got ${t} and ${degrees}`);
  return jStat().ibeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** Quantile of the standard normal distribution; infinite at 0 and 1. */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1))
    throw new SettingsError(`normalQuantile: expected a probability in [0, 1], got ${probability}`);
  if (probability === 0 || probability === 1) return probability === 0 ? -Infinity : Infinity;
  return jStat().normal.inv(probability, 0, 1);
}

/** The standard normal distribution up to a value. */
export const normalCdf = (value: number): number => jStat().normal.cdf(value, 0, 1);

/**
 * What an effect size in units of an estimated standard deviation is multiplied by to be unbiased:
 * `J = Γ(ν/2) / (√(ν/2) · Γ((ν − 1)/2))`.
 *
 * @param degrees - degrees of freedom ν of the standard deviation, at least 2
 * Source: L. V. Hedges, Journal of Educational Statistics 6 (1981), Eq. (6e).
 */
export function correction(degrees: number): number {
  if (!(degrees >= 2))
    throw new SettingsError(`correction: expected at least 2 degrees of freedom, got ${degrees}`);
  const { gammaln } = jStat();
  return Math.exp(gammaln(degrees / 2) - gammaln((degrees - 1) / 2)) / Math.sqrt(degrees / 2);
}
