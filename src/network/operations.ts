// How many bits an input of a layer needs: one for a spike, a few for an average of spikes.
import { outputSize } from './geometry.js';
import type { Conv2d, Layer, Network } from './layers.js';
import { type PlacedLayer, placeLayers } from './shapes.js';

/**
 * Bits of one input of each convolution and linear layer that is fed by spikes or by averages of spikes: an average over
 * n spikes is one of n + 1 numbers. Layers before the first neuron, which the image feeds, are not in the map.
 */
export function inputBits(network: Network): Map<string, number> {
  const bits = new Map<string, number>();
  const placed = new Map(placeLayers(network).map((place) => [place.layer.name, place]));
  /** `spikes`: how many are averaged in one number; undefined for the image. */
  const walk = (layers: readonly Layer[], start: number | undefined): number | undefined =>
    layers.reduce<number | undefined>((spikes, layer) => {
      switch (layer.type) {
        case 'lif':
          return 1;
        case 'conv2d':
        case 'linear':
          if (spikes !== undefined) bits.set(layer.name, Math.ceil(Math.log2(spikes + 1)));
          return spikes;
        case 'avgPool2d':
          return spikes && spikes * layer.size ** 2;
        case 'globalAvgPool2d': {
          const [height, width] = placed.get(layer.name)!.input;
          return spikes && spikes * height * width;
        }
        case 'residual':
          walk(layer.body, spikes);
          walk(layer.shortcut, spikes);
          return spikes;
        default:
          return spikes;
      }
    }, start);
  walk(network.layers, undefined);
  return bits;
}

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

/**
 * How many outputs each position of a convolution's input reaches (padding and stride counted): the fan-out of
 * one spike there is this times the output channels. `[H, W]`.
 */
export function fanOut(layer: Conv2d, height: number, width: number): Float32Array {
  const reach = (size: number): number[] => {
    const outputs = outputSize(size, layer);
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

/** Multiply–accumulates of one example and one time step, by layer: `O²·N·k²·M` for a convolution, `in·out` for linear. */
export function countMacs({ layer, output }: PlacedLayer): number {
  if (layer.type === 'conv2d')
    return output[0] * output[1] * layer.out * layer.in * layer.kernel * layer.kernel;
  if (layer.type === 'linear') return layer.in * layer.out;
  return 0;
}
