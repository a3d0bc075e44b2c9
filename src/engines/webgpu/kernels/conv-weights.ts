// The gradient of a convolution's weights, in two fixed stages: the pixels are cut into slices, and the slices' gradients are added in
// their order.
import { tapsOf } from '../../../network/geometry.js';
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import { type Dispatch, dispatch } from '../dispatch.js';
import {
  columnsOf,
  type ConvolutionInput,
  type ConvolutionShape,
  inputBinding,
  outPixels,
  OWN,
  shapeNumbers,
  sums,
  unrolled,
  WINDOW,
} from './convolution.js';
import { each, grid } from './grid.js';

/** Regions of the gradient of weights. */
export interface WeightGradientOperands {
  x: ConvolutionInput;
  dy: Region;
  /** In the layout of the weights; it is overwritten. */
  gradient: Region;
  /** The slices' gradients, {@link slicesBytes}; not needed where that is 0. */
  partial?: Region;
}

/** Pixels of a workgroup's step. */
const STEP = 32;
/** Workgroups that a card is to be kept busy with. */
const BUSY = 512;
/** Pixels that a slice has at least. */
const LEAST = 256;
/** Bytes of all slices' gradients, at most. */
const MOST_BYTES = 1 << 25;

/** Floats of the weights, padding included. */
const floatsOf = (shape: ConvolutionShape): number =>
  tapsOf(shape.geometry) * blocksOf(shape.in) * blocksOf(shape.out) * 1024;

/** Into how many slices the pixels are cut, and pixels of each: by the sizes alone, so that the sums are the same on every card. */
export function slicesOf(shape: ConvolutionShape): { slices: number; pixels: number } {
  const outBlocks = blocksOf(shape.out);
  const groups = (tapsOf(shape.geometry) * blocksOf(shape.in) * outBlocks) / columnsOf(outBlocks);
  const total = outPixels(shape);
  const most = Math.min(Math.ceil(total / LEAST), Math.floor(MOST_BYTES / (4 * floatsOf(shape))));
  const wanted = Math.max(1, Math.min(Math.ceil(BUSY / groups), most));
  const pixels = Math.ceil(total / wanted / STEP) * STEP;
  return { slices: Math.ceil(total / pixels), pixels };
}

/** Bytes of the slices' gradients: 0 where there is one slice. */
export function slicesBytes(shape: ConvolutionShape): number {
  const { slices } = slicesOf(shape);
  return slices === 1 ? 0 : slices * floatsOf(shape) * 4;
}

/** `dW = Σ x·dy`. */
export function convWeights(shape: ConvolutionShape, operands: WeightGradientOperands): Dispatch[] {
  const { slices } = slicesOf(shape);
  const { gradient, partial = gradient } = operands;
  const parts = sliceGradients(shape, operands, partial);
  return slices === 1 ? [parts] : [parts, sumSlices(partial, slices, floatsOf(shape), gradient)];
}

function sliceGradients(
  shape: ConvolutionShape,
  { x, dy }: WeightGradientOperands,
  partial: Region,
): Dispatch {
  const [inBlocks, outBlocks] = [blocksOf(shape.in), blocksOf(shape.out)];
  const columns = columnsOf(outBlocks);
  const { slices, pixels } = slicesOf(shape);
  const load = (from: string): string => `
      let k = ${x.words ? 'i' : 'e >> 3u'};
      let q = pixel_under(window_of(start + k), tap);
      if (q != NONE) { value = x[${from}]; }`;
  return dispatch(
    `weights${x.words ? 'Spikes' : 'Dense'}`,
    [slices, tapsOf(shape.geometry) * inBlocks, outBlocks / columns],
    [
      inputBinding(x),
      { name: 'dy', type: 'vec4f', region: dy },
      { name: 'slices', type: 'vec4f', region: partial },
    ],
    { ...shapeNumbers(shape), SLICE: pixels, VECTORS: floatsOf(shape) / 4 },
    `${WINDOW}
var<workgroup> dy_tile: array<vec4f, ${8 * STEP * columns}>;
var<workgroup> x_tile: array<${x.words ? `u32, ${STEP}` : `vec4f, ${8 * STEP}`}>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let lane = i & 7u; // four outputs
  let row = i >> 3u; // four inputs
  let tap = group.y / IN_BLOCKS;
  let block = group.y % IN_BLOCKS;
  let end = min(OUT_PIXELS, (group.x + 1u) * SLICE);
  ${sums(columns, (sum) => `var ${sum} = vec4f();`)}
  for (var start = group.x * SLICE; start < end; start += ${STEP}u) {
    workgroupBarrier();
    ${
      x.words
        ? `if (i < ${STEP}u) {
      var value = 0u;${load('block * IN_PIXELS + q')}
      x_tile[i] = value;
    }`
        : `for (var e = i; e < ${8 * STEP}u; e += 64u) {
      var value = vec4f();${load('(block * IN_PIXELS + q) * 8u + (e & 7u)')}
      x_tile[e] = value;
    }`
    }
    for (var e = i; e < ${8 * STEP}u; e += 64u) {
      let p = start + (e >> 3u);
      ${unrolled(
        columns,
        (n) => `{
        var value = vec4f();
        if (p < end) { value = dy[((group.z * ${columns}u + ${n}u) * OUT_PIXELS + p) * 8u + (e & 7u)]; }
        dy_tile[(e >> 3u) * ${8 * columns}u + ${8 * n}u + (e & 7u)] = value;
      }`,
      )}
    }
    workgroupBarrier();
    for (var k = 0u; k < ${STEP}u; k++) {
      ${
        x.words
          ? `let bits = vec4u(x_tile[k] >> (4u * row)) >> vec4u(0, 1, 2, 3);
      let a = vec4f(bits & vec4u(1));`
          : 'let a = x_tile[k * 8u + row];'
      }
      ${unrolled(columns, (n) => `let g${n} = dy_tile[k * ${8 * columns}u + ${8 * n}u + lane];`)}
      ${sums(columns, (sum, j, n) => `${sum} = fma(vec4f(a[${j}]), g${n}, ${sum});`)}
    }
  }
  ${unrolled(
    columns,
    (n) => `{
    let rows = ((group.z * ${columns}u + ${n}u) * TAPS + tap) * IN_BLOCKS + block;
    let at = group.x * VECTORS + rows * 256u + 32u * row + lane;
    ${unrolled(OWN, (j) => `slices[at + ${8 * j}u] = sum${j}${n};`)}
  }`,
  )}
}`,
  );
}

/** Adds the gradients of slices, in their order. */
function sumSlices(partial: Region, slices: number, floats: number, gradient: Region): Dispatch {
  const { groups, numbers } = grid(floats / 4);
  return dispatch(
    'sumSlices',
    groups,
    [
      { name: 'slices', type: 'vec4f', region: partial },
      { name: 'gradient', type: 'vec4f', region: gradient },
    ],
    { ...numbers, SLICES: slices },
    each(`var sum = slices[e];
  for (var slice = 1u; slice < SLICES; slice++) { sum += slices[slice * TOTAL + e]; }
  gradient[e] = sum;`),
  );
}
