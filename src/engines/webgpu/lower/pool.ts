// Lowers pools: averages, of spikes too, are dense values; the maximum of spikes is spikes. Tests: test/engines/webgpu/model.slow.ts.
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import type { PoolSite } from '../../plan/ops.js';
import { type DenseSignal, pixelsOf, type SignalSize, type SpikeSignal } from '../../plan/signal.js';
import * as kernels from '../kernels/pool.js';
import type { GpuPlanner } from '../planner.js';

const poolOf = ({
  input: { channels, images, height, width },
  poolHeight,
  poolWidth,
}: Pick<PoolSite, 'poolHeight' | 'poolWidth'> & { input: SignalSize }): kernels.Pool => ({
  ...{ channels, images, height, width, poolHeight, poolWidth },
});

/** Lists an average pool. */
export function lowerAveragePool(planner: GpuPlanner, site: PoolSite): DenseSignal {
  const { layer, input, output } = site;
  const region = planner.allocDense(output.channels, pixelsOf(output));
  planner.run(layer.name, kernels.averagePool(poolOf(site), input, region));
  return { kind: 'dense', ...output, region };
}

/** Lists the gradient of an average pool's input. */
export const lowerSpread = (
  planner: GpuPlanner,
  site: Parameters<typeof poolOf>[0],
  from: Region,
  to: Region,
): void => planner.run(undefined, kernels.spreadGradient(poolOf(site), from, to));

/** Lists a max pool. */
export function lowerMaxPool(planner: GpuPlanner, site: PoolSite): DenseSignal | SpikeSignal {
  const { layer, input, output } = site;
  const pixels = pixelsOf(output);
  const isDense = input.kind === 'dense';
  const region = isDense
    ? planner.allocDense(output.channels, pixels)
    : planner.alloc(blocksOf(output.channels) * pixels * 4);
  planner.run(layer.name, kernels.maxPool(poolOf(site), input, region));
  return isDense ? { kind: 'dense', ...output, region } : { kind: 'spikes', ...output, planes: 1, region };
}

/** Lists the gradient of a max pool's input. */
export const lowerMaxPoolGradient = (
  planner: GpuPlanner,
  site: PoolSite,
  gradient: Region,
  target: Region,
): void => planner.run(site.layer.name, kernels.maxPoolGradient(poolOf(site), site.input, gradient, target));

/** Lists spikes as numbers. */
export function lowerValues(planner: GpuPlanner, spikes: SpikeSignal): DenseSignal {
  const { channels, height, width, images, isStatic, learns } = spikes;
  const pixels = pixelsOf(spikes);
  const region = planner.allocDense(channels, pixels);
  planner.run(undefined, kernels.values(channels, pixels, spikes.region, region));
  return { kind: 'dense', channels, height, width, images, isStatic, learns, region };
}
