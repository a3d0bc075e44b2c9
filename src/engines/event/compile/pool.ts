// Compiles pools. Tests: test/engines/event/model.test.ts.
import type { AvgPool2d, GlobalAvgPool2d, MaxPool2d } from '../../../network/layers.js';
import { blocksOf } from '../geometry.js';
import type { Region } from '../memory.js';
import {
  averageBackward,
  averageDense,
  averageSpikes,
  maxDense,
  maxDenseBackward,
  maxSpikes,
  maxSpikesBackward,
  planeUnits,
  poolPlanes,
  type PoolShape,
} from '../ops/pool.js';
import { pixelsOf, type DenseSignal, type Gradient, type Signal, type SpikeSignal } from '../signal.js';
import type { Compiled, Compiler } from './compiler.js';

/** The size of a signal after a pool. */
const pooledSize = (input: Signal, [poolHeight, poolWidth]: [number, number]) => ({
  ...{ channels: input.channels, images: input.images, isStatic: input.isStatic, learns: input.learns },
  ...{ height: Math.floor(input.height / poolHeight), width: Math.floor(input.width / poolWidth) },
});

/** Writes the gradient of a signal out where it is still that of the signal's average pool. */
export function spreadPool(compiler: Compiler, gradient: Gradient, signal: Signal): Gradient {
  const { region, poolHeight, poolWidth } = gradient;
  if (poolHeight * poolWidth === 1) return gradient;
  const spread = compiler.allocDense(signal.channels, pixelsOf(signal));
  compiler.run(averageBackward({ ...sizeOf(signal), poolHeight, poolWidth }, region.address, spread.address));
  compiler.drop(region);
  return { region: spread, poolHeight: 1, poolWidth: 1 };
}

const sizeOf = ({ channels, images, height, width }: Signal) => ({ channels, images, height, width });

/**
 * Compiles an average pool. Its backward pass moves nothing: whoever made the input spreads the gradient while
 * reading it.
 */
export function compileAveragePool(
  compiler: Compiler,
  layer: AvgPool2d | GlobalAvgPool2d,
  input: DenseSignal | SpikeSignal,
  size: [height: number, width: number],
): Compiled {
  const [poolHeight, poolWidth] = size;
  const shape: PoolShape = { ...sizeOf(input), poolHeight, poolWidth };
  const backward = (gradient: Gradient): Gradient => {
    const { region } = spreadPool(compiler, gradient, { ...input, ...pooledSize(input, size) } as Signal);
    return { region, poolHeight, poolWidth };
  };
  const after = pooledSize(input, size);
  if (input.kind === 'spikes' && input.planes === 1 && poolHeight === 2 && poolWidth === 2)
    return { output: toPlanes(compiler, input, after), backward };
  const output: DenseSignal = {
    kind: 'dense',
    ...after,
    region: compiler.allocDense(after.channels, pixelsOf(after as Signal)),
  };
  const { address } = output.region;
  if (input.kind === 'dense') compiler.run(averageDense(shape, input.region.address, address));
  else if (input.planes === 1) compiler.run(averageSpikes(shape, input.region.address, address));
  else compiler.refuse(layer, 'it pools pooled spikes');
  return { output, backward };
}

/** 2×2 averages of spikes, kept as three bit planes: still binary for the convolution that follows. */
function toPlanes(compiler: Compiler, input: SpikeSignal, after: ReturnType<typeof pooledSize>): SpikeSignal {
  const shape = sizeOf(input);
  const pixels = pixelsOf(after as Signal);
  const output: SpikeSignal = {
    ...{ kind: 'spikes', ...after, planes: 3, shares: new Float64Array(3) },
    region: compiler.alloc(3 * blocksOf(after.channels) * pixels * 4),
  };
  const units = planeUnits(shape);
  const counts = compiler.alloc(units * 12);
  compiler.run(poolPlanes(shape, input.region.address, output.region.address, counts.address));
  compiler.host((host) => {
    const ones = host.words(counts.address, units * 3);
    for (let plane = 0; plane < 3; plane++) {
      let sum = 0;
      for (let unit = 0; unit < units; unit++) sum += ones[unit * 3 + plane];
      output.shares[plane] = sum / (pixels * after.channels);
    }
  });
  compiler.drop(counts);
  return output;
}

/** Compiles a max pool. */
export function compileMaxPool(
  compiler: Compiler,
  layer: MaxPool2d,
  input: DenseSignal | SpikeSignal,
): Compiled {
  const size: [number, number] = [layer.size, layer.size];
  const shape: PoolShape = { ...sizeOf(input), poolHeight: layer.size, poolWidth: layer.size };
  const after = pooledSize(input, size);
  const pixels = pixelsOf(after as Signal);
  const source = input.region.address;
  let output: DenseSignal | SpikeSignal;
  if (input.kind === 'dense') {
    output = { kind: 'dense', ...after, region: compiler.allocDense(after.channels, pixels) };
    compiler.run(maxDense(shape, source, output.region.address));
  } else {
    if (input.planes === 3) compiler.refuse(layer, 'it pools pooled spikes');
    output = maxOfSpikes(compiler, shape, source, {
      ...{ kind: 'spikes', ...after, planes: 1, shares: new Float64Array(1) },
      region: compiler.alloc(blocksOf(after.channels) * pixels * 4),
    });
  }
  if (!compiler.training) return { output, backward: () => undefined };
  compiler.keep(input.region);
  return {
    output,
    backward(pooled) {
      const gradient = spreadPool(compiler, pooled, output);
      const region: Region = compiler.allocDense(input.channels, pixelsOf(input));
      const op = input.kind === 'dense' ? maxDenseBackward : maxSpikesBackward;
      compiler.run(op(shape, gradient.region.address, region.address, source));
      compiler.drop(gradient.region);
      compiler.drop(input.region);
      return { region, poolHeight: 1, poolWidth: 1 };
    },
  };
}

function maxOfSpikes(compiler: Compiler, shape: PoolShape, source: number, output: SpikeSignal): SpikeSignal {
  const units = blocksOf(shape.channels) * shape.images;
  const counts = compiler.alloc(units * 4);
  compiler.run(maxSpikes(shape, source, output.region.address, counts.address));
  compiler.host((host) => {
    const ones = host.words(counts.address, units).reduce((a, b) => a + b, 0);
    output.shares[0] = ones / (pixelsOf(output) * output.channels);
  });
  compiler.drop(counts);
  return output;
}
