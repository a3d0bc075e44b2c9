// Tests: test/network/layers.test.ts.
import type { NeuronKind } from '../layer.js';

/** `max(0, x)`: what the ANN twin has in place of LIF. */
export interface Relu {
  type: 'relu';
  name: string;
}

/**
 * A layer of rectified linear units, `max(0, x)`: what an ANN has in place of spiking neurons.
 *
 * @param name - unique in the network
 * @returns the layer
 */
export const relu = (name: string): Relu => ({ type: 'relu', name });

export const reluKind: NeuronKind<Relu> = {
  type: 'relu',
  role: 'neuron',
  gives: () => 'activations',
  states: () => 0,
  fields: {},
  output: (_, input) => input,
  movesNothing: true,
  words: () => 'ReLU',
  row: 'appended',
};
