// Compiles batch norm: the statistics of the batch, or running ones, become a scale and a shift which the neurons
// that follow apply on the way; no normalised copy is made. Tests: test/engines/event/model.test.ts.
import { batchNormGain } from '../../learning/batch-norm.js';
import type { BatchNorm, ScaledNorm } from '../../network/layers.js';
import type { NormSite } from './ops.js';
import type { Compiled, Planner } from './planner.js';
import { type DenseSignal, type Gradient, pixelsOf } from './signal.js';

/** Compiles a batch norm over dense values. */
export function compileBatchNorm(
  planner: Planner,
  layer: BatchNorm | ScaledNorm,
  input: DenseSignal,
): Compiled {
  const { batchNorm, neuron, steps } = planner.settings;
  const site: NormSite = {
    ...{ layer, input },
    gain: layer.type === 'batchNorm' ? batchNormGain(batchNorm, neuron) : 1,
    repeats: input.isStatic ? steps : 1,
  };
  const norm = planner.ops.norm(site);
  const output: DenseSignal = { ...input, norm, learns: true };
  // The vectors stay: they are small, and the neurons read them later.
  if (!planner.training) return { output, backward: () => undefined };
  planner.keep(input.region);
  return {
    output,
    backward(gradient: Gradient) {
      const sums = gradient.sums?.get(norm);
      if (!sums) return planner.refuse(layer, 'no neuron, ReLU or sum follows it');
      planner.ops.normGradient(site, norm, sums);
      // Over y, unless another layer still reads it: a residual's shortcut from the same input.
      const inPlace = planner.owned(input.region);
      const dy = inPlace ? input.region : planner.allocDense(layer.channels, pixelsOf(input));
      planner.ops.normalise(site, norm, gradient.region, dy);
      planner.drop(sums.region);
      planner.drop(gradient.region);
      if (!inPlace) planner.drop(input.region);
      return { region: dy, poolHeight: 1, poolWidth: 1 };
    },
  };
}
