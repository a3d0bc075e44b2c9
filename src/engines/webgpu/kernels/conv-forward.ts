// The forward pass of convolutions and linear layers, of spikes or of dense values.
import type { Region } from '../../plan/arena.js';
import { blocksOf, LANES } from '../../plan/geometry.js';
import { type Binding, type Dispatch, dispatch } from '../dispatch.js';
import {
  columnsOf,
  type ConvolutionInput,
  type ConvolutionShape,
  denseOperand,
  denseTile,
  DEPTH,
  inputBinding,
  loadDense,
  loadedRow,
  multiply,
  outPixels,
  OWN,
  shapeNumbers,
  sums,
  TILE,
  TILE_THREADS,
  unrolled,
  WINDOW,
} from './convolution.js';
import { MOMENT_FLOATS } from './moments.js';
import { overRows } from './reduce.js';
import { spread } from './grid.js';

/** Regions of a forward pass. */
export interface ForwardOperands {
  x: ConvolutionInput;
  weights: Region;
  y: Region;
  bias?: Region;
  /** For a batch norm that follows: the moments of each tile of the output, {@link outputMomentBytes}. */
  moments?: Region;
}

/** Bytes of the moments of the output, in chunks of {@link TILE} pixels. */
export const outputMomentBytes = (shape: ConvolutionShape): number =>
  blocksOf(shape.out) * Math.ceil(outPixels(shape) / TILE) * MOMENT_FLOATS * 4;

/** `y = conv(x, w) + bias`. The moments of what it writes are taken in its registers: they cost no pass over memory. */
export function convForward(shape: ConvolutionShape, operands: ForwardOperands): Dispatch {
  const { x, weights, y, bias, moments } = operands;
  const outBlocks = blocksOf(shape.out);
  const columns = columnsOf(outBlocks);
  const tiles = Math.ceil(outPixels(shape) / TILE);
  const grid = spread(tiles);
  const bindings: Binding[] = [
    inputBinding(x),
    { name: 'w', type: 'vec4f', region: weights },
    { name: 'y', type: 'vec4f', region: y },
  ];
  if (bias) bindings.push({ name: 'bias', type: 'vec4f', region: bias });
  if (moments) bindings.push({ name: 'moments', type: 'vec4f', region: moments });
  const depth = x.words ? LANES : DEPTH;
  return dispatch(
    `conv${x.words ? 'Spikes' : 'Dense'}`,
    [grid.x, outBlocks / columns, grid.y],
    bindings,
    { ...shapeNumbers(shape), TILES: tiles },
    `${WINDOW}
${moments ? overRows(TILE_THREADS) : ''}
var<workgroup> w_tile: array<vec4f, ${8 * depth * columns}>;
${x.words ? `var<workgroup> x_tile: array<u32, ${TILE}>;` : denseTile('x_tile')}
@compute @workgroup_size(${TILE_THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) i: u32) {
  let tile = group.z * groups.x + group.x;
  if (tile >= TILES) { return; }
  let lane = i & 7u;
  let row = i >> 3u;
  let first = tile * ${TILE}u;
  ${x.words ? `let window = window_of(first + i % ${TILE}u);` : unrolled(2, (half) => `let window${half} = window_of(first + ${loadedRow(half)});`)}
  ${sums(columns, (sum) => `var ${sum} = vec4f();`)}
  for (var tap = 0u; tap < TAPS; tap++) {
    for (var channel = 0u; channel < IN; channel += ${depth}u) {
      let depth = min(${depth}u, IN - channel); // padding channels are 0
      workgroupBarrier();
      ${x.words ? LOAD_WORDS : loadDense('x_tile', ['x', 'IN_PIXELS'], (half) => `pixel_under(window${half}, tap)`)}
      ${unrolled(
        columns,
        (n) => `for (var e = i; e < ${8 * depth}u; e += ${TILE_THREADS}u) {
        let source = ((group.y * ${columns}u + ${n}u) * TAPS + tap) * IN_BLOCKS * 32u + channel;
        w_tile[(e >> 3u) * ${8 * columns}u + ${8 * n}u + (e & 7u)] = w[source * 8u + e];
      }`,
      )}
      workgroupBarrier();
      ${x.words ? unrolled(OWN, (j) => `let word${j} = x_tile[row + ${16 * j}u];`) : ''}
      ${multiply(columns, 8 * columns, (j) =>
        x.words ? `f32((word${j} >> k) & 1u)` : denseOperand('x_tile', j),
      )}
    }
  }
  ${bias ? sums(columns, (sum, _, n) => `${sum} += bias[(group.y * ${columns}u + ${n}u) * 8u + lane];`) : ''}
  ${unrolled(
    OWN,
    (j) => `{
    let p = first + row + ${16 * j}u;
    if (p < OUT_PIXELS) { ${unrolled(columns, (n) => `y[((group.y * ${columns}u + ${n}u) * OUT_PIXELS + p) * 8u + lane] = sum${j}${n};`)} }
  }`,
  )}
  ${moments ? unrolled(columns, (n) => tileMoments(columns, n)) : ''}
}`,
  );
}

/** One thread loads the word of one pixel. */
const LOAD_WORDS = `if (i < ${TILE}u) {
        let q = pixel_under(window, tap);
        var word = 0u;
        if (q != NONE) { word = x[(channel >> 5u) * IN_PIXELS + q]; }
        x_tile[i] = word;
      }`;

/** Mean, then Σ (y − mean)², of the tile's pixels: two passes over registers, nothing cancels. */
const tileMoments = (columns: number, n: number): string => {
  const own = (j: number, value: string): string =>
    `select(vec4f(), ${value}, first + row + ${16 * j}u < OUT_PIXELS)`;
  const over = (value: (j: number) => string): string =>
    Array.from({ length: OWN }, (_, j) => value(j)).join(' + ');
  return `{
    let pixels = f32(min(${TILE}u, OUT_PIXELS - first));
    let mean = over_rows(i, ${over((j) => own(j, `sum${j}${n}`))}) / pixels;
    ${unrolled(OWN, (j) => `let off${j} = ${own(j, `sum${j}${n} - mean`)};`)}
    let squares = over_rows(i, ${over((j) => `off${j} * off${j}`)});
    if (row == 0u) {
      let at = ((group.y * ${columns}u + ${n}u) * TILES + tile) * 16u + lane;
      moments[at] = mean;
      moments[at + 8u] = squares;
    }
  }`;
};
