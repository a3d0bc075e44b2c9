// Tests: test/network/layers.test.ts.
import type { NeuronKind } from '../layer.js';

/** A layer of leaky integrate-and-fire neurons (see `NeuronSettings`), whose numbers are those of the experiment. */
export interface Lif {
  type: 'lif';
  name: string;
}

/**
 * A layer of LIF neurons, whose τ, θ, reset, surrogate and δ are those of the experiment.
 *
 * @param name - unique in the network
 * @returns the layer
 */
export const lif = (name: string): Lif => ({ type: 'lif', name });

export const lifKind: NeuronKind<Lif> = {
  type: 'lif',
  role: 'neuron',
  gives: () => 'spikes',
  states: () => 1,
  fields: {},
  output: (_, input) => input,
  movesNothing: true,
  words: () => 'LIF',
  row: 'appended',
};
