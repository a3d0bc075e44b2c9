// Settings of a model, settled for the layers of its own network: strengths of SGS for each layer, checked against the layers that
// there are.
import { didYouMean } from '../did-you-mean.js';
import { SettingsError } from '../errors.js';
import { hasSpikes, type Network } from '../network/layers.js';
import { placeLayers } from '../network/shapes.js';
import type { NeuronChoice } from '../neurons/settings.js';
import { isByLayer } from '../surrogates/delta.js';
import type { SurrogateSettings } from '../surrogates/settings.js';
import type { Tuning } from './engine.js';

/** The names of the layers of neurons that spike, in order. */
export const neuronLayers = (network: Network): string[] =>
  placeLayers(network)
    .filter(({ layer }) => hasSpikes(layer))
    .map(({ layer }) => layer.name);

/**
 * The neurons' settings with δ by the names of layers, where each layer has its own.
 *
 * @throws SettingsError where a layer is not there, or the list has another length
 */
export function settledNeuron(network: Network, neuron: NeuronChoice): NeuronChoice {
  const { delta } = neuron;
  if (!isByLayer(delta)) return neuron;
  const names = neuronLayers(network);
  const { layers } = delta;
  if (Array.isArray(layers)) {
    if (layers.length !== names.length)
      throw new SettingsError(
        `neuron.delta.layers: ${layers.length} numbers, and ${network.name} has ${names.length} layers of neurons (${names.join(', ')}); give one for each`,
      );
    const byName = Object.fromEntries(names.map((name, i) => [name, (layers as number[])[i]]));
    return { ...neuron, delta: { ...delta, layers: byName } };
  }
  for (const name of Object.keys(layers))
    if (!names.includes(name))
      throw new SettingsError(
        `neuron.delta.layers: ${network.name} has no layer of neurons ${JSON.stringify(name.slice(0, 60))}; it has ${names.join(', ')}${didYouMean(name, names)}`,
      );
  return neuron;
}

/**
 * The neurons' settings with the numbers of an epoch in place of the rules that they come from.
 *
 * @throws SettingsError where they have no such number
 */
export function tunedNeuron(
  network: Network,
  neuron: NeuronChoice,
  { parameter, delta }: Tuning,
): NeuronChoice {
  const { surrogate } = neuron;
  if (parameter !== undefined && !('parameter' in surrogate))
    throw new SettingsError(
      `surrogate ${surrogate.name} has no shape parameter, got ${parameter}; leave surrogate.parameter out`,
    );
  return settledNeuron(network, {
    ...neuron,
    ...(parameter !== undefined && { surrogate: { ...surrogate, parameter } as SurrogateSettings }),
    ...(delta !== undefined && { delta: typeof delta === 'number' ? delta : { layers: delta } }),
  });
}
