// Batch norms over time in plain loops, float64: x̂ of all steps together or of each, the map of each step, and back.
// Tests: test/engines/step-norms.test.ts.
import type { StepNormLayer } from '../../network/layers.js';
import { stepNorms } from '../../norms/index.js';
import { joined } from '../step-norm.js';
import { batchNorm, batchNormGradient, channelMoments, type ChannelMoments } from './batch-norm.js';

/** A batch norm over time with what it has learned. */
export interface StepNormSite {
  layer: StepNormLayer;
  epsilon: number;
  learned: Readonly<Record<string, ArrayLike<number>>>;
}

/** Equal parts of an array. */
const partsOf = (values: Float64Array, count: number): Float64Array[] =>
  Array.from({ length: count }, (_, i) =>
    values.subarray((i * values.length) / count, ((i + 1) * values.length) / count),
  );

/** x̂ of a batch, and the gradient of what it was made from. */
export interface Normalised {
  hat: Float64Array;
  /** Of all steps together, or of each. */
  moments: ChannelMoments[];
  back(gradient: Float64Array): Float64Array;
}

/** x̂ with the statistics of the batch, of `[T·B·H·W, C]`. */
export function normalisedOverTime({ layer, epsilon }: StepNormSite, x: Float64Array): Normalised {
  const { kind, channels, steps } = layer;
  const parts = partsOf(x, stepNorms[kind].statistics === 'steps' ? steps : 1);
  const [gamma, beta] = [new Float64Array(channels).fill(1), new Float64Array(channels)];
  const site = { gamma, beta, epsilon, gain: 1 };
  const moments = parts.map((part) => channelMoments(part, channels));
  return {
    hat: joined(parts.map((part, i) => batchNorm(part, site, moments[i]))),
    moments,
    back: (gradient) =>
      joined(partsOf(gradient, parts.length).map((part, i) => batchNormGradient(parts[i], part, site).input)),
  };
}

/** `scale[t]·x + shift[t]` by step and channel. */
export function mapped(
  x: Float64Array,
  rows: { scale: ArrayLike<number>; shift: ArrayLike<number> },
  { channels, steps }: StepNormLayer,
): Float64Array {
  const ofStep = x.length / steps;
  return x.map((value, i) => {
    const at = Math.floor(i / ofStep) * channels + (i % channels);
    return rows.scale[at] * value + rows.shift[at];
  });
}

/** Σ g·x̂ as `scale` and Σ g as `shift` of each step and channel, `[T, C]`. */
export function stepSums(
  gradient: Float64Array,
  hat: Float64Array,
  { channels, steps }: StepNormLayer,
): { scale: Float64Array; shift: Float64Array } {
  const [scale, shift] = [new Float64Array(steps * channels), new Float64Array(steps * channels)];
  const ofStep = gradient.length / steps;
  gradient.forEach((g, i) => {
    const at = Math.floor(i / ofStep) * channels + (i % channels);
    scale[at] += g * hat[i];
    shift[at] += g;
  });
  return { scale, shift };
}

/** The map of each step in inference, running statistics folded in: `[T, C]`. */
export function foldedStepNorm(
  { layer, epsilon, learned }: StepNormSite,
  running: { mean: ArrayLike<number>; variance: ArrayLike<number> },
): { scale: Float64Array; shift: Float64Array } {
  const norm = stepNorms[layer.kind];
  const map = norm.map(learned, layer);
  const at = (i: number): number => (norm.running === 'steps' ? i : i % layer.channels);
  const scale = map.scale.map((value, i) => value / Math.sqrt(running.variance[at(i)] + epsilon));
  return { scale, shift: map.shift.map((value, i) => value - running.mean[at(i)] * scale[i]) };
}
