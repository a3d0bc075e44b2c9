// Small parts of a workload's batch: so few neurons that rounding seldom lifts one over its threshold, and two sides
// that compute the same agree to rounding.
import type { Workload } from './workloads.js';

const SIDE = 8;
const EXAMPLES = 2;
/** An odd number: a majority of them decides. */
const CROPS = 3;

/** Crops of the middle of a few images each, as workloads of the same weights and settings. Static images only. */
export function cropsOf(workload: Workload): Workload[] {
  const { network, batch } = workload;
  const [height, width, channels] = network.input;
  const [top, left] = [height, width].map((size) => Math.floor((size - SIDE) / 2));
  return Array.from({ length: CROPS }, (_, i) => {
    const x = new Float32Array(EXAMPLES * SIDE * SIDE * channels);
    for (let row = 0; row < EXAMPLES * SIDE; row++) {
      const image = i * EXAMPLES + Math.floor(row / SIDE);
      const from = ((image * height + top + (row % SIDE)) * width + left) * channels;
      x.set(batch.x.subarray(from, from + SIDE * channels), row * SIDE * channels);
    }
    return {
      ...workload,
      network: { ...network, input: [SIDE, SIDE, channels] },
      batch: {
        x,
        shape: [EXAMPLES, SIDE, SIDE, channels],
        labels: batch.labels.slice(i * EXAMPLES, (i + 1) * EXAMPLES),
      },
    };
  });
}
