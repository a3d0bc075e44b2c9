// Lowers batch norms: their vectors from the moments of the batch, or from running statistics, and the backward pass.
// Tests: test/engines/webgpu/model.slow.ts.
import type { Region } from '../../plan/arena.js';
import type { NormSite } from '../../plan/ops.js';
import { type GradientSums, type Norm, normBytes, pixelsOf } from '../../plan/signal.js';
import { TILE } from '../kernels/convolution.js';
import {
  MOMENT_CHUNK,
  momentBytes,
  moments,
  type PartialMoments,
  type SignalShape,
} from '../kernels/moments.js';
import { normalise, normGradient, normVectors, runningVectors } from '../kernels/norm.js';
import { meanBytes } from '../model-layout.js';
import type { GpuPlanner } from '../planner.js';

const shapeOf = ({ layer, input }: NormSite): SignalShape => ({
  ...{ channels: layer.channels, pixels: pixelsOf(input) },
});

/** Where the statistics of a norm lie among those of all. */
function statisticsOf(planner: GpuPlanner, { layer }: NormSite, all: Region): Region {
  const { offset } = planner.options.layout.statistics.get(layer.name)!;
  return { address: all.address + offset, bytes: 2 * meanBytes(layer.channels) };
}

/** The moments of a norm's input: those that the convolution left, or made here. */
function momentsOf(planner: GpuPlanner, site: NormSite): PartialMoments {
  const { layer, input } = site;
  const left = planner.moments.get(input.region);
  planner.moments.delete(input.region);
  if (left) return { region: left, chunk: TILE };
  const region = planner.alloc(momentBytes(shapeOf(site)));
  planner.run(layer.name, moments(shapeOf(site), input.region, region));
  return { region, chunk: MOMENT_CHUNK };
}

/** Lists the forward vectors. */
export function lowerNorm(planner: GpuPlanner, site: NormSite): Norm {
  const { layer, gain, repeats } = site;
  const { channels, name } = layer;
  const { running, seen } = planner.options.layout;
  const vectors = planner.alloc(normBytes(channels));
  const operands = {
    ...{ epsilon: planner.settings.batchNorm.epsilon, gain, vectors },
    ...{ gamma: planner.parameter(`${name}.weight`), beta: planner.parameter(`${name}.bias`) },
  };
  if (!planner.training) {
    planner.run(name, runningVectors(channels, operands, statisticsOf(planner, site, running)));
    return { channels, vectors };
  }
  const partial = momentsOf(planner, site);
  const statistics = { region: statisticsOf(planner, site, seen), repeats };
  planner.run(name, normVectors(shapeOf(site), operands, partial, statistics));
  planner.drop(partial.region);
  return { channels, vectors };
}

/** Lists the gradients of γ and β, and the backward vectors. */
export function lowerNormGradient(
  planner: GpuPlanner,
  site: NormSite,
  { vectors }: Norm,
  sums: GradientSums,
): void {
  const { name } = site.layer;
  const [gammaGradient, betaGradient] = ['weight', 'bias'].map((what) => planner.gradient(`${name}.${what}`));
  const operands = { gain: site.gain, vectors, sums, term: sums.term, gammaGradient, betaGradient };
  planner.run(name, normGradient(shapeOf(site), operands));
}

/** Lists the gradient of the norm's input. */
export const lowerNormalise = (
  planner: GpuPlanner,
  site: NormSite,
  { vectors }: Norm,
  gradient: Region,
  target: Region,
): void =>
  planner.run(site.layer.name, normalise(shapeOf(site), { gradient, y: site.input.region, target, vectors }));
