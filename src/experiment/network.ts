// The network of an experiment: its architecture for the shape of the data, with its neurons and norms.
import { buildNetwork, withNeurons } from '../network/architectures.js';
import type { Network } from '../network/layers.js';
import type { Shape } from '../network/shapes.js';
import { isEquations } from '../neurons/settings.js';
import type { Experiment } from './experiment.js';
import { withNorms } from './norms.js';

/**
 * Builds the network of an experiment for a data set's shape and class count.
 *
 * @throws SettingsError as `buildNetwork`, and where a kind of batch norm scales by a threshold that the neurons do not have
 */
export function experimentNetwork(
  experiment: Pick<Experiment, 'network' | 'neuron' | 'batchNorm' | 'steps'>,
  shape: Shape,
  classes: number,
): Network {
  const { network: spec, neuron } = experiment;
  const network = withNorms(buildNetwork(spec, shape, classes), experiment);
  return isEquations(neuron) ? withNeurons(network, neuron.model) : network;
}
