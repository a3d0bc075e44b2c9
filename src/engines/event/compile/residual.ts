// Compiles a residual block: both branches from one input, their currents added by the neuron that follows.
import type { Residual } from '../../../network/layers.js';
import { add, denseFloats } from '../ops/currents.js';
import { pixelsOf, type DenseSignal, type Gradient, type Signal, type SpikeSignal } from '../signal.js';
import type { Compiled, Compiler } from './compiler.js';
import { compileLayers } from './layers.js';

const termsOf = (signal: Signal): (DenseSignal | SpikeSignal)[] =>
  signal.kind === 'sum' ? signal.terms : [signal];

/** Compiles the block; its output is a sum that is still to be made. */
export function compileResidual(compiler: Compiler, layer: Residual, input: Signal): Compiled {
  if (input.kind === 'sum') compiler.refuse(layer, 'it follows a residual block directly');
  const body = compileLayers(compiler, layer.body, input);
  const shortcut = compileLayers(compiler, layer.shortcut, input);
  const terms = [...termsOf(body.output), ...termsOf(shortcut.output)];
  if (terms.length > 2) compiler.refuse(layer, 'more than two currents meet in it');
  if (terms.some(({ isStatic }) => isStatic !== terms[0].isStatic))
    compiler.refuse(layer, 'one of its branches is the same at every time step and the other is not');
  if (terms.some((term) => term.kind === 'spikes' && term.planes > 1))
    compiler.refuse(layer, 'pooled spikes reach its sum');
  const { channels, height, width, images, isStatic } = terms[0];
  const learns = terms.some((term) => term.learns);
  const output: Signal = { kind: 'sum', terms, channels, height, width, images, isStatic, learns };
  return {
    output,
    backward(gradient) {
      // Both branches read the gradient; the second to run may write its own result over it.
      compiler.keep(gradient.region);
      const identity = layer.shortcut.length === 0;
      if (identity) {
        const last = body.backward(gradient, input.learns ? gradient.region : undefined);
        if (!last) return dropped(compiler, gradient);
        return joined(compiler, input, gradient, last);
      }
      const first = body.backward(gradient);
      const second = shortcut.backward(gradient, first?.region);
      if (!first || !second) return first ?? second;
      return joined(compiler, input, first, second);
    },
  };
}

function dropped(compiler: Compiler, { region }: Gradient): undefined {
  compiler.drop(region);
}

/** The sum of two gradients, in the first one's memory; nothing to do when the second was added there already. */
function joined(compiler: Compiler, input: Signal, first: Gradient, second: Gradient): Gradient {
  if (second.region === first.region) return first;
  const floats = denseFloats(input.channels, pixelsOf(input));
  compiler.run(add(first.region.address, second.region.address, floats));
  compiler.drop(second.region);
  return first;
}
