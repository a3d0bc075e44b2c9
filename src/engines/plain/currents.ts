// Currents besides neurons, float64: branches add up, a ReLU cuts, and a bias takes the sum by channel.

/** The two branches of a residual block, or what comes back from both. */
export const sum = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value + b[i]);

/** The positive part. */
export const relu = (x: Float64Array): Float64Array => x.map((value) => Math.max(0, value));

/** The gradient of a ReLU's input: that of its output where the input is above 0. */
export const reluGradient = (x: Float64Array, gradient: ArrayLike<number>): Float64Array =>
  x.map((value, i) => (value > 0 ? gradient[i] : 0));

/** Σ g by channel, `[pixels][channels]` → `[channels]`: the gradient of a bias and of β. */
export function gradientSums(gradient: ArrayLike<number>, channels: number): Float64Array {
  const sums = new Float64Array(channels);
  for (let i = 0; i < gradient.length; i++) sums[i % channels] += gradient[i];
  return sums;
}
