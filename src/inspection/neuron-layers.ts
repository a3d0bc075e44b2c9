// The layers of neurons of a network with their shapes. Tests: test/inspection/look.test.ts.
import { kindOf, type Network } from '../network/layers.js';
import { placeLayers } from '../network/shapes.js';

/** In the order of the network, those of residual branches among them. */
export const neuronsOf = (network: Network): { name: string; shape: readonly [number, number, number] }[] =>
  placeLayers(network)
    .filter(({ layer }) => kindOf(layer).role === 'neuron')
    .map(({ layer, output }) => ({ name: layer.name, shape: output }));
