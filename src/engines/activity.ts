// Activity of layers during inference: non-zero inputs of synapses, spikes of neurons, exact synaptic operations, counted in
// plain arrays; and that of several batches as that of one.
import { type Geometry, reachOf } from '../network/geometry.js';
import type { Conv2d, Linear } from '../network/layers.js';
import type { LayerActivity } from './engine.js';

/** Adds up the activity of two batches of one network. */
export function addActivity(a: LayerActivity[], b: LayerActivity[]): LayerActivity[] {
  const sum = (x: number[], y: number[]): number[] => x.map((value, t) => value + y[t]);
  return a.map((layer, i) => ({
    ...layer,
    nonZero: sum(layer.nonZero, b[i].nonZero),
    size: layer.size + b[i].size,
    ...(layer.operations && { operations: sum(layer.operations, b[i].operations!) }),
  }));
}

/** Counts the non-zero values of each of `steps` equal parts, weighing each by its place. */
function countBySteps(values: ArrayLike<number>, steps: number, weight: (i: number) => number): number[] {
  const size = values.length / steps;
  return Array.from({ length: steps }, (_, t) => {
    let count = 0;
    for (let i = 0; i < size; i++) if (values[t * size + i] !== 0) count += weight(i);
    return count;
  });
}

/**
 * Of a convolution or linear layer: its input, and how many outputs each spike there reaches.
 *
 * @param input - `[T·B, H, W, C]`
 * @param geometry - where its kernel goes
 * @param steps - T
 */
export function synapseActivity(
  layer: Conv2d | Linear,
  input: ArrayLike<number>,
  geometry: Geometry,
  steps: number,
): LayerActivity {
  const reach = reachOf(geometry);
  const position = (i: number): number => Math.floor(i / layer.in) % reach.length;
  return {
    ...{ layer: layer.name, kind: 'synapse' as const },
    nonZero: countBySteps(input, steps, () => 1),
    size: input.length / steps,
    operations: countBySteps(input, steps, (i) => reach[position(i)] * layer.out),
  };
}

/**
 * Of a layer of neurons: what it gives.
 *
 * @param o - spikes, or something analog, `[T·B, H, W, C]`
 * @param steps - T
 */
export const neuronActivity = (layer: string, o: ArrayLike<number>, steps: number): LayerActivity => ({
  ...{ layer, kind: 'neuron' as const },
  nonZero: countBySteps(o, steps, () => 1),
  size: o.length / steps,
});
