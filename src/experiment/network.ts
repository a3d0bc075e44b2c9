// The network of an experiment: its architecture for the shape of the data, with its neurons.
import { buildNetwork, withNeurons } from '../network/architectures.js';
import type { Network } from '../network/layers.js';
import type { Shape } from '../network/shapes.js';
import { isEquations } from '../neurons/settings.js';
import type { Experiment } from './experiment.js';

/**
 * Builds the network of an experiment for a data set's shape and class count.
 *
 * @throws SettingsError as `buildNetwork`
 */
export function experimentNetwork(
  { network: spec, neuron }: Pick<Experiment, 'network' | 'neuron'>,
  shape: Shape,
  classes: number,
): Network {
  const network = buildNetwork(spec, shape, classes);
  return isEquations(neuron) ? withNeurons(network, neuron.model) : network;
}
