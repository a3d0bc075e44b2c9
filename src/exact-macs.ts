// Multiply–accumulates that a network cannot do without: those on the zeros of a padding are left out.
import type { PlacedLayer } from './network/shapes.js';

/**
 * Multiply–accumulates of one example and one step without those on padding, whose zeros no hardware need fetch. It is
 * what {@link countMacs} counts, `O²·N·k²·M`, less the places of the kernel that lie outside the image: the same places
 * that exact synaptic operations leave out.
 */
export function exactMacs({ layer, input, output }: PlacedLayer): number {
  if (layer.type === 'linear') return layer.in * layer.out;
  if (layer.type !== 'conv2d') return 0;
  const { kernel, stride, padding } = layer;
  /** Pairs of an output and a place of the kernel along one side that meet a pixel. */
  const met = (outputs: number, inputs: number): number => {
    let pairs = 0;
    for (let o = 0; o < outputs; o++)
      for (let k = 0; k < kernel; k++) {
        const at = o * stride + k - padding;
        if (at >= 0 && at < inputs) pairs++;
      }
    return pairs;
  };
  return met(output[0], input[0]) * met(output[1], input[1]) * layer.in * layer.out;
}
