// How many bits an input of a layer needs: one for a spike, a few for an average of spikes.
import type { Layer, Network } from './layers.js';
import { placeLayers } from './shapes.js';

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
