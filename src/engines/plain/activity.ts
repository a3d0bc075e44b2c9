// Activity of each layer during inference: non-zero inputs of synapses, spikes of neurons, exact synaptic operations. Tests:
// test/engines/plain/model.test.ts.
import type { Conv2d, Linear } from '../../network/layers.js';
import type { LayerActivity } from '../engine.js';
import { type Geometry, reachOf } from '../../network/geometry.js';
import type { LayerTrace } from './neurons.js';

/** Counts the non-zero values of each of `steps` equal parts, weighing each by its place. */
function countBySteps(values: ArrayLike<number>, steps: number, weight: (i: number) => number): number[] {
  const size = values.length / steps;
  return Array.from({ length: steps }, (_, t) => {
    let count = 0;
    for (let i = 0; i < size; i++) if (values[t * size + i] !== 0) count += weight(i);
    return count;
  });
}

/** Of a convolution or linear layer: its input, and how many outputs each spike there reaches over its kernel's `geometry`. */
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

/** Of a layer of neurons: its spikes. */
export const neuronActivity = (layer: string, { o, steps }: LayerTrace): LayerActivity => ({
  ...{ layer, kind: 'neuron' as const },
  nonZero: countBySteps(o, steps, () => 1),
  size: o.length / steps,
});
