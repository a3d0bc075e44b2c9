// How weights move: the settings of the optimizers and what they remember of each parameter, with PyTorch's conventions.
// Plain formula: src/engines/plain/optimizer.ts.
import { z } from 'zod';
import { atLeastZero, belowOne, epsilon, settings, share } from '../settings.js';

/** How weights move. Weight decay is coupled (added to the gradient), on every parameter, as in PyTorch. */
export type OptimizerSettings =
  | { kind: 'adam'; learningRate: number; weightDecay: number; beta1: number; beta2: number; epsilon: number }
  | { kind: 'sgd'; learningRate: number; weightDecay: number; momentum: number };

export const defaultAdam = {
  kind: 'adam',
  learningRate: 1e-3,
  weightDecay: 0,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
} as const satisfies OptimizerSettings;

export const defaultSgd = {
  kind: 'sgd',
  learningRate: 0.1,
  weightDecay: 0,
  momentum: 0.9,
} as const satisfies OptimizerSettings;

/** What an optimizer remembers of each parameter: the names of its slots, one tensor of the parameter's shape each. */
export function slotNames(settings: OptimizerSettings): string[] {
  switch (settings.kind) {
    case 'adam':
      return ['m', 'v'];
    case 'sgd':
      return settings.momentum > 0 ? ['momentum'] : [];
  }
}

/** Any rate of 32 bits: one that is far too large is a training that diverges, and a record of it. */
const learningRate = z.number().positive().max(1e38);

const common = { learningRate, weightDecay: atLeastZero };

/** What an experiment may say of it. */
export const optimizerSchema = z.preprocess(
  (given) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
    return { ...((given as { kind?: string }).kind === 'sgd' ? defaultSgd : defaultAdam), ...given };
  },
  z.discriminatedUnion('kind', [
    settings({ kind: z.literal('adam'), ...common, beta1: belowOne, beta2: belowOne, epsilon }),
    settings({ kind: z.literal('sgd'), ...common, momentum: share }),
  ]),
);
