import type { NeuronDescription } from '../../equations/index.js';
import { isScaledSpike } from '../../equations/scaled-spike.js';
import { equationsOf, spelled } from '../../neurons/settings.js';
import type { Field } from '../fields.js';
import type { Shape } from '../geometry.js';
import type { LayerParameter, NeuronKind } from '../layer.js';

/**
 * A layer of neurons that are equations: their state runs over time, and what they learn belongs to the layer. The gradient
 * through their spike (surrogate, SGS) is the experiment's.
 */
export interface EquationNeurons {
  type: 'neuron';
  name: string;
  /** The equations of each neuron. Not to be changed once the layer is made. */
  model: NeuronDescription;
}

/**
 * A layer of neurons that are equations.
 *
 * @param name - unique in the network
 * @param description - its equations as text, such as `neurons.plif`
 * @returns the layer
 * @throws SettingsError that names the equation, the place and what was expected, where the description is none
 */
export const neuron = (name: string, description: NeuronDescription): EquationNeurons => ({
  type: 'neuron',
  name,
  model: spelled(description),
});

/** Equations that cannot be read are refused by their own error, which names the place. */
const description: Field = {
  expected: 'the equations of a neuron',
  holds: (value) =>
    typeof value === 'object' &&
    value !== null &&
    equationsOf(value as NeuronDescription).description.name !== '',
};

const shapeOf = (per: 'layer' | 'channel' | 'neuron', [height, width, channels]: Shape): number[] => {
  if (per === 'neuron') return [height, width, channels];
  return [per === 'channel' ? channels : 1];
};

export const neuronKind: NeuronKind<EquationNeurons> = {
  type: 'neuron',
  role: 'neuron',
  gives({ model }) {
    const equations = equationsOf(model);
    if (equations.output === equations.spike) return 'spikes';
    return isScaledSpike(equations) ? 'scaledSpikes' : 'activations';
  },
  states: ({ model }) => equationsOf(model).state.size,
  fields: { model: description },
  output: (_, input) => input,
  movesNothing: true,
  /** `[1]` of a layer, `[C]` of channels, `[H, W, C]` of neurons; by name, so that the order in a description decides nothing. */
  parameters: ({ model }, input) =>
    equationsOf(model)
      .learned.map(({ name, per, initial, spread }): LayerParameter => ({
        suffix: name,
        shape: shapeOf(per, input),
        role: 'neuron',
        initial,
        ...(spread !== undefined && { spread }),
      }))
      .sort((a, b) => (a.suffix < b.suffix ? -1 : 1)),
  words: ({ model }) => model.name,
  row: 'appended',
};
