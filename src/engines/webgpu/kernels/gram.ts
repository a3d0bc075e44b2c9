// Gram matrices of weights, for penalties on them: all layers in one dispatch, which finds its layer in a table. M has a row for every
// input of a kernel and a column for every output.
import type { Region } from '../../plan/arena.js';
import { blocksOf, LANES } from '../../plan/geometry.js';
import type { PenalisedWeights } from '../../plan/ops.js';
import { type Dispatch, dispatch, f32 } from '../dispatch.js';
import { spread } from './grid.js';

/** Fields of a layer in the table, u32: offsets in floats; `tile` and `group` are its first of all. */
const FIELDS = ['weights', 'rows', 'out', 'matrix', 'tile', 'group', 'surplus', 'blocks'] as const;

/** Bytes of the table of so many layers. */
export const tableBytes = (layers: number): number => layers * FIELDS.length * 4;

/** Layers, with all that one dispatch has to know of them. */
export interface GramTable {
  layers: number;
  values: Uint32Array;
  /** Tiles of 32 × 32 of all Gram matrices, and workgroups of all weights. */
  tiles: number;
  groups: number;
}

/** Bytes of the Gram matrices of all. */
export const matricesBytes = ({ tiles }: GramTable): number => tiles * LANES * LANES * 4;

/** The table of weights that lie in one region from `address` on. */
export function gramTable(all: readonly PenalisedWeights[], address: number): GramTable {
  const values = new Uint32Array(all.length * FIELDS.length);
  let [tiles, groups] = [0, 0];
  for (const [i, { weights, rows, out, surplus }] of all.entries()) {
    const blocks = blocksOf(out);
    const row: Record<(typeof FIELDS)[number], number> = {
      ...{ weights: (weights.address - address) / 4, rows, out, matrix: tiles * LANES * LANES },
      ...{ tile: tiles, group: groups, surplus, blocks },
    };
    values.set(
      FIELDS.map((field) => row[field]),
      i * FIELDS.length,
    );
    tiles += blocks * blocks;
    groups += (rows / LANES) * blocks;
  }
  return { layers: all.length, values, tiles, groups };
}

const field = (name: (typeof FIELDS)[number], layer = 'layer'): string =>
  `table[${layer} * ${FIELDS.length}u + ${FIELDS.indexOf(name)}u]`;

/** Statements: `place`, of workgroup `index` the layer, the last whose first tile or group is not behind it, its rows, blocks, and the index within. */
const find = (column: 'tile' | 'group'): string => `
  if (i == 0u) {
    var layer = 0u;
    while (layer + 1u < LAYERS && ${field(column, '(layer + 1u)')} <= index) { layer++; }
    shared_place = vec4u(layer, ${field('rows')}, ${field('blocks')}, index - ${field(column)});
  }
  let place = workgroupUniformLoad(&shared_place); // what lies in memory is no uniform bound of a loop with barriers
  let layer = place.x;
  let rows = place.y;
  let blocks = place.z;
  let own = place.w;`;

/** Regions of all kernels here: parameters and gradients whole, in one layout. */
export interface GramRegions {
  table: Region;
  parameters: Region;
  gradients: Region;
  matrices: Region;
}

const bindings = ({ table, parameters, gradients, matrices }: GramRegions) =>
  ({
    table: { name: 'table', type: 'u32', region: table },
    parameters: { name: 'm', type: 'f32', region: parameters },
    vectors: { name: 'm', type: 'vec4f', region: parameters },
    gradients: { name: 'gradient', type: 'vec4f', region: gradients },
    matrices: { name: 'g', type: 'vec4f', region: matrices },
  }) as const;

/** `G = MᵀM − I` of every layer, in tiles `[block][block][32][32]`; 0 in padding. */
export function gram({ layers, tiles }: GramTable, regions: GramRegions): Dispatch {
  const { x, y } = spread(tiles);
  const { table, vectors, matrices } = bindings(regions);
  return dispatch(
    'gram',
    [x, y],
    [table, vectors, matrices],
    { LAYERS: layers, GROUPS: x, TOTAL: tiles },
    `
var<workgroup> shared_place: vec4u;
var<workgroup> left: array<vec4f, 256>;
var<workgroup> right: array<vec4f, 256>;
fn one(row: u32, columns: vec4u, out: u32) -> vec4f {
  return select(vec4f(0), vec4f(1), (columns == vec4u(row)) & vec4<bool>(row < out));
}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let index = min(group.y * GROUPS + group.x, TOTAL - 1u); // one beyond writes the last again
  ${find('tile')}
  let a = own / blocks;
  let b = own % blocks;
  let lane = i & 7u;
  let row = i >> 3u;
  let base = ${field('weights')} / 4u;
  var s: array<vec4f, 4>;
  for (var r = 0u; r < rows; r += 32u) {
    workgroupBarrier();
    for (var e = i; e < 256u; e += 64u) {
      left[e] = m[base + (a * rows + r) * 8u + e];
      right[e] = m[base + (b * rows + r) * 8u + e];
    }
    workgroupBarrier();
    for (var k = 0u; k < 32u; k++) {
      let p = left[k * 8u + row];
      let q = right[k * 8u + lane];
      s[0] = fma(vec4f(p.x), q, s[0]);
      s[1] = fma(vec4f(p.y), q, s[1]);
      s[2] = fma(vec4f(p.z), q, s[2]);
      s[3] = fma(vec4f(p.w), q, s[3]);
    }
  }
  let out = ${field('out')};
  let at = ${field('matrix')} / 4u + own * 256u + row * 32u + lane;
  let columns = b * 32u + 4u * lane + vec4u(0, 1, 2, 3);
  for (var k = 0u; k < 4u; k++) { g[at + 8u * k] = s[k] - one(a * 32u + 4u * row + k, columns, out); }
}`,
  );
}

/** `gradient += factor·M·G`, or without `accumulate` `gradient = factor·M·G`, of every layer; a workgroup has 32 rows of a block. */
export function gramGradient(
  { layers, groups }: GramTable,
  regions: GramRegions,
  { factor, accumulate }: { factor: number; accumulate: boolean },
): Dispatch {
  const { x, y } = spread(groups);
  const { table, parameters, gradients, matrices } = bindings(regions);
  return dispatch(
    'gramGradient',
    [x, y],
    [table, parameters, gradients, matrices],
    { LAYERS: layers, GROUPS: x, TOTAL: groups, FACTOR: f32(factor) },
    `
var<workgroup> shared_place: vec4u;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let index = group.y * GROUPS + group.x;
  ${find('group')}
  if (index >= TOTAL) { return; }
  let column = own % blocks;
  let row = own / blocks * 32u + (i >> 3u);
  let lane = i & 7u;
  let base = ${field('weights')};
  let matrix = ${field('matrix')} / 4u;
  var sum = vec4f(0);
  for (var b = 0u; b < blocks; b++) {
    for (var k = 0u; k < 32u; k++) {
      let weight = m[base + (b * rows + row) * 32u + k];
      sum = fma(vec4f(weight), g[matrix + ((b * blocks + column) * 32u + k) * 8u + lane], sum);
    }
  }
  gradient[base / 4u + (column * rows + row) * 8u + lane] ${accumulate ? '+=' : '='} FACTOR * sum;
}`,
  );
}

/** `M += gradient` of every layer. */
export function gramMove({ layers, groups }: GramTable, regions: GramRegions): Dispatch {
  const { x, y } = spread(groups);
  const { table, vectors, gradients } = bindings(regions);
  return dispatch(
    'gramMove',
    [x, y],
    [table, vectors, gradients],
    { LAYERS: layers, GROUPS: x, TOTAL: groups },
    `
var<workgroup> shared_place: vec4u;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let index = group.y * GROUPS + group.x;
  ${find('group')}
  if (index >= TOTAL) { return; }
  let at = ${field('weights')} / 4u + (own % blocks * rows + own / blocks * 32u) * 8u + i;
  m[at] += gradient[at];
}`,
  );
}

/** `penalties[layer] = factor·(Σ G² − surplus)`, a workgroup for each layer. */
export function gramPenalty(
  { layers }: GramTable,
  regions: Pick<GramRegions, 'table' | 'matrices'> & { penalties: Region },
  factor: number,
): Dispatch {
  return dispatch(
    'gramPenalty',
    [layers],
    [
      { name: 'table', type: 'u32', region: regions.table },
      { name: 'g', type: 'vec4f', region: regions.matrices },
      { name: 'penalties', type: 'f32', region: regions.penalties },
    ],
    { FACTOR: f32(factor) },
    `
var<workgroup> sums: array<f32, 256>;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let layer = group.x;
  let blocks = ${field('blocks')};
  let first = ${field('matrix')} / 4u;
  var own = 0.0;
  for (var e = i; e < blocks * blocks * 256u; e += 256u) { own += dot(g[first + e], g[first + e]); }
  sums[i] = own;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half >>= 1u) {
    if (i < half) { sums[i] += sums[i + half]; }
    workgroupBarrier();
  }
  if (i == 0u) { penalties[layer] = FACTOR * (sums[0] - f32(${field('surplus')})); }
}`,
  );
}
