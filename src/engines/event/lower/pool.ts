// Lowers pools. Averages of 2×2 spikes stay binary for the convolution that follows: three bit planes.
// Tests: test/engines/event/model.test.ts.
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import type { PoolSite } from '../../plan/ops.js';
import { type DenseSignal, pixelsOf, type SpikeSignal } from '../../plan/signal.js';
import type { Compiler } from '../compiler.js';
import {
  averageDense,
  averageOfPlanes,
  averageSpikes,
  maxDense,
  maxDenseBackward,
  maxSpikes,
  maxSpikesBackward,
  planeUnits,
  poolPlanes,
  type PoolShape,
} from '../ops/pool.js';

/** Sizes as kernels take them. */
export const shapeOf = ({
  input: { channels, images, height, width },
  poolHeight,
  poolWidth,
}: Pick<PoolSite, 'poolHeight' | 'poolWidth'> & {
  input: Pick<PoolSite['output'], 'channels' | 'images' | 'height' | 'width'>;
}): PoolShape => ({ channels, images, height, width, poolHeight, poolWidth });

/** Emits an average pool. */
export function lowerAveragePool(compiler: Compiler, site: PoolSite): DenseSignal | SpikeSignal {
  const { layer, input, output: after, poolHeight, poolWidth } = site;
  if (input.kind === 'spikes' && input.planes === 1 && poolHeight === 2 && poolWidth === 2)
    return toPlanes(compiler, site, input.region.address);
  const output: DenseSignal = {
    kind: 'dense',
    ...after,
    region: compiler.allocDense(after.channels, pixelsOf(after)),
  };
  const { address } = output.region;
  if (input.kind === 'dense') compiler.run(averageDense(shapeOf(site), input.region.address, address));
  else if (input.planes === 1) compiler.run(averageSpikes(shapeOf(site), input.region.address, address));
  else compiler.refuse(layer, 'it pools pooled spikes');
  return output;
}

function toPlanes(compiler: Compiler, site: PoolSite, source: number): SpikeSignal {
  const { output: after } = site;
  const shape = shapeOf(site);
  const pixels = pixelsOf(after);
  const output: SpikeSignal = {
    ...{ kind: 'spikes', ...after, planes: 3 },
    region: compiler.alloc(3 * blocksOf(after.channels) * pixels * 4),
  };
  const shares = new Float64Array(3);
  compiler.shares.set(output.region, shares);
  const units = planeUnits(shape);
  const counts = compiler.alloc(units * 12);
  compiler.run(poolPlanes(shape, source, output.region.address, counts.address));
  compiler.host((host) => {
    const ones = host.words(counts.address, units * 3);
    for (let plane = 0; plane < 3; plane++) {
      let sum = 0;
      for (let unit = 0; unit < units; unit++) sum += ones[unit * 3 + plane];
      shares[plane] = sum / (pixels * after.channels);
    }
  });
  compiler.drop(counts);
  return output;
}

/** Emits a max pool. */
export function lowerMaxPool(compiler: Compiler, site: PoolSite): DenseSignal | SpikeSignal {
  const { layer, input, output: after } = site;
  const shape = shapeOf(site);
  const pixels = pixelsOf(after);
  const source = input.region.address;
  if (input.kind === 'dense') {
    const region = compiler.allocDense(after.channels, pixels);
    compiler.run(maxDense(shape, source, region.address));
    return { kind: 'dense', ...after, region };
  }
  if (input.planes === 3) compiler.refuse(layer, 'it pools pooled spikes');
  const region = compiler.alloc(blocksOf(after.channels) * pixels * 4);
  const units = blocksOf(shape.channels) * shape.images;
  const counts = compiler.alloc(units * 4);
  compiler.run(maxSpikes(shape, source, region.address, counts.address));
  compiler.countShares(region, { region: counts, units }, pixels * after.channels);
  compiler.drop(counts);
  return { kind: 'spikes', ...after, planes: 1, region };
}

/** Emits the gradient of a max pool's input. */
export function lowerMaxPoolGradient(
  compiler: Compiler,
  site: PoolSite,
  gradient: Region,
  target: Region,
): void {
  const op = site.input.kind === 'dense' ? maxDenseBackward : maxSpikesBackward;
  compiler.run(op(shapeOf(site), gradient.address, target.address, site.input.region.address));
}

/** Emits spikes, or averages of spikes, as numbers. */
export function lowerValues(compiler: Compiler, spikes: SpikeSignal): DenseSignal {
  const { channels, height, width, images, isStatic, learns } = spikes;
  const pixels = pixelsOf(spikes);
  const region = compiler.allocDense(channels, pixels);
  const size = { channels, height, width, images };
  const whole = shapeOf({ input: size, poolHeight: 1, poolWidth: 1 });
  const [from, to] = [spikes.region.address, region.address];
  compiler.run(
    spikes.planes === 3 ? averageOfPlanes(channels, pixels, from, to) : averageSpikes(whole, from, to),
  );
  return { kind: 'dense', ...size, isStatic, learns, region };
}
