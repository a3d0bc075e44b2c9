// A network with the loss of its logits alone: penalties on weights, and terms that judge neurons, have a gradient whatever the
// network says.
// Tests: test/measures/kinds/coverage.test.ts.
import type { Engine, Model } from '../engines/engine.js';
import { ofLogits } from '../learning/losses/index.js';
import type { TensorMap } from '../network/parameters.js';

/**
 * Lends a model of the same network, settings and weights whose loss judges its logits alone.
 *
 * @returns what `look` gives; the model is gone then
 */
export async function withoutPenalties<Found>(
  engine: Engine,
  { network, settings }: Pick<Model, 'network' | 'settings'>,
  weights: TensorMap,
  look: (model: Model) => Promise<Found>,
): Promise<Found> {
  const lipschitz = { ...settings.lipschitz, beta: 0 };
  const loss = ofLogits(settings.loss);
  const model = engine.createModel(network, { ...settings, lipschitz, loss }, weights);
  try {
    return await look(model);
  } finally {
    model.dispose();
  }
}
