// A network with the classification loss alone: penalties on weights have a gradient whatever the network does.
// Tests: test/measures/kinds/coverage.test.ts.
import type { Engine, Model } from '../engines/engine.js';
import type { TensorMap } from '../network/parameters.js';

/**
 * Lends a model of the same network, settings and weights whose loss has no penalty on weights.
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
  const model = engine.createModel(network, { ...settings, lipschitz }, weights);
  try {
    return await look(model);
  } finally {
    model.dispose();
  }
}
