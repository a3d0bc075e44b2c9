// Batch norms over time, as the engines share them: what a layer learns and is made for, and how its running statistics move.
// Tests: test/engines/step-norms.test.ts.
import { SettingsError } from '../errors.js';
import type { StepNormLayer } from '../network/layers.js';
import { stepNorms } from '../norms/index.js';
import type { StepNorm } from '../norms/norm.js';

/** Mean and variance by channel, or by step and channel. */
interface Moments {
  mean: Float64Array;
  variance: Float64Array;
}

/** Its learned parameters, by suffix. */
export const learnedSuffixes = ({ kind, ...size }: StepNormLayer): string[] =>
  stepNorms[kind].parameters(size).map(({ suffix }) => suffix);

/**
 * Checks that the layer is for the steps that it is run for.
 *
 * @throws SettingsError where it is for other ones
 */
export function checkSteps({ name, steps }: StepNormLayer, given: number): void {
  if (steps !== given)
    throw new SettingsError(
      `${name} is a norm for ${steps} steps, and the experiment has ${given}; give it steps: ${given}, or the experiment steps = ${steps}`,
    );
}

/** One array after the other. */
export const joined = (parts: readonly Float64Array[]): Float64Array => {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

/**
 * What running statistics move towards, in order: `moments` of all steps together or of each, over `count` values of all
 * steps; the variance is unbiased.
 */
export function runningMoves(
  { running }: Pick<StepNorm, 'running'>,
  moments: readonly Moments[],
  count: number,
): Moments[] {
  const n = count / moments.length;
  const unbiased = moments.map(({ mean, variance }) => ({
    mean,
    variance: variance.map((value) => (value * n) / Math.max(1, n - 1)),
  }));
  if (running === 'shared') return unbiased;
  return [
    {
      mean: joined(unbiased.map(({ mean }) => mean)),
      variance: joined(unbiased.map(({ variance }) => variance)),
    },
  ];
}
