// Compiles pools. Tests: test/engines/event/model.test.ts.
import type { AvgPool2d, GlobalAvgPool2d, Layer, MaxPool2d } from '../../network/layers.js';
import type { Region } from './arena.js';
import type { PoolSite } from './ops.js';
import type { Compiled, Planner } from './planner.js';
import { type DenseSignal, type Gradient, pixelsOf, type SignalSize, type SpikeSignal } from './signal.js';

/** Writes the gradient of a signal out where it is still that of the signal's average pool. */
export function spreadPool(planner: Planner, gradient: Gradient, signal: SignalSize): Gradient {
  const { region, poolHeight, poolWidth } = gradient;
  if (poolHeight * poolWidth === 1) return gradient;
  const spread = planner.allocDense(signal.channels, pixelsOf(signal));
  planner.ops.spread({ input: signal, poolHeight, poolWidth }, region, spread);
  planner.drop(region);
  return { region: spread, poolHeight: 1, poolWidth: 1 };
}

function siteOf(
  layer: Layer,
  input: DenseSignal | SpikeSignal,
  [poolHeight, poolWidth]: [height: number, width: number],
): PoolSite {
  const output: SignalSize = {
    ...{ channels: input.channels, images: input.images, isStatic: input.isStatic, learns: input.learns },
    ...{ height: Math.floor(input.height / poolHeight), width: Math.floor(input.width / poolWidth) },
  };
  return { layer, input, output, poolHeight, poolWidth };
}

/**
 * Compiles an average pool. Its backward pass moves nothing: the layer that made the input spreads the gradient while
 * reading it.
 */
export function compileAveragePool(
  planner: Planner,
  layer: AvgPool2d | GlobalAvgPool2d,
  input: DenseSignal | SpikeSignal,
  size: [height: number, width: number],
): Compiled {
  const [poolHeight, poolWidth] = size;
  const site = siteOf(layer, input, size);
  return {
    output: planner.ops.averagePool(site),
    backward(gradient) {
      const { region } = spreadPool(planner, gradient, site.output);
      return { region, poolHeight, poolWidth };
    },
  };
}

/** Compiles a max pool. */
export function compileMaxPool(
  planner: Planner,
  layer: MaxPool2d,
  input: DenseSignal | SpikeSignal,
): Compiled {
  const site = siteOf(layer, input, [layer.size, layer.size]);
  const output = planner.ops.maxPool(site);
  if (!planner.training) return { output, backward: () => undefined };
  planner.keep(input.region);
  return {
    output,
    backward(pooled) {
      const gradient = spreadPool(planner, pooled, output);
      const region: Region = planner.allocDense(input.channels, pixelsOf(input));
      planner.ops.maxPoolGradient(site, gradient.region, region);
      planner.drop(gradient.region);
      planner.drop(input.region);
      return { region, poolHeight: 1, poolWidth: 1 };
    },
  };
}
