// Values that are not zero, for the activity of a network: how many channels of all images at each step and position.
// Tests: test/engines/webgpu/kernels/pool.slow.ts.
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import { type Dispatch, dispatch } from '../dispatch.js';
import { each, grid } from './grid.js';
import type { Pooled } from './pool.js';

/** The size of what is counted. */
export interface Counted {
  channels: number;
  /** Steps that differ: 1 of a static signal. */
  steps: number;
  /** Images of a step. */
  batch: number;
  /** H·W. */
  positions: number;
}

/** Counts, `[step][position]` u32. */
export function counts({ channels, steps, batch, positions }: Counted, x: Pooled, target: Region): Dispatch {
  const { groups, numbers } = grid(steps * positions);
  const spikes = x.kind === 'spikes';
  const count = spikes
    ? 'count += countOneBits(x[pixel]);'
    : `for (var lane = 0u; lane < 8u; lane++) {
        count += dot(select(vec4u(0), vec4u(1), x[pixel * 8u + lane] != vec4f(0)), vec4u(1));
      }`; // padding is zero
  return dispatch(
    spikes ? 'countSpikes' : 'countValues',
    groups,
    [
      { name: 'x', type: spikes ? 'u32' : 'vec4f', region: x.region },
      { name: 'found', type: 'u32', region: target },
    ],
    { ...numbers, BLOCKS: blocksOf(channels), STEPS: steps, BATCH: batch, POSITIONS: positions },
    each(`
  let t = e / POSITIONS;
  let position = e % POSITIONS;
  var count = 0u;
  for (var block = 0u; block < BLOCKS; block++) {
    for (var b = 0u; b < BATCH; b++) {
      let pixel = ((block * STEPS + t) * BATCH + b) * POSITIONS + position;
      ${count}
    }
  }
  found[e] = count;`),
  );
}
