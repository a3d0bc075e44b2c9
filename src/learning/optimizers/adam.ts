import { z } from 'zod';
import { belowOne, epsilon, settings } from '../../settings.js';
import { type CommonSettings, commonFields, type Optimizer } from './optimizer.js';

/** Adam, Kingma & Ba 2015. */
export interface AdamSettings extends CommonSettings {
  kind: 'adam';
  /** Decay of the mean of gradients, in [0, 1). Default 0.9. */
  beta1: number;
  /** Decay of the mean of their squares, in [0, 1). Default 0.999. */
  beta2: number;
  /** Added to the root, outside of it. Default 1e-8. */
  epsilon: number;
}

/** The paper's optimizer. */
export const defaultAdam = {
  kind: 'adam',
  learningRate: 1e-3,
  weightDecay: 0,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
} as const satisfies AdamSettings;

/**
 * With bias correction, as in PyTorch: `m ← β₁m + (1 − β₁)g`, `v ← β₂v + (1 − β₂)g²`,
 * `w ← w − η · m/(1 − β₁ⁿ) / (√(v/(1 − β₂ⁿ)) + ε)`.
 */
export const adam: Optimizer<AdamSettings> = {
  kind: 'adam',
  settings: settings({ kind: z.literal('adam'), ...commonFields, beta1: belowOne, beta2: belowOne, epsilon }),
  defaults: defaultAdam,
  slots: () => ['m', 'v'],
  plain({ parameter, slots }, g, { beta1, beta2, epsilon }, learningRate, update) {
    const m = g.map((value, i) => beta1 * slots[0][i] + (1 - beta1) * value);
    const v = g.map((value, i) => beta2 * slots[1][i] + (1 - beta2) * value * value);
    const step = (i: number): number =>
      m[i] / (1 - beta1 ** update) / (Math.sqrt(v[i] / (1 - beta2 ** update)) + epsilon);
    return { parameter: parameter.map((w, i) => w - learningRate * step(i)), slots: [m, v] };
  },
  tensor({ parameter, slots }, g, { beta1, beta2, epsilon }, learningRate, update) {
    const m = slots[0].mul(beta1).add(g.mul(1 - beta1));
    const v = slots[1].mul(beta2).add(g.square().mul(1 - beta2));
    const denominator = v
      .sqrt()
      .mul(1 / Math.sqrt(1 - beta2 ** update))
      .add(epsilon);
    const step = m.div(denominator).mul(learningRate / (1 - beta1 ** update));
    return { parameter: parameter.sub(step), slots: [m, v] };
  },
};
