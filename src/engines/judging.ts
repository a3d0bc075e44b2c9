// Terms of the loss that judge neurons, for every engine: the terms of the loss that do, and how many layers they look at. Tests:
// test/engines/objective.test.ts.
import { SettingsError } from '../errors.js';
import { neuronTermsOf, type LossSettings } from '../learning/losses/index.js';
import type { NeuronTermSettings, Weighted } from '../learning/losses/neuron-terms.js';
import { hasSpikes, type Network } from '../network/layers.js';
import { placeLayers } from '../network/shapes.js';

/** Terms that judge the neurons of a network. */
export interface Judging {
  terms: Weighted<NeuronTermSettings>[];
  /** Number of layers of neurons that spike: all of them are judged. */
  layers: number;
}

/**
 * Terms that judge the neurons of a network; undefined where there are none.
 *
 * @throws SettingsError where a term does, and the network has no neurons that spike
 */
export function judgingOf(network: Network, loss: LossSettings): Judging | undefined {
  const terms = neuronTermsOf(loss);
  if (terms.length === 0) return undefined;
  const placed = placeLayers(network);
  const normed = placed.find(({ layer }) => layer.type === 'mpbn');
  if (normed)
    throw new SettingsError(
      `${network.name}: ${terms[0].kind} judges potentials, and those of ${normed.layer.name} (mpbn) are normalised; leave the term out of the loss, or take other neurons`,
    );
  const layers = placed.filter(({ layer }) => hasSpikes(layer)).length;
  if (layers > 0) return { terms, layers };
  throw new SettingsError(
    `${network.name}: ${terms[0].kind} judges layers of neurons that spike, and it has none; leave the term out of the loss`,
  );
}
