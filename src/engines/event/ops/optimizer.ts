// One update of all parameters.
import type { OptimizerSettings } from '../../../learning/optimizer.js';
import { kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';

/** Floats that one unit updates. */
const SLICE = 1 << 14;

/** Regions of equal layout, addresses. */
export interface Update {
  parameters: number;
  gradients: number;
  /** Adam: m and v; SGD: momentum, or none. */
  slots: number[];
  /** Floats of a region, a multiple of 4. */
  floats: number;
}

/**
 * Moves the parameters.
 *
 * @param update - 1 for the first update ever
 */
export function updateParameters(
  { parameters, gradients, slots, floats }: Update,
  settings: OptimizerSettings,
  learningRate: number,
  update: number,
): Op {
  const common = { parameters, gradients, floats, slice: SLICE, decay: settings.weightDecay };
  const units = Math.ceil(floats / SLICE);
  switch (settings.kind) {
    case 'sgd':
      return {
        kernel: 'sgd',
        args: kernelArguments('sgd', {
          ...common,
          ...{ slot: slots[0] ?? 0, momentum: settings.momentum, rate: learningRate },
        }),
        units,
        scratch: 0,
      };
    case 'adam': {
      const { beta1, beta2, epsilon } = settings;
      const args = kernelArguments('adam', {
        ...common,
        ...{ first: slots[0], second: slots[1] },
        ...{ beta1, rest1: 1 - beta1, beta2, rest2: 1 - beta2, epsilon },
        root: 1 / Math.sqrt(1 - beta2 ** update),
        rate: learningRate / (1 - beta1 ** update),
      });
      return { kernel: 'adam', args, units, scratch: 0 };
    }
  }
}
