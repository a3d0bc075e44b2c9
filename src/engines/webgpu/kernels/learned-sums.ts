// Gradients of what neurons learn, from the sums that their backward pass leaves: of a layer or its channels over chunks of pixels, of
// single neurons over the examples; in a fixed order. Tests: test/engines/webgpu/described.slow.ts.
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import { type Dispatch, dispatch } from '../dispatch.js';
import { sumParts } from './described-backward.js';
import type { Described } from './described.js';
import { each, grid } from './grid.js';
import { overRows } from './reduce.js';

/** The gradient of parameter number `k` of those that are shared. */
export function sharedGradient(d: Described, k: number, sums: Region, gradient: Region): Dispatch {
  const { chunks, shared } = sumParts(d);
  const perLayer = d.learned[k].per === 'layer';
  const blocks = blocksOf(d.channels);
  return dispatch(
    'sharedGradient',
    [perLayer ? 1 : blocks],
    [
      { name: 'sums', type: 'vec4f', region: sums },
      { name: 'gradient', type: 'vec4f', region: gradient },
    ],
    {
      ...{ FROM: shared + 8 * k, STRIDE: 8 * d.step.sums.length },
      UNITS: perLayer ? blocks * chunks : chunks,
    },
    `${overRows(256)}
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  var own = vec4f(0);
  for (var unit = i >> 3u; unit < UNITS; unit += 32u) {
    own += sums[FROM + (group.x * UNITS + unit) * STRIDE + (i & 7u)];
  }
  let sum = over_rows(i, own);
  ${
    perLayer
      ? `if (i == 0u) {
    var total = 0.0;
    for (var lane = 0u; lane < 8u; lane++) { total += dot(row_sums[lane], vec4f(1)); }
    gradient[0] = vec4f(total, 0, 0, 0);
  }`
      : 'if (i < 8u) { gradient[group.x * 8u + i] = sum; }'
  }
}`,
  );
}

/** The gradient of parameter number `k` of those that each neuron has for itself. */
export function ownGradient(d: Described, k: number, sums: Region, gradient: Region): Dispatch {
  const { groups, numbers } = grid(blocksOf(d.channels) * d.places * 8);
  const { own } = sumParts(d);
  return dispatch(
    'ownGradient',
    groups,
    [
      { name: 'sums', type: 'vec4f', region: sums },
      { name: 'gradient', type: 'vec4f', region: gradient },
    ],
    {
      ...{ ...numbers, P: d.positions, PLACES: d.places, EXAMPLES: d.positions / d.places },
      FROM: own + k * blocksOf(d.channels) * d.positions * 8,
    },
    each(`
  let block = e / (PLACES * 8u);
  var sum = vec4f(0);
  for (var b = 0u; b < EXAMPLES; b++) {
    sum += sums[FROM + (block * P + b * PLACES) * 8u + e % (PLACES * 8u)];
  }
  gradient[e] = sum;`),
  );
}
