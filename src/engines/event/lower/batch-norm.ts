// Lowers batch norms: kernels make partial sums, the calling thread merges them and makes the vectors, in double precision.
// Tests: test/engines/event/model.test.ts.
import type { Region } from '../../plan/arena.js';
import { blocksOf, LANES } from '../../plan/geometry.js';
import type { Host } from '../../plan/host.js';
import type { NormSite } from '../../plan/ops.js';
import {
  type GradientSums,
  type Norm,
  normBytes,
  type NormVector,
  normVector,
  pixelsOf,
} from '../../plan/signal.js';
import {
  backwardVectors,
  mergeMoments,
  mergeSums,
  normalisation,
  type Normalisation,
} from '../batch-norm.js';
import type { Compiler } from '../compiler.js';
import { chunkSizes, chunkUnits, normaliseBackward, statistics } from '../ops/batch-norm.js';

/** A norm, and what the calling thread knows of it while the plan runs. */
interface EventNorm extends Norm {
  current?: Normalisation;
}

/** Emits the forward vectors. */
export function lowerNorm(compiler: Compiler, { layer, input, gain, repeats }: NormSite): Norm {
  const { channels } = layer;
  const norm: EventNorm = { channels, vectors: compiler.alloc(normBytes(channels)) };
  const { epsilon } = compiler.settings.batchNorm;
  const pixels = pixelsOf(input);
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
      host.floats(compiler.parameter(`${layer.name}.${name}`).address, channels),
    );
    norm.current = normalisation(moments, gamma, beta, epsilon, gain);
    for (const name of ['scale', 'shift', 'hatScale', 'hatShift'] as const)
      write(host, norm, name, norm.current[name]);
    if (!partial) return;
    const count = pixels * repeats;
    const variance = moments.variance.map((value) => (value * count) / Math.max(1, count - 1));
    compiler.statistics.set(layer.name, [{ mean: moments.mean, variance }]);
  });
  if (partial) compiler.drop(partial);
  return norm;
}

/** Emits the gradients of γ and β, and the backward vectors. */
export function lowerNormGradient(
  compiler: Compiler,
  { layer, input, gain }: NormSite,
  norm: EventNorm,
  { region, units, term }: GradientSums,
): void {
  const { channels } = layer;
  compiler.host((host) => {
    const doubles = host.doubles(region.address, units * blocksOf(channels) * 96);
    const total = mergeSums(doubles, units, channels, 96, 0);
    const dots = mergeSums(doubles, units, channels, 96, LANES * (term + 1));
    host
      .floats(compiler.gradient(`${layer.name}.weight`).address, channels)
      .set(dots.map((value) => gain * value));
    host.floats(compiler.gradient(`${layer.name}.bias`).address, channels).set(total);
    const backward = backwardVectors(norm.current!, total, dots, pixelsOf(input));
    for (const name of ['a', 'b', 'c'] as const) write(host, norm, name, backward[name]);
  });
}

/** Emits the gradient of the norm's input. */
export function lowerNormalise(
  compiler: Compiler,
  { layer: { channels }, input }: NormSite,
  norm: Norm,
  gradient: Region,
  target: Region,
): void {
  const [a, b, c] = (['a', 'b', 'c'] as const).map((name) => normVector(norm, name));
  const operands = { gradient: gradient.address, y: input.region.address, target: target.address };
  compiler.run(normaliseBackward({ ...operands, channels, pixels: pixelsOf(input) }, { a, b, c }));
}

/** Writes one of the vectors; its padding is 0. */
function write(host: Host, norm: Norm, name: NormVector, values: Float64Array): void {
  const target = host.floats(normVector(norm, name), blocksOf(norm.channels) * LANES);
  target.fill(0);
  target.set(values);
}

const runningMoments = (
  { options: { running } }: Compiler,
  { name }: NormSite['layer'],
): { mean: Float64Array; variance: Float64Array } => ({
  mean: Float64Array.from(running.get(`${name}.runningMean`)!),
  variance: Float64Array.from(running.get(`${name}.runningVariance`)!),
});
