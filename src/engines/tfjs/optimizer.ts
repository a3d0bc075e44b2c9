// Optimizers on tensors, with PyTorch's conventions: coupled weight decay, momentum without dampening, Adam
// with bias correction and epsilon outside the root. Tests: test/engines/tfjs/ops.test.ts.
import * as tf from '@tensorflow/tfjs';
import type { OptimizerSettings } from '../../learning/optimizer.js';

/**
 * One update of one parameter.
 *
 * @param slots - the optimizer's state, in the order of `slotNames`
 * @param update - 1 for the first update ever
 * @returns the new parameter and slots; nothing given is disposed
 */
export function updateParameter(
  parameter: tf.Tensor,
  gradient: tf.Tensor,
  slots: tf.Tensor[],
  settings: OptimizerSettings,
  learningRate: number,
  update: number,
): { parameter: tf.Tensor; slots: tf.Tensor[] } {
  const g = settings.weightDecay > 0 ? gradient.add(parameter.mul(settings.weightDecay)) : gradient;
  switch (settings.kind) {
    case 'sgd': {
      if (settings.momentum === 0) return { parameter: parameter.sub(g.mul(learningRate)), slots: [] };
      const momentum = slots[0].mul(settings.momentum).add(g); // the first update finds 0: momentum = g
      return { parameter: parameter.sub(momentum.mul(learningRate)), slots: [momentum] };
    }
    case 'adam': {
      const { beta1, beta2, epsilon } = settings;
      const m = slots[0].mul(beta1).add(g.mul(1 - beta1));
      const v = slots[1].mul(beta2).add(g.square().mul(1 - beta2));
      const denominator = v
        .sqrt()
        .mul(1 / Math.sqrt(1 - beta2 ** update))
        .add(epsilon);
      const step = m.div(denominator).mul(learningRate / (1 - beta1 ** update));
      return { parameter: parameter.sub(step), slots: [m, v] };
    }
  }
}
