// Neurons that hand on their spike times a number of the layer: one of two numbers, so that the number can be multiplied into the
// weights behind once, and what is left is a spike.
import type { Expression } from './expression.js';
import type { NeuronEquations } from './neuron.js';

/**
 * Whether the output is the spike, or the spike times something that is the same for all neurons of the layer at all steps: numbers,
 * fixed parameters, those learned `per: 'layer'`, and what is computed of them alone.
 *
 * @param neuron - as it was read
 * @returns true of `y = theta * o` with θ of the layer; false where θ is of a channel, or the potential is handed on
 */
export function isScaledSpike({ forward, spike, output, fixed, learned }: NeuronEquations): boolean {
  const values = new Map(forward.map(({ name, value }) => [name, value]));
  const ofLayer = new Set([
    ...fixed.keys(),
    ...learned.filter(({ per }) => per === 'layer').map(({ name }) => name),
  ]);
  const isOfLayer = (of: Expression): boolean => {
    if (of.kind === 'number') return true;
    if (of.kind === 'call') return of.args.every(isOfLayer);
    const value = values.get(of.name);
    return ofLayer.has(of.name) || (of.name !== spike && value !== undefined && isOfLayer(value));
  };
  const isScaled = (of: Expression): boolean => {
    if (of.kind === 'number') return false;
    if (of.kind === 'name') {
      const value = values.get(of.name);
      return of.name === spike || (value !== undefined && isScaled(value));
    }
    const [a, b] = of.args;
    if (of.fn === 'multiply') return (isScaled(a) && isOfLayer(b)) || (isOfLayer(a) && isScaled(b));
    return of.fn === 'divide' && isScaled(a) && isOfLayer(b);
  };
  return isScaled({ kind: 'name', name: output, at: -1 });
}
