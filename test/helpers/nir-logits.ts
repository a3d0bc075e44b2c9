// What a NIR graph gives for an image, by the simulator of this house, and images as NIR has them.
import type { NirGraph } from '../../src/interchange/nir/graph.js';
import { runNir } from '../../src/interchange/nir/run.js';

/** The mean of the output over the steps: the logits. */
export function logitsOf(graph: NirGraph, frames: readonly Float64Array[]): Float64Array {
  const { output } = runNir(graph, frames);
  return output[0].map((_, i) => output.reduce((sum, step) => sum + step[i], 0) / output.length);
}

/** An image `[H, W, C]` as NIR has it, `[C, H, W]`. */
export function channelsFirst(
  x: ArrayLike<number>,
  [height, width, channels]: readonly number[],
): Float64Array {
  const pixels = height * width;
  return Float64Array.from(
    { length: x.length },
    (_, i) => x[(i % pixels) * channels + Math.floor(i / pixels)],
  );
}
