// Tests: test/network/layers.test.ts.
import type { NeuronKind } from '../layer.js';

/** A layer of leaky integrate-and-fire neurons (see `NeuronSettings`): the only layer with a state over time. */
export interface Lif {
  type: 'lif';
  name: string;
}

/** A layer of LIF neurons. */
export const lif = (name: string): Lif => ({ type: 'lif', name });

export const lifKind: NeuronKind<Lif> = {
  type: 'lif',
  role: 'neuron',
  gives: 'spikes',
  fields: {},
  output: (_, input) => input,
  movesNothing: true,
  words: () => 'LIF',
  row: 'appended',
};
