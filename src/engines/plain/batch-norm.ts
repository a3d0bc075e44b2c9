// Batch norm and its gradients in plain loops over `[pixels][channels]`, float64.

/** What a batch norm is given: γ and β by channel, what is added to the variance, and a gain that γ is multiplied by. */
export interface BatchNormSite {
  gamma: ArrayLike<number>;
  beta: ArrayLike<number>;
  epsilon: number;
  /** 1, or alpha·theta for tdBN. */
  gain: number;
}

/** Mean and biased variance by channel. */
export interface ChannelMoments {
  mean: Float64Array;
  variance: Float64Array;
}

/** Σ over the pixels of one channel. */
function sumByChannel(
  channels: number,
  pixels: number,
  value: (pixel: number, channel: number) => number,
): Float64Array {
  const sums = new Float64Array(channels);
  for (let p = 0; p < pixels; p++) for (let c = 0; c < channels; c++) sums[c] += value(p, c);
  return sums;
}

/** Mean and biased variance of every channel, in two passes. */
export function channelMoments(y: ArrayLike<number>, channels: number): ChannelMoments {
  const pixels = y.length / channels;
  const at = (p: number, c: number): number => y[p * channels + c];
  const mean = sumByChannel(channels, pixels, at).map((sum) => sum / pixels);
  const squares = sumByChannel(channels, pixels, (p, c) => (at(p, c) - mean[c]) ** 2);
  return { mean, variance: squares.map((sum) => sum / pixels) };
}

/** x̂ = (y − mean) / √(variance + ε). */
export function normalised(
  y: ArrayLike<number>,
  { mean, variance }: ChannelMoments,
  epsilon: number,
): Float64Array {
  const channels = mean.length;
  return Float64Array.from(
    { length: y.length },
    (_, i) => (y[i] - mean[i % channels]) / Math.sqrt(variance[i % channels] + epsilon),
  );
}

/** `gain·γ·x̂ + β`; in training with the moments of the batch itself. */
export function batchNorm(
  y: ArrayLike<number>,
  { gamma, beta, epsilon, gain }: BatchNormSite,
  moments: ChannelMoments = channelMoments(y, gamma.length),
): Float64Array {
  const channels = gamma.length;
  const hat = normalised(y, moments, epsilon);
  return hat.map((value, i) => gain * gamma[i % channels] * value + beta[i % channels]);
}

/** Gradients of the input, of γ and of β from that of the output, through mean and variance too. */
export function batchNormGradient(
  y: ArrayLike<number>,
  gradient: ArrayLike<number>,
  { gamma, epsilon, gain }: BatchNormSite,
): { input: Float64Array; gamma: Float64Array; beta: Float64Array } {
  const channels = gamma.length;
  const pixels = y.length / channels;
  const moments = channelMoments(y, channels);
  const hat = normalised(y, moments, epsilon);
  const g = (p: number, c: number): number => gradient[p * channels + c];
  const sums = sumByChannel(channels, pixels, g);
  const dots = sumByChannel(channels, pixels, (p, c) => g(p, c) * hat[p * channels + c]);
  const input = hat.map((value, i) => {
    const c = i % channels;
    const centred = gradient[i] - sums[c] / pixels - (value * dots[c]) / pixels;
    return ((gain * gamma[c]) / Math.sqrt(moments.variance[c] + epsilon)) * centred;
  });
  return { input, gamma: dots.map((dot) => gain * dot), beta: sums };
}

/** The same in inference, with running moments, as a factor and an addend by channel. */
export function foldedBatchNorm(
  { gamma, beta, epsilon, gain }: BatchNormSite,
  running: { mean: ArrayLike<number>; variance: ArrayLike<number> },
): { scale: Float64Array; shift: Float64Array } {
  const scale = Float64Array.from(gamma, (g, c) => (gain * g) / Math.sqrt(running.variance[c] + epsilon));
  return { scale, shift: scale.map((factor, c) => beta[c] - running.mean[c] * factor) };
}

/** `scale·y + shift` by channel. */
export const affine = (
  y: ArrayLike<number>,
  { scale, shift }: { scale: Float64Array; shift: Float64Array },
): Float64Array =>
  Float64Array.from(y, (value, i) => value * scale[i % scale.length] + shift[i % scale.length]);
