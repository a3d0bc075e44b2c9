// Pooled spikes as bit planes, and sums over planes and slices, in plain loops and float64.
import { averagePool, type PoolSite } from '../../src/engines/plain/pool.js';

/** What a one in each plane is worth: the average of a 2×2 block of spikes is the binary number of its count, over 4. */
export const WORTH = [1 / 4, 2 / 4, 4 / 4] as const;

/** The three bit planes, zeros and ones, of the 2×2 averages of spikes. */
export function planesOfAverage(
  site: Omit<PoolSite, 'poolHeight' | 'poolWidth'>,
  spikes: ArrayLike<number>,
): Uint8Array[] {
  const counts = averagePool({ ...site, poolHeight: 2, poolWidth: 2 }, spikes).map((share) => 4 * share);
  return WORTH.map((_, plane) => Uint8Array.from(counts, (count) => (count >> plane) & 1));
}

/**
 * Sums of `[planes][slices][size]` over the slices, each plane with its worth; a single plane is worth 1. A gradient
 * that is linear in a pooled input is this sum of the gradients of its planes.
 */
export function sumOfPlanes(
  values: ArrayLike<number>,
  { planes, slices }: { planes: 1 | 3; slices: number },
): Float64Array {
  const size = values.length / (planes * slices);
  const sums = new Float64Array(size);
  for (let plane = 0; plane < planes; plane++) {
    const worth = planes === 1 ? 1 : WORTH[plane];
    for (let slice = 0; slice < slices; slice++)
      for (let i = 0; i < size; i++) sums[i] += worth * values[(plane * slices + slice) * size + i];
  }
  return sums;
}
