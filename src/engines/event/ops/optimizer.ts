// One update of all parameters.
import type { OptimizerSettings } from '../../../learning/optimizer.js';
import { float, type Op } from '../op.js';

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
  const common = [
    parameters,
    gradients,
    slots[0] ?? 0,
    slots[1] ?? 0,
    floats,
    SLICE,
    float(settings.weightDecay),
  ];
  const units = Math.ceil(floats / SLICE);
  switch (settings.kind) {
    case 'sgd':
      return {
        kernel: 'sgd',
        args: [...common, float(settings.momentum), float(learningRate)],
        units,
        scratch: 0,
      };
    case 'adam': {
      const { beta1, beta2, epsilon } = settings;
      const factors = [
        ...[beta1, 1 - beta1, beta2, 1 - beta2, epsilon],
        ...[1 / Math.sqrt(1 - beta2 ** update), learningRate / (1 - beta1 ** update)],
      ];
      return { kernel: 'adam', args: [...common, ...factors.map(float)], units, scratch: 0 };
    }
  }
}
