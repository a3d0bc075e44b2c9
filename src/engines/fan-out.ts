// The fan-out of a convolution's input: what exact synaptic operations are counted with.
import type { Conv2d } from '../network/layers.js';

/**
 * How many outputs each position of a convolution's input reaches (padding and stride counted): the fan-out of
 * one spike there is this times the output channels. `[H, W]`.
 */
export function fanOut(layer: Conv2d, height: number, width: number): Float32Array {
  const reach = (size: number): number[] => {
    const outputs = Math.floor((size + 2 * layer.padding - layer.kernel) / layer.stride) + 1;
    return Array.from({ length: size }, (_, i) => {
      let count = 0;
      for (let o = 0; o < outputs; o++) {
        const offset = i + layer.padding - o * layer.stride;
        if (offset >= 0 && offset < layer.kernel) count++;
      }
      return count;
    });
  };
  const [rows, columns] = [reach(height), reach(width)];
  return Float32Array.from(
    { length: height * width },
    (_, i) => rows[Math.floor(i / width)] * columns[i % width],
  );
}
