// The arithmetic of batch norms over time between the kernels, in double precision: the tables of their maps, and of the
// backward pass. Rows are steps, `[T, C]`.
// Tests: test/engines/event/ops/step-norm.test.ts.
import type { StepMap } from '../../norms/norm.js';
import type { Moments } from './batch-norm.js';

/** x̂ as a map of y: `x̂ = scale·y + shift`, a row for each step. */
export function hatRows(
  moments: readonly Pick<Moments, 'mean' | 'variance'>[],
  steps: number,
  epsilon: number,
): StepMap {
  const channels = moments[0].mean.length;
  const [scale, shift] = [new Float64Array(steps * channels), new Float64Array(steps * channels)];
  for (let i = 0; i < scale.length; i++) {
    const { mean, variance } = moments[Math.floor(i / channels) % moments.length];
    scale[i] = 1 / Math.sqrt(variance[i % channels] + epsilon);
    shift[i] = -mean[i % channels] * scale[i];
  }
  return { scale, shift };
}

/** The map of y: that of x̂ behind what makes x̂. */
export const composed = (map: StepMap, hat: StepMap): StepMap => ({
  scale: map.scale.map((value, i) => value * hat.scale[i]),
  shift: map.shift.map((value, i) => map.scale[i] * hat.shift[i] + value),
});

/**
 * Merges the partial sums of `stepSums`: Σ g·x̂ as `scale` and Σ g as `shift`, a row for each step.
 *
 * @param chunks - units of each step and block
 */
export function mergeStepSums(
  partial: Float64Array,
  { steps, chunks, channels }: { steps: number; chunks: number; channels: number },
): StepMap {
  const [scale, shift] = [new Float64Array(steps * channels), new Float64Array(steps * channels)];
  for (let t = 0; t < steps; t++)
    for (let channel = 0; channel < channels; channel++)
      for (let chunk = 0; chunk < chunks; chunk++) {
        const unit = (Math.floor(channel / 32) * steps + t) * chunks + chunk;
        shift[t * channels + channel] += partial[unit * 64 + (channel % 32)];
        scale[t * channels + channel] += partial[unit * 64 + 32 + (channel % 32)];
      }
  return { scale, shift };
}

/** Tables of `dy = a·g + b·y + c`. */
export interface StepBackwardTables {
  /** A row for each step of the gradient. */
  a: Float64Array;
  /** A row for each step of y. */
  b: Float64Array;
  c: Float64Array;
}

/**
 * The tables of the backward pass.
 *
 * @param map - of x̂, a row for each step of the gradient at least
 * @param hat - what makes x̂, likewise
 * @param sums - as {@link mergeStepSums} gives them, a row for each step of the gradient
 * @param sets - how many steps of y have statistics of their own: all of them, or 1
 * @param count - over how many values of y each mean was taken
 */
export function backwardTables(
  map: StepMap,
  hat: StepMap,
  sums: StepMap,
  { channels, ySteps, sets, count }: { channels: number; ySteps: number; sets: number; count: number },
): StepBackwardTables {
  const steps = sums.scale.length / channels;
  const [sum, dot] = [new Float64Array(sets * channels), new Float64Array(sets * channels)];
  for (let i = 0; i < steps * channels; i++) {
    const at = (sets === 1 ? 0 : Math.floor(i / channels)) * channels + (i % channels);
    sum[at] += map.scale[i] * sums.shift[i];
    dot[at] += map.scale[i] * sums.scale[i];
  }
  const [b, c] = [new Float64Array(ySteps * channels), new Float64Array(ySteps * channels)];
  for (let i = 0; i < b.length; i++) {
    const at = sets === 1 ? i % channels : i;
    b[i] = (-hat.scale[i] * hat.scale[i] * dot[at]) / count;
    c[i] = (-hat.scale[i] * (sum[at] + hat.shift[i] * dot[at])) / count;
  }
  return { a: hat.scale.slice(0, steps * channels).map((value, i) => value * map.scale[i]), b, c };
}
