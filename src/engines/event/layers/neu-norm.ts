// Compiles neuron normalisation: spikes, or what pools made of them, become real values. Tests: test/engines/neu-norm.test.ts.
import type { NeuNorm } from '../../../network/layers.js';
import { neuNormBackward, neuNormForward, type NeuNormOperands } from '../ops/neu-norm.js';
import { pixelsOf, type DenseSignal, type Gradient, type SpikeSignal } from '../../plan/signal.js';
import type { Compiled } from '../../plan/planner.js';
import type { Compiler } from '../compiler.js';
import { spreadPool } from '../../plan/pool.js';

/** Compiles the layer. */
export function compileNeuNorm(
  compiler: Compiler,
  layer: NeuNorm,
  given: DenseSignal | SpikeSignal,
): Compiled {
  const { steps } = compiler.settings;
  const pooled = given.kind === 'spikes' && given.planes > 1;
  const input = pooled ? compiler.ops.values(given) : given;
  const { channels, height, width, isStatic } = input;
  const batch = isStatic ? input.images : input.images / steps;
  const positions = batch * height * width;
  const sums = compiler.alloc(steps * positions * 4);
  const operands: NeuNormOperands = {
    ...{ k: layer.k, steps, channels, positions, pixels: height * width, isStatic },
    ...{ w: compiler.parameter(`${layer.name}.w`).address, sums: sums.address },
  };
  const output: DenseSignal = {
    ...{ kind: 'dense', channels, height, width, images: batch * steps, isStatic: false, learns: true },
    region: compiler.allocDense(channels, positions * steps),
  };
  const at = { x: input.region.address, spikes: input.kind === 'spikes', target: output.region.address };
  compiler.run(neuNormForward(operands, at));
  if (pooled) compiler.drop(input.region);
  if (!compiler.training) {
    compiler.drop(sums);
    return { output, backward: () => undefined };
  }
  return {
    output,
    backward(of: Gradient): Gradient {
      const { region } = spreadPool(compiler, of, output);
      const inPlace = !isStatic && compiler.owned(region);
      const dx = inPlace ? region : compiler.allocDense(channels, pixelsOf(input));
      const dw = compiler.gradient(`${layer.name}.w`).address;
      compiler.run(neuNormBackward(operands, { gradient: region.address, dx: dx.address, dw }));
      compiler.drop(sums);
      if (!inPlace) compiler.drop(region);
      return { region: dx, poolHeight: 1, poolWidth: 1 };
    },
  };
}
