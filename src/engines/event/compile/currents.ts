// Compiles ReLU, and the writing out of currents where a layer follows that wants plain values.
// Tests: test/engines/event/model.test.ts.
import type { Layer, Relu } from '../../../network/layers.js';
import { blocksOf } from '../geometry.js';
import { currents, currentsBackward, currentUnits, type Currents } from '../ops/currents.js';
import { pixelsOf, type DenseSignal, type Gradient, type Signal } from '../signal.js';
import { regionsOf, type Compiled, type Compiler } from './compiler.js';
import { sumsByNorm, termsOf } from './lif.js';
import { spreadPool } from './pool.js';

/** Compiles a ReLU. */
export const compileRelu = (compiler: Compiler, layer: Relu, input: Signal): Compiled =>
  compileCurrents(compiler, layer, input, true);

/** True when a signal is plain values or spikes: no batch norm and no sum is still to be applied. */
export const isSettled = (signal: Signal): boolean =>
  signal.kind === 'spikes' || (signal.kind === 'dense' && !signal.norm);

/** Compiles what makes a signal settled, for `layer`. */
export const settle = (compiler: Compiler, layer: Layer, input: Signal): Compiled =>
  compileCurrents(compiler, layer, input, false);

function compileCurrents(compiler: Compiler, layer: Layer, input: Signal, relu: boolean): Compiled {
  const { channels, height, width, images, isStatic, learns, flattened } = input;
  const pixels = pixelsOf(input);
  const operands: Currents = { channels, pixels, terms: termsOf(compiler, layer, input), relu };
  const output: DenseSignal = {
    ...{ kind: 'dense', channels, height, width, images, isStatic, learns, flattened },
    region: compiler.allocDense(channels, pixels),
  };
  compiler.run(currents(operands, output.region.address));
  if (!compiler.training) return { output, backward: () => undefined };
  for (const region of regionsOf(input)) compiler.keep(region);
  return {
    output,
    backward(pooled: Gradient): Gradient {
      const gradient = spreadPool(compiler, pooled, output);
      const inPlace = compiler.owned(gradient.region);
      const dx = inPlace ? gradient.region : compiler.allocDense(channels, pixels);
      const units = currentUnits(operands);
      const partial = compiler.alloc(units * 768);
      const at = { gradient: gradient.region.address, dx: dx.address, partial: partial.address };
      compiler.run(currentsBackward(operands, at));
      if (!inPlace) compiler.drop(gradient.region);
      for (const region of regionsOf(input)) compiler.drop(region);
      const sums = sumsByNorm(compiler, input, operands.terms, partial, units / blocksOf(channels));
      return { region: dx, poolHeight: 1, poolWidth: 1, sums };
    },
  };
}
