// Counts how active each layer is during inference: non-zero inputs of synapses, spikes of neurons, and exact
// synaptic operations. What the energy model reads. Tests: test/engines/tfjs/model.test.ts.
import * as tf from '@tensorflow/tfjs';
import type { Conv2d, Linear } from '../../network/layers.js';
import { type Geometry, reachOf } from '../../network/geometry.js';
import type { LayerActivity } from '../engine.js';
import type { Pass, Signal } from './forward.js';

/** One layer's counts, still on the device. */
export interface ActivityCounts {
  read(): Promise<LayerActivity>;
}

/** Makes a forward pass count; `counts` fills in execution order. Call before the pass. */
export function countActivity(pass: Pass, steps: number, counts: ActivityCounts[]): void {
  pass.onSynapses = (layer, geometry, input) => counts.push(countSynapses(layer, geometry, input, steps));
  pass.onSpikes = (layer, spikes) => {
    const batch = spikes.shape[0] / steps;
    // Summed by example on the device, where counts stay exact in float32, and over examples in double precision.
    const byExample = tf.keep(tf.notEqual(spikes, 0).cast('float32').reshape([steps, batch, -1]).sum(2)); // [T, B]
    counts.push({
      async read() {
        const sums = await byExample.data<'float32'>();
        byExample.dispose();
        const sumOf = (t: number): number =>
          sums.slice(t * batch, (t + 1) * batch).reduce((a, b) => a + b, 0);
        const nonZero = Array.from({ length: steps }, (_, t) => sumOf(t));
        return { layer, kind: 'neuron', nonZero, size: spikes.size / steps };
      },
    });
  };
}

function countSynapses(
  layer: Conv2d | Linear,
  geometry: Geometry,
  { x, steps }: Signal,
  allSteps: number,
): ActivityCounts {
  const batch = x.shape[0] / steps;
  const size = x.size / steps;
  // Non-zeros by step and position; a position has few enough channels times examples to be exact in float32.
  const byPosition = tf.keep(
    tf
      .notEqual(x, 0)
      .cast('float32')
      .reshape([steps, batch, geometry.inHeight * geometry.inWidth, -1])
      .sum([1, 3]),
  ); // [steps, H·W]
  const reach = reachOf(geometry);
  return {
    async read() {
      const counts = await byPosition.data<'float32'>();
      byPosition.dispose();
      const sums = Array.from({ length: steps }, (_, t) => {
        let nonZero = 0;
        let operations = 0;
        for (let p = 0; p < reach.length; p++) {
          nonZero += counts[t * reach.length + p];
          operations += counts[t * reach.length + p] * reach[p] * layer.out;
        }
        return { nonZero, operations };
      });
      const atStep = (t: number): { nonZero: number; operations: number } => sums[steps === 1 ? 0 : t];
      const everyStep = Array.from({ length: allSteps }, (_, t) => atStep(t));
      return {
        layer: layer.name,
        kind: 'synapse',
        nonZero: everyStep.map(({ nonZero }) => nonZero),
        size,
        operations: everyStep.map(({ operations }) => operations),
      };
    },
  };
}
