// Layers of the kinds of batch norm: those that are no setting of the arithmetic take the places of `batchNorm`.
import { type BatchNormKind, type BatchNormSettings } from '../learning/batch-norm.js';
import { withLayers, withLists } from '../network/architectures.js';
import { gives, type Layer, neuNorm, type Network, scaledNorm, stepNorm } from '../network/layers.js';
import { type NeuronChoice, thresholdOf } from '../neurons/settings.js';
import { STEP_NORM_NAMES } from '../norms/index.js';

/** Settings that decide the norms of a network. */
export interface NormChoice {
  batchNorm: BatchNormSettings;
  neuron: NeuronChoice;
  steps: number;
}

type Place = { name: string; channels: number };
type Make = (place: Place, choice: NormChoice) => Layer;

/** What stands in the place of a batch norm; none: it stays. */
const layerOf: { [Kind in BatchNormKind]?: Make } = {
  tdbnInit: ({ name, channels }, { batchNorm, neuron }) =>
    scaledNorm(name, channels, batchNorm.alpha * thresholdOf(neuron)),
  ...Object.fromEntries(
    STEP_NORM_NAMES.map((kind): [string, Make] => [
      kind,
      ({ name, channels }, { steps }) => stepNorm(name, channels, kind, steps),
    ]),
  ),
};

/**
 * The network with the batch norms of that kind, under their names.
 *
 * @throws SettingsError where the kind scales by a threshold and the neurons have none
 */
export function withNorms(network: Network, choice: NormChoice): Network {
  if (choice.batchNorm.kind === 'neuNorm') return withNeuNorms(network, choice.batchNorm.k);
  const make = layerOf[choice.batchNorm.kind];
  if (!make) return network;
  return withLayers(network, (layer) => (layer.type === 'batchNorm' ? make(layer, choice) : layer));
}

/** Behind neurons whose currents were normalised or added up by a block: what comes out is normalised in place of what goes in. */
const withNeuNorms = (network: Network, k?: number): Network =>
  withLists(network, (layers) =>
    layers.flatMap((layer, i): Layer[] => {
      if (layer.type === 'batchNorm') return [];
      const before = layers[i - 1]?.type;
      const normalised = before === 'batchNorm' || before === 'residual';
      return gives(layer) === 'spikes' && normalised ? [layer, neuNorm(`${layer.name}.norm`, k)] : [layer];
    }),
  );
