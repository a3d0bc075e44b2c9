// The gradient of a convolution's input: a convolution of dY with the weights turned round.
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import { type Dispatch, dispatch } from '../dispatch.js';
import {
  columnsOf,
  type ConvolutionShape,
  denseOperand,
  denseTile,
  DEPTH,
  loadDense,
  loadedRow,
  multiply,
  NOWHERE,
  OWN,
  shapeNumbers,
  sums,
  TILE,
  TILE_THREADS,
  unrolled,
} from './convolution.js';
import { spread } from './grid.js';

/** Regions of the gradient of an input. */
export interface InputGradientOperands {
  dy: Region;
  weights: Region;
  dx: Region;
  /** Add to what `dx` holds. */
  accumulate: boolean;
}

/**
 * `dx = convᵀ(dy, w)`. With stride s a workgroup has pixels of one of the s² phases (rows and columns modulo s): the same taps reach
 * all of them, and none is multiplied with a pixel that is not there. Where no tap reaches, the gradient is 0.
 */
export function convInput(
  shape: ConvolutionShape,
  { dy, weights, dx, accumulate }: InputGradientOperands,
): Dispatch {
  const { geometry: g, images } = shape;
  const inBlocks = blocksOf(shape.in);
  const columns = columnsOf(inBlocks);
  const pitch = 8 * columns + 1; // odd: neighbours in k lie in different banks
  const phases = g.stride ** 2;
  const phasePixels = images * Math.ceil(g.inHeight / g.stride) * Math.ceil(g.inWidth / g.stride);
  const tiles = spread(Math.ceil(phasePixels / TILE));
  return dispatch(
    'convInput',
    [tiles.x, inBlocks / columns, tiles.y * phases],
    [
      { name: 'dy', type: 'vec4f', region: dy },
      { name: 'w', type: 'f32', region: weights },
      { name: 'dx', type: 'vec4f', region: dx },
    ],
    { ...shapeNumbers(shape), PHASES: phases, IMAGES: images },
    `
${NOWHERE}
var<workgroup> w_tile: array<vec4f, ${DEPTH * pitch}>;
${denseTile('dy_tile')}
struct Pixel { image: u32, y: i32, x: i32 } // row and column within the phase
fn pixel_of(p: u32, height: u32, width: u32) -> Pixel {
  let row = p / width;
  return Pixel(row / height, select(FAR, i32(row % height), p < IMAGES * height * width), i32(p % width));
}
fn output_at(pixel: Pixel, shift: vec2i) -> u32 {
  let y = pixel.y + shift.x;
  let x = pixel.x + shift.y;
  let inside = y >= 0 && y < i32(OH) && x >= 0 && x < i32(OW);
  return select(NONE, (pixel.image * OH + u32(y)) * OW + u32(x), inside);
}
@compute @workgroup_size(${TILE_THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) i: u32) {
  let phase = vec2u(group.z % PHASES / STRIDE, group.z % PHASES % STRIDE);
  let height = (IH + STRIDE - 1u - phase.x) / STRIDE;
  let width = (IW + STRIDE - 1u - phase.y) / STRIDE;
  let pixels = IMAGES * height * width;
  let first = (group.z / PHASES * groups.x + group.x) * ${TILE}u;
  if (first >= pixels) { return; }
  let lane = i & 7u;
  let row = i >> 3u;
  ${unrolled(2, (half) => `let pixel${half} = pixel_of(first + ${loadedRow(half)}, height, width);`)}
  ${sums(columns, (sum) => `var ${sum} = vec4f();`)}
  for (var tap = 0u; tap < TAPS; tap++) {
    let offset = vec2i(phase + PADDING) - vec2i(vec2u(tap / KW, tap % KW));
    if (any(offset % i32(STRIDE) != vec2i())) { continue; } // this tap reaches another phase
    let shift = offset / i32(STRIDE);
    for (var channel = 0u; channel < OUT; channel += ${DEPTH}u) {
      let depth = min(${DEPTH}u, OUT - channel);
      workgroupBarrier();
      ${loadDense('dy_tile', ['dy', 'OUT_PIXELS'], (half) => `output_at(pixel${half}, shift)`)}
      ${unrolled(columns, (n) => loadWeights(columns, n, pitch))}
      workgroupBarrier();
      ${multiply(columns, pitch, (j) => denseOperand('dy_tile', j))}
    }
  }
  ${unrolled(
    OWN,
    (j) => `{
    let pixel = pixel_of(first + row + ${16 * j}u, height, width);
    if (pixel.y >= 0) {
      let y = u32(pixel.y) * STRIDE + phase.x;
      let q = (pixel.image * IH + y) * IW + u32(pixel.x) * STRIDE + phase.y;
      ${unrolled(columns, (n) => `dx[((group.y * ${columns}u + ${n}u) * IN_PIXELS + q) * 8u + lane] ${accumulate ? '+=' : '='} sum${j}${n};`)}
    }
  }`,
  )}
}`,
  );
}

/**
 * Weights of four inputs to one output as a vector. A thread writes whole vectors: parts of one by several threads would race where
 * a driver writes a part by reading and writing the whole.
 */
const loadWeights = (columns: number, n: number, pitch: number): string => `{
        let k = i % ${DEPTH}u;
        let c = i / ${DEPTH}u;
        let rows = ((channel >> 5u) * TAPS + tap) * IN_BLOCKS + group.y * ${columns}u + ${n}u;
        let source = rows * 1024u + 128u * c + channel % 32u + k;
        w_tile[k * ${pitch}u + ${8 * n}u + c] = vec4f(w[source], w[source + 32u], w[source + 64u], w[source + 96u]);
      }`;
