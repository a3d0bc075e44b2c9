// Signal and noise of a gradient: the gradients of parts of a batch, held against their mean.
import { SettingsError } from '../errors.js';
import type { TensorMap } from '../network/parameters.js';

/** Noise of the gradients of several batches of one size. */
export interface GradientNoise {
  /** Estimate of `|G|²`, the square of the true gradient's norm; not below 0. */
  signal: number;
  /** Estimate of `tr Σ`, the variance of one example's gradient, summed over parameters. */
  noise: number;
  /**
   * `tr Σ / |G|²`, the batch size at which both are equal: far smaller batches are mostly noise, far larger ones bring little.
   * Null where no signal was found.
   */
  scale: number | null;
}

/**
 * The simple noise scale, from gradients of batches of equal size: both estimates are unbiased.
 *
 * Source: McCandlish, Kaplan, Amodei et al., *An empirical model of large-batch training* (2018), Appendix A.1: with batches
 * of b and of B examples, here the parts and their mean, `|G|² = (B·|G_B|² − b·|G_b|²)/(B − b)` and
 * `tr Σ = (|G_b|² − |G_B|²)/(1/b − 1/B)`.
 *
 * @param gradients - of at least two batches
 * @param examples - of one batch: b
 * @throws SettingsError for fewer than two batches
 */
export function gradientNoise(gradients: readonly TensorMap[], examples: number): GradientNoise {
  const parts = gradients.length;
  if (parts < 2) throw new SettingsError(`gradient noise: expected at least two batches, got ${parts}`);
  let [ofParts, ofMean] = [0, 0];
  for (const name of Object.keys(gradients[0])) {
    const values = gradients.map((gradient) => gradient[name].data);
    for (let i = 0; i < values[0].length; i++) {
      let sum = 0;
      for (const part of values) {
        sum += part[i];
        ofParts += part[i] ** 2 / parts;
      }
      ofMean += (sum / parts) ** 2;
    }
  }
  const whole = parts * examples;
  const signal = Math.max(0, (whole * ofMean - examples * ofParts) / (whole - examples));
  const noise = (ofParts - ofMean) / (1 / examples - 1 / whole);
  return { signal, noise, scale: signal > 0 ? noise / signal : null };
}
