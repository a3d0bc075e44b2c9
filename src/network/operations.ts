// Operations of layers, and the bits that an input needs: one for a spike, a few for an average of spikes, a word for a real
// number.
import { sideReach, tapsOf } from './geometry.js';
import type { Sums } from './layer.js';
import { kindOf, type Layer, type Network } from './layers.js';
import { type PlacedLayer, placeLayers } from './shapes.js';

/** Bits of a real number. */
const WORD = 32;

/**
 * Bits of one input of each convolution and linear layer that is fed by neurons: a spike is one, an average over n spikes is
 * one of n + 1 numbers, what is analog is a word; a number of the layer that scales all its spikes is in the weights behind. Layers before the first neuron, which the image feeds, are not in the map.
 */
export function inputBits(network: Network): Map<string, number> {
  const bits = new Map<string, number>();
  const placed = new Map(placeLayers(network).map((place) => [place.layer.name, place]));
  /** `spikes`: how many are averaged in one number; Infinity: it is analog; undefined for the image. */
  const walk = (layers: readonly Layer[], start: number | undefined): number | undefined =>
    layers.reduce<number | undefined>((spikes, layer) => {
      const kind = kindOf(layer);
      switch (kind.role) {
        case 'neuron':
          return kind.gives(layer) === 'activations' ? Infinity : 1;
        case 'inhibition':
          return Infinity;
        case 'weights':
          if (spikes !== undefined) bits.set(layer.name, Math.min(WORD, Math.ceil(Math.log2(spikes + 1))));
          return spikes;
        case 'average':
          return spikes && spikes * kind.over(layer, placed.get(layer.name)!.input);
        case 'residual':
          for (const branch of kind.branches(layer)) walk(branch, spikes);
          return spikes;
        case 'norm':
        case 'choice':
          return spikes;
      }
    }, start);
  walk(network.layers, undefined);
  return bits;
}

/** Weighted sums of a layer; undefined where it has no weights. */
function sumsOf({ layer, input }: PlacedLayer): Sums | undefined {
  const kind = kindOf(layer);
  return kind.role === 'weights' ? kind.sums(layer, input) : undefined;
}

/**
 * Multiply–accumulates of one example and one step without those on padding, whose zeros no hardware need fetch. It is
 * what {@link countMacs} counts, `O²·N·k²·M`, less the places of the kernel that lie outside the image: the same places
 * that exact synaptic operations leave out.
 */
export function exactMacs(placed: PlacedLayer): number {
  const sums = sumsOf(placed);
  if (!sums) return 0;
  const [rows, columns] = sideReach(sums.geometry).map((side) => side.reduce((met, reach) => met + reach, 0));
  return rows * columns * sums.in * sums.out;
}

/**
 * Multiply–accumulates of one example and one time step, by layer: `O²·N·k²·M` for a convolution, `in·out` for linear.
 *
 * @param placed - a layer with its shapes, from `placeLayers`
 * @returns a count, 0 of layers without weights that are multiplied
 */
export function countMacs(placed: PlacedLayer): number {
  const sums = sumsOf(placed);
  if (!sums) return 0;
  const { outHeight, outWidth } = sums.geometry;
  return outHeight * outWidth * tapsOf(sums.geometry) * sums.in * sums.out;
}
