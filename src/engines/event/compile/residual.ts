// Compiles a residual block: both branches from one input, their currents added by the neuron that follows.
// Tests: test/engines/event/model.test.ts.
import type { Layer, Residual } from '../../../network/layers.js';
import { add, denseFloats } from '../ops/currents.js';
import { pixelsOf, type DenseSignal, type Gradient, type Signal, type SpikeSignal } from '../signal.js';
import type { Compiled, Compiler } from './compiler.js';
import { spreadPool } from './pool.js';

const termsOf = (signal: Signal): (DenseSignal | SpikeSignal)[] =>
  signal.kind === 'sum' ? signal.terms : [signal];

/** Compiles the block; its output is a sum that is still to be made. */
export function compileResidual(
  compiler: Compiler,
  layer: Residual,
  input: DenseSignal | SpikeSignal,
  compileLayers: (compiler: Compiler, layers: Layer[], input: Signal) => Compiled,
): Compiled {
  const body = compileLayers(compiler, layer.body, input);
  const shortcut = compileLayers(compiler, layer.shortcut, input);
  const terms = [...termsOf(body.output), ...termsOf(shortcut.output)];
  if (terms.length > 2) compiler.refuse(layer, 'more than two currents meet in it');
  if (terms.some(({ isStatic }) => isStatic !== terms[0].isStatic))
    compiler.refuse(layer, 'one of its branches is the same at every time step and the other is not');
  if (terms.some((term) => term.kind === 'spikes' && term.planes > 1))
    compiler.refuse(layer, 'pooled spikes reach its sum');
  const { channels, height, width, images, isStatic, flattened } = terms[0];
  if (terms.some((term) => term.height !== height || term.width !== width || term.channels !== channels))
    compiler.refuse(layer, 'one of its branches ends with a flatten layer and the other does not');
  const learns = terms.some((term) => term.learns);
  const output: Signal = { kind: 'sum', terms, channels, height, width, images, isStatic, learns, flattened };
  return {
    output,
    backward(gradient) {
      // Both branches read the gradient; the second to run may add its own result to that of the first, which of an
      // identity is the gradient itself.
      const [before, after] = layer.shortcut.length === 0 ? [shortcut, body] : [body, shortcut];
      compiler.keep(gradient.region);
      const first = spread(compiler, before.backward(gradient), input);
      const second = spread(compiler, after.backward(gradient, first?.region), input);
      if (first && second && input.learns) return joined(compiler, input, first, second);
      for (const unneeded of [first, second]) if (unneeded) compiler.drop(unneeded.region);
      return undefined;
    },
  };
}

/** A gradient in the size of the input, where it is still that of the input's average pool. */
const spread = (compiler: Compiler, gradient: Gradient | undefined, input: Signal): Gradient | undefined =>
  gradient && spreadPool(compiler, gradient, input);

/** The sum of two gradients, in the first one's memory; nothing to do when the second was added there already. */
function joined(compiler: Compiler, input: Signal, first: Gradient, second: Gradient): Gradient {
  const { region } = first;
  if (!second.added) {
    compiler.run(add(region.address, second.region.address, denseFloats(input.channels, pixelsOf(input))));
    compiler.drop(second.region);
  }
  return { region, poolHeight: 1, poolWidth: 1 };
}
