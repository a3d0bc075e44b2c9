// Compiles batch norm: the statistics of the batch, or running ones, become a scale and a shift which the neurons
// that follow apply on the way; no normalised copy is made. Tests: test/engines/event/model.test.ts.
import { batchNormGain } from '../../../learning/batch-norm.js';
import type { BatchNorm, ScaledNorm } from '../../../network/layers.js';
import {
  backwardVectors,
  mergeMoments,
  mergeSums,
  normalisation,
  type Normalisation,
} from '../batch-norm.js';
import { blocksOf, LANES } from '../geometry.js';
import { chunkSizes, chunkUnits, normaliseBackward, statistics } from '../ops/batch-norm.js';
import { pixelsOf, type DenseSignal, type Gradient, type Norm } from '../signal.js';
import type { Compiled, Compiler } from './compiler.js';

/** Compiles a batch norm over dense values. */
export function compileBatchNorm(
  compiler: Compiler,
  layer: BatchNorm | ScaledNorm,
  input: DenseSignal,
): Compiled {
  const { channels } = layer;
  const floats = blocksOf(channels) * LANES;
  const vectors = compiler.alloc(7 * floats * 4);
  const vector = (i: number): number => vectors.address + i * floats * 4;
  const norm: Norm = { scale: vector(0), shift: vector(1), hatScale: vector(2), hatShift: vector(3) };
  const { batchNorm, neuron, steps } = compiler.settings;
  const gain = layer.type === 'batchNorm' ? batchNormGain(batchNorm, neuron) : 1;
  const pixels = pixelsOf(input);
  let current: Normalisation | undefined;
  const partial = compiler.training ? compiler.alloc(chunkUnits(channels, pixels) * 512) : undefined;
  if (partial) compiler.run(statistics(input.region.address, channels, pixels, partial.address));
  compiler.host((host) => {
    const moments = partial
      ? mergeMoments(
          host.doubles(partial.address, chunkUnits(channels, pixels) * 64),
          chunkSizes(pixels),
          channels,
        )
      : runningMoments(compiler, layer);
    const [gamma, beta] = ['weight', 'bias'].map((name) =>
      host.floats(compiler.parameter(`${layer.name}.${name}`), channels),
    );
    current = normalisation(moments, gamma, beta, batchNorm.epsilon, gain);
    for (const name of ['scale', 'shift', 'hatScale', 'hatShift'] as const) {
      const target = host.floats(norm[name], floats);
      target.fill(0);
      target.set(current[name]);
    }
    if (!partial) return;
    const count = pixels * (input.isStatic ? steps : 1); // a static image stands for T equal ones
    const variance = moments.variance.map((value) => (value * count) / Math.max(1, count - 1));
    compiler.statistics.set(layer.name, [{ mean: moments.mean, variance }]);
  });
  if (partial) compiler.drop(partial);
  const output: DenseSignal = { ...input, norm, learns: true };
  if (!compiler.training) {
    // The vectors stay: they are small, and the neurons read them later.
    return { output, backward: () => undefined };
  }
  compiler.keep(input.region);
  return {
    output,
    backward(gradient: Gradient) {
      const sums = gradient.sums?.get(norm);
      if (!sums) return compiler.refuse(layer, 'no neuron, ReLU or sum follows it');
      const [a, b, c] = [vector(4), vector(5), vector(6)];
      compiler.host((host) => {
        const doubles = host.doubles(sums.region.address, sums.units * blocksOf(channels) * 96);
        const total = mergeSums(doubles, sums.units, channels, 96, 0);
        const dots = mergeSums(doubles, sums.units, channels, 96, sums.offset);
        host
          .floats(compiler.gradient(`${layer.name}.weight`), channels)
          .set(dots.map((value) => gain * value));
        host.floats(compiler.gradient(`${layer.name}.bias`), channels).set(total);
        const backward = backwardVectors(current!, total, dots, pixels);
        for (const [address, values] of [
          [a, backward.a],
          [b, backward.b],
          [c, backward.c],
        ] as const) {
          const target = host.floats(address, floats);
          target.fill(0);
          target.set(values);
        }
      });
      // Over y, unless another layer still reads it: a residual's shortcut from the same input.
      const inPlace = compiler.owned(input.region);
      const dy = inPlace ? input.region : compiler.allocDense(channels, pixels);
      const operands = { gradient: gradient.region.address, y: input.region.address, target: dy.address };
      compiler.run(normaliseBackward({ ...operands, channels, pixels }, { a, b, c }));
      compiler.drop(sums.region);
      compiler.drop(gradient.region);
      if (!inPlace) compiler.drop(input.region);
      return { region: dy, poolHeight: 1, poolWidth: 1 };
    },
  };
}

const runningMoments = (
  { options: { running } }: Compiler,
  { name }: BatchNorm | ScaledNorm,
): { mean: Float64Array; variance: Float64Array } => ({
  mean: Float64Array.from(running.get(`${name}.runningMean`)!),
  variance: Float64Array.from(running.get(`${name}.runningVariance`)!),
});
