// Potentials and spikes of all neurons, or of some, while a network sees one image: the data of this folder's pictures.
import type { Batch } from '../data/dataset.js';
import type { LayerProbe, Model } from '../engines/engine.js';
import { SettingsError } from '../errors.js';
import { neuronsOf } from './neuron-layers.js';

/** Activity of one layer of neurons while the network saw an image. */
export interface LayerLook extends LayerProbe {
  /** `[H, W, C]`. */
  shape: readonly [number, number, number];
  /** The neurons that were traced: flat indices into `[H, W, C]`. */
  neurons: number[];
  /** Potentials before the reset, `[T][neurons]`. */
  potentials: number[][];
  /** What they gave, `[T][neurons]`: 1 for a spike; a number where neurons are analog. */
  outputs: number[][];
}

/** Neurons of a layer that are traced by default: a raster shows no more. */
export const MOST_NEURONS = 400;

/**
 * Looks at the neurons of every layer while the network sees a batch in training mode: rates and gradients are of the whole
 * batch, potentials and spikes of its first example. Changes nothing.
 *
 * @param model - from `engine.createModel` or `loadModel`
 * @param batch - the image to trace comes first; batch norm sees the others besides
 * @param options - `neurons`: how many of each layer, spread evenly over it; Infinity for all
 * @returns one for each layer of neurons that spike, in the order of the network
 * @throws SettingsError where no neurons of the network spike
 */
export async function look(
  model: Model,
  batch: Batch,
  { neurons = MOST_NEURONS }: { neurons?: number } = {},
): Promise<LayerLook[]> {
  const layers = neuronsOf(model.network);
  const chosen = new Map(
    layers.map(({ name, shape }) => [name, spread(shape[0] * shape[1] * shape[2], neurons)]),
  );
  const probes = await model.probe(batch, { traces: Object.fromEntries(chosen) });
  if (probes.length === 0)
    throw new SettingsError(
      `look: ${model.network.name} has no neurons that spike; give a spiking network, not an ANN twin`,
    );
  return probes.map((probe): LayerLook => {
    const { traces = [], layer } = probe;
    const { shape } = layers.find(({ name }) => name === layer)!;
    const byStep = (of: (trace: (typeof traces)[number]) => number[]): number[][] =>
      probe.spikeRate.map((_, t) => traces.map((trace) => of(trace)[t]));
    return {
      ...{ ...probe, shape, neurons: chosen.get(layer)! },
      potentials: byStep(({ v }) => v),
      outputs: byStep(({ o }) => o),
    };
  });
}

/** At most so many indices below `size`, evenly apart. */
function spread(size: number, most: number): number[] {
  const count = Math.min(size, most);
  return Array.from({ length: count }, (_, i) => Math.floor((i * size) / count));
}
