// Batch norm and its gradients in plain loops over `[pixels][channels]`, float64; over time x̂ of each step, and a map of each.
import type { NormSize, StepMap } from '../../norms/norm.js';
import { joined } from '../step-norm.js';
import { gradientSums as sumsByChannel } from './currents.js';

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

/** Mean and biased variance of every channel, in two passes. */
export function channelMoments(y: ArrayLike<number>, channels: number): ChannelMoments {
  const pixels = y.length / channels;
  const mean = sumsByChannel(y, channels).map((sum) => sum / pixels);
  const squares = Float64Array.from(y, (value, i) => (value - mean[i % channels]) ** 2);
  return { mean, variance: sumsByChannel(squares, channels).map((sum) => sum / pixels) };
}

/** x̂ = (y − mean) / √(variance + ε). */
export const normalised = (
  y: ArrayLike<number>,
  { mean, variance }: ChannelMoments,
  epsilon: number,
): Float64Array =>
  Float64Array.from(y, (value, i) => {
    const c = i % mean.length;
    return (value - mean[c]) / Math.sqrt(variance[c] + epsilon);
  });

/** `gain·γ·x̂ + β` with the moments of the batch itself. */
export function batchNorm(y: ArrayLike<number>, { gamma, beta, epsilon, gain }: BatchNormSite): Float64Array {
  const channels = gamma.length;
  const hat = normalised(y, channelMoments(y, channels), epsilon);
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
  const sums = sumsByChannel(gradient, channels);
  const dots = sumsByChannel(
    hat.map((value, i) => gradient[i] * value),
    channels,
  );
  const input = hat.map((value, i) => {
    const c = i % channels;
    const centred = gradient[i] - sums[c] / pixels - (value * dots[c]) / pixels;
    return ((gain * gamma[c]) / Math.sqrt(moments.variance[c] + epsilon)) * centred;
  });
  return { input, gamma: dots.map((dot) => gain * dot), beta: sums };
}

/** Equal parts of an array. */
const partsOf = (values: Float64Array, count: number): Float64Array[] =>
  Array.from({ length: count }, (_, i) =>
    values.subarray((i * values.length) / count, ((i + 1) * values.length) / count),
  );

/** x̂ of a batch, and the gradient of what it was made from. */
export interface Normalised {
  hat: Float64Array;
  /** Of each part. */
  moments: ChannelMoments[];
  back(gradient: Float64Array): Float64Array;
}

/** x̂ of `[T·B·H·W, C]` with the statistics of the batch: of each of equal parts, one or T. */
export function normalisedOverTime(
  x: Float64Array,
  channels: number,
  epsilon: number,
  count = 1,
): Normalised {
  const parts = partsOf(x, count);
  const [gamma, beta] = [new Float64Array(channels).fill(1), new Float64Array(channels)];
  const site = { gamma, beta, epsilon, gain: 1 };
  const moments = parts.map((part) => channelMoments(part, channels));
  return {
    hat: joined(parts.map((part, i) => normalised(part, moments[i], epsilon))),
    moments,
    back: (gradient) =>
      joined(partsOf(gradient, count).map((part, i) => batchNormGradient(parts[i], part, site).input)),
  };
}

/** Where step and channel of value `i` stand in rows `[T, C]` of a signal `[T·B·H·W, C]`. */
const placeIn = (length: number, { steps, channels }: NormSize) => {
  const ofStep = length / steps;
  return (i: number): number => Math.floor(i / ofStep) * channels + (i % channels);
};

/** `scale·x + shift` by channel, or by step and channel where there are so many rows. */
export function affine(x: ArrayLike<number>, { scale, shift }: StepMap, channels: number): Float64Array {
  const place = placeIn(x.length, { steps: scale.length / channels, channels });
  return Float64Array.from(x, (value, i) => scale[place(i)] * value + shift[place(i)]);
}

/** Σ g·x̂ as `scale` and Σ g as `shift` of each step and channel, `[T, C]`: the gradients of such a map. */
export function stepSums(gradient: Float64Array, hat: Float64Array, size: NormSize): StepMap {
  const place = placeIn(gradient.length, size);
  const [scale, shift] = [0, 1].map(() => new Float64Array(size.steps * size.channels));
  gradient.forEach((g, i) => {
    scale[place(i)] += g * hat[i];
    shift[place(i)] += g;
  });
  return { scale, shift };
}

/** A map of x̂ as one of x, with running statistics of all steps or of each. */
export function folded(
  map: StepMap,
  { mean, variance }: { mean: ArrayLike<number>; variance: ArrayLike<number> },
  epsilon: number,
): StepMap {
  const scale = map.scale.map((factor, i) => factor / Math.sqrt(variance[i % variance.length] + epsilon));
  return { scale, shift: map.shift.map((value, i) => value - mean[i % mean.length] * scale[i]) };
}
