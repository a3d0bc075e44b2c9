// Compiles a residual block: both branches from one input, their currents added by the neuron that follows.
// Tests: test/engines/event/model.test.ts.
import type { Layer, Residual } from '../../network/layers.js';
import type { Compiled, Planner } from './planner.js';
import { spreadPool } from './pool.js';
import type { DenseSignal, Gradient, Signal, SpikeSignal } from './signal.js';

const termsOf = (signal: Signal): (DenseSignal | SpikeSignal)[] =>
  signal.kind === 'sum' ? signal.terms : [signal];

/** Compiles the block; its output is a sum that is still to be made. */
export function compileResidual(
  planner: Planner,
  layer: Residual,
  input: DenseSignal | SpikeSignal,
  compileLayers: (planner: Planner, layers: Layer[], input: Signal) => Compiled,
): Compiled {
  const body = compileLayers(planner, layer.body, input);
  const shortcut = compileLayers(planner, layer.shortcut, input);
  const terms = [...termsOf(body.output), ...termsOf(shortcut.output)];
  if (terms.length > 2) planner.refuse(layer, 'more than two currents meet in it');
  if (terms.some(({ isStatic }) => isStatic !== terms[0].isStatic))
    planner.refuse(layer, 'one of its branches is the same at every time step and the other is not');
  if (terms.some((term) => term.kind === 'spikes' && term.planes > 1))
    planner.refuse(layer, 'pooled spikes reach its sum');
  const { channels, height, width, images, isStatic, flattened } = terms[0];
  if (terms.some((term) => term.height !== height || term.width !== width || term.channels !== channels))
    planner.refuse(layer, 'one of its branches ends with a flatten layer and the other does not');
  const learns = terms.some((term) => term.learns);
  const output: Signal = { kind: 'sum', terms, channels, height, width, images, isStatic, learns, flattened };
  return {
    output,
    backward(gradient) {
      // Both branches read the gradient; the second to run may add its own result to that of the first, which of an
      // identity is the gradient itself.
      const [before, after] = layer.shortcut.length === 0 ? [shortcut, body] : [body, shortcut];
      planner.keep(gradient.region);
      const first = spread(planner, before.backward(gradient), input);
      const second = spread(planner, after.backward(gradient, first?.region), input);
      if (first && second && input.learns) return joined(planner, input, first, second);
      for (const unneeded of [first, second]) if (unneeded) planner.drop(unneeded.region);
      return undefined;
    },
  };
}

/** The gradient in the size of the input, where it is still that of the input's average pool. */
const spread = (planner: Planner, gradient: Gradient | undefined, input: Signal): Gradient | undefined =>
  gradient && spreadPool(planner, gradient, input);

/** The sum of two gradients, in the first one's memory; nothing to do when the second was added there already. */
function joined(planner: Planner, input: Signal, first: Gradient, second: Gradient): Gradient {
  const { region } = first;
  if (!second.added) {
    planner.ops.add(input, region, second.region);
    planner.drop(second.region);
  }
  return { region, poolHeight: 1, poolWidth: 1 };
}
