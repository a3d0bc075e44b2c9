// The network of an experiment: its architecture for the shape of the data, with its neurons, norms and readout.
import { buildNetwork, withLayers, withNeurons } from '../network/architectures.js';
import { SettingsError } from '../errors.js';
import { gives, mpbn, type Network } from '../network/layers.js';
import { withReadout } from '../network/readout.js';
import type { Shape } from '../network/shapes.js';
import { isEquations, isNormed, type NeuronChoice, neuronName } from '../neurons/settings.js';
import type { Experiment } from './experiment.js';
import { withNorms } from './norms.js';

/**
 * Builds the network of an experiment for a data set's shape and class count.
 *
 * @param experiment - of it network, neuron, batch norm, steps and readout count
 * @param shape - of an image or frame, `[H, W, C]`
 * @param classes - how many
 * @returns the network with the neurons, norms and readout that the experiment names
 * @throws SettingsError as `buildNetwork` and `withReadout`, and where a kind of batch norm scales by a threshold that the neurons do not have
 */
export function experimentNetwork(
  experiment: Pick<Experiment, 'network' | 'neuron' | 'batchNorm' | 'steps' | 'readout'>,
  shape: Shape,
  classes: number,
): Network {
  const { network: spec, neuron, readout = { kind: 'mean', voting: 1 } } = experiment;
  if (spec.twin === 'ann' && readout.kind !== 'mean')
    throw new SettingsError(
      `readout.kind is ${readout.kind}, and an ANN twin has neither potentials nor spikes; take mean`,
    );
  const built = withNorms(buildNetwork(spec, shape, classes, readout.voting), experiment);
  const read = withReadout(built, readout);
  const network = withNeuronsOf(read, neuron);
  if (readout.kind === 'rate' && gives(network.layers.at(-1)!) !== 'spikes')
    throw new SettingsError(
      `readout.kind is rate, and ${neuronName(neuron)} hands on other values than spikes; take another neuron, or readout.kind mean`,
    );
  return network;
}

/** With what the settings put in the places of LIF. */
function withNeuronsOf(network: Network, neuron: NeuronChoice): Network {
  if (isEquations(neuron)) return withNeurons(network, neuron.model);
  if (!isNormed(neuron)) return network;
  return withLayers(network, (layer) => (layer.type === 'lif' ? mpbn(layer.name) : layer));
}
