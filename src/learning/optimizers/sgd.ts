import { z } from 'zod';
import { settings, share } from '../../settings.js';
import { type CommonSettings, commonFields, type Optimizer } from './optimizer.js';

/** Stochastic gradient descent. */
export interface SgdSettings extends CommonSettings {
  kind: 'sgd';
  /** Without dampening, in [0, 1]; 0 remembers nothing. Default 0.9. */
  momentum: number;
}

export const defaultSgd = {
  kind: 'sgd',
  learningRate: 0.1,
  weightDecay: 0,
  momentum: 0.9,
} as const satisfies SgdSettings;

/** As in PyTorch: `b ← μb + g` (the first update finds 0), `w ← w − ηb`. */
export const sgd: Optimizer<SgdSettings> = {
  kind: 'sgd',
  settings: settings({ kind: z.literal('sgd'), ...commonFields, momentum: share }),
  defaults: defaultSgd,
  slots: ({ momentum }) => (momentum > 0 ? ['momentum'] : []),
  plain({ parameter, slots }, g, { momentum }, learningRate) {
    const b = g.map((value, i) => momentum * (slots[0]?.[i] ?? 0) + value);
    return {
      parameter: parameter.map((w, i) => w - learningRate * b[i]),
      slots: slots.length > 0 ? [b] : [],
    };
  },
  tensor({ parameter, slots }, g, { momentum }, learningRate) {
    if (momentum === 0) return { parameter: parameter.sub(g.mul(learningRate)), slots: [] };
    const b = slots[0].mul(momentum).add(g);
    return { parameter: parameter.sub(b.mul(learningRate)), slots: [b] };
  },
};
