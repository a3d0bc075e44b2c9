// The arithmetic of batch norm between the kernels, in double precision: from partial sums to the vectors by channel
// that the kernels apply. Formulas: src/engines/tfjs/batch-norm.ts.

/** Mean and biased variance by channel, and over how many values. */
export interface Moments {
  mean: Float64Array;
  variance: Float64Array;
  count: number;
}

/**
 * Merges the partial sums of {@link statistics}, in their order.
 *
 * @param partial - for each unit Σ y and Σ (y − the unit's rounded mean)² of 32 channels; block by block
 * @param sizes - pixels of each unit of a block
 */
export function mergeMoments(partial: Float64Array, sizes: number[], channels: number): Moments {
  const [mean, variance] = [new Float64Array(channels), new Float64Array(channels)];
  const count = sizes.reduce((a, b) => a + b, 0);
  for (let channel = 0; channel < channels; channel++) {
    const at = (unit: number): number =>
      (Math.floor(channel / 32) * sizes.length + unit) * 64 + (channel % 32);
    let sum = 0;
    for (let unit = 0; unit < sizes.length; unit++) sum += partial[at(unit)];
    const whole = sum / count;
    let squares = 0;
    for (const [unit, size] of sizes.entries()) {
      const own = partial[at(unit)] / size;
      const rounding = own - Math.fround(own); // Σ (y − r)² = Σ (y − own)² + size·(own − r)²
      squares += partial[at(unit) + 32] - size * rounding ** 2 + size * (own - whole) ** 2;
    }
    mean[channel] = whole;
    variance[channel] = Math.max(0, squares / count);
  }
  return { mean, variance, count };
}

/** Adds up partial sums by channel: `offset` doubles into each unit's `stride`. */
export function mergeSums(
  partial: Float64Array,
  units: number,
  channels: number,
  stride: number,
  offset: number,
): Float64Array {
  const sums = new Float64Array(channels);
  for (let channel = 0; channel < channels; channel++)
    for (let unit = 0; unit < units; unit++)
      sums[channel] += partial[(Math.floor(channel / 32) * units + unit) * stride + offset + (channel % 32)];
  return sums;
}

/** What the forward kernels apply, and what the backward pass needs besides. */
export interface Normalisation {
  /** y ↦ scale·y + shift. */
  scale: Float64Array;
  shift: Float64Array;
  /** x̂ = hatScale·y + hatShift. */
  hatScale: Float64Array;
  hatShift: Float64Array;
}

/** The affine map of a batch norm with these moments. `gain`: 1, or alpha·theta for tdBN. */
export function normalisation(
  { mean, variance }: Pick<Moments, 'mean' | 'variance'>,
  gamma: ArrayLike<number>,
  beta: ArrayLike<number>,
  epsilon: number,
  gain: number,
): Normalisation {
  const hatScale = variance.map((value) => 1 / Math.sqrt(value + epsilon));
  const scale = hatScale.map((inverse, c) => gain * gamma[c] * inverse);
  return {
    scale,
    shift: scale.map((value, c) => beta[c] - mean[c] * value),
    hatScale,
    hatShift: hatScale.map((inverse, c) => -mean[c] * inverse),
  };
}

/** The vectors of `dy = a·g + b·y + c`, from Σ g and Σ g·x̂ over `count` values. */
export function backwardVectors(
  { scale, hatScale, hatShift }: Normalisation,
  sums: Float64Array,
  dots: Float64Array,
  count: number,
): { a: Float64Array; b: Float64Array; c: Float64Array } {
  const b = scale.map((value, i) => (-value * hatScale[i] * dots[i]) / count);
  return { a: scale, b, c: scale.map((value, i) => (-value * (sums[i] + hatShift[i] * dots[i])) / count) };
}
