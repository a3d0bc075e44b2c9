// One update of parameters in float64, with PyTorch's conventions: coupled weight decay, momentum without dampening,
// Adam with bias correction and epsilon outside the root.
import type { OptimizerSettings } from '../../learning/optimizer.js';

/** Parameters and the optimizer's slots: momentum, none, or Adam's m and v. */
export interface OptimizerState {
  parameters: Float64Array;
  slots: Float64Array[];
}

/**
 * The state after one update.
 *
 * @param update - 1 for the first update ever
 */
export function updated(
  { parameters, slots }: OptimizerState,
  gradients: ArrayLike<number>,
  settings: OptimizerSettings,
  learningRate: number,
  update: number,
): OptimizerState {
  const g = parameters.map((w, i) => gradients[i] + settings.weightDecay * w);
  switch (settings.kind) {
    case 'sgd': {
      const momentum = g.map((value, i) => settings.momentum * (slots[0]?.[i] ?? 0) + value);
      return {
        parameters: parameters.map((w, i) => w - learningRate * momentum[i]),
        slots: slots.length > 0 ? [momentum] : [],
      };
    }
    case 'adam': {
      const { beta1, beta2, epsilon } = settings;
      const m = g.map((value, i) => beta1 * slots[0][i] + (1 - beta1) * value);
      const v = g.map((value, i) => beta2 * slots[1][i] + (1 - beta2) * value * value);
      const step = (i: number): number =>
        m[i] / (1 - beta1 ** update) / (Math.sqrt(v[i] / (1 - beta2 ** update)) + epsilon);
      return { parameters: parameters.map((w, i) => w - learningRate * step(i)), slots: [m, v] };
    }
  }
}
