// The convolution kernels' common ground: implicit matrix products in tiles of 64 pixels, and where windows lie.
// Tests: test/engines/webgpu/kernels/conv-forward.slow.ts.
import { type Geometry, tapsOf } from '../../../network/geometry.js';
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import type { Binding } from '../dispatch.js';

/** A convolution's sizes; a linear layer is one whose kernel covers its input. */
export interface ConvolutionShape {
  geometry: Geometry;
  images: number;
  in: number;
  out: number;
}

/** Where the input of a convolution lies: spike words or dense values. */
export interface ConvolutionInput {
  region: Region;
  words: boolean;
}

/** Pixels of a workgroup's tile: 16 rows of threads, 4 pixels each. */
export const TILE = 64;
/** Threads of a workgroup: 16 rows of 8 lanes. */
export const TILE_THREADS = 128;
/** Pixels of one thread. */
export const OWN = 4;

/** Blocks of a tile, where those on the other side allow two: they share what is read of the operand. */
export const columnsOf = (blocks: number): number => (blocks % 2 === 0 ? 2 : 1);

/** Pixels of the output. */
export const outPixels = ({ geometry: g, images }: ConvolutionShape): number =>
  images * g.outHeight * g.outWidth;

/** The binding of an input. */
export const inputBinding = ({ region, words }: ConvolutionInput): Binding => ({
  name: 'x',
  type: words ? 'u32' : 'vec4f',
  region,
});

/** The sizes as numbers of a kernel. */
export const shapeNumbers = (shape: ConvolutionShape): Record<string, number> => {
  const { geometry: g, images } = shape;
  return {
    ...{ IH: g.inHeight, IW: g.inWidth, OH: g.outHeight, OW: g.outWidth },
    ...{ KW: g.kernelWidth, TAPS: tapsOf(g), STRIDE: g.stride, PADDING: g.padding },
    ...{ IN: shape.in, IN_BLOCKS: blocksOf(shape.in), OUT: shape.out, OUT_BLOCKS: blocksOf(shape.out) },
    ...{ IN_PIXELS: images * g.inHeight * g.inWidth, OUT_PIXELS: outPixels(shape) },
  };
};

/** Channels of a step over dense values: the tiles fit into the 16 KiB of workgroup memory that every device has. */
export const DEPTH = 16;

/** WGSL: no pixel; and a row so far outside that no tap reaches an image from it. */
export const NOWHERE = `
const NONE = 0xffffffffu;
const FAR = -0x1000000;`;

/** WGSL: the window of an output pixel over the input, and the input pixel that it has under a tap. */
export const WINDOW = `${NOWHERE}
struct Window { image: u32, top: i32, left: i32 }
fn window_of(p: u32) -> Window {
  let row = p / OW;
  let top = select(FAR, i32(row % OH * STRIDE) - i32(PADDING), p < OUT_PIXELS);
  return Window(row / OH, top, i32(p % OW * STRIDE) - i32(PADDING));
}
fn pixel_under(window: Window, tap: u32) -> u32 {
  let y = window.top + i32(tap / KW);
  let x = window.left + i32(tap % KW);
  let inside = y >= 0 && y < i32(IH) && x >= 0 && x < i32(IW);
  return select(NONE, (window.image * IH + u32(y)) * IW + u32(x), inside);
}`;

/** WGSL: a tile of dense values. Rows of 17 floats begin in different banks of memory. */
export const denseTile = (name: string): string => `
var<workgroup> ${name}: array<f32, ${TILE * (DEPTH + 1)}>;`;

/** WGSL: the row of a tile of which a thread loads four channels, in the first and in the second half of the tile. */
export const loadedRow = (half: number): string => `(i >> 2u) + ${(half * TILE) / 2}u`;

/** WGSL: loads a tile of `DEPTH` channels of the dense signal `source` from `channel` on; `pixel` says where a half's row lies. */
export const loadDense = (
  tile: string,
  [source, pixels]: [source: string, pixels: string],
  pixel: (half: number) => string,
): string =>
  unrolled(
    2,
    (half) => `{
        let q = ${pixel(half)};
        var values = vec4f();
        if (q != NONE) { values = ${source}[((channel >> 5u) * ${pixels} + q) * 8u + (channel >> 2u) % 8u + (i & 3u)]; }
        let at = (${loadedRow(half)}) * ${DEPTH + 1}u + 4u * (i & 3u);
        ${unrolled(4, (k) => `${tile}[at + ${k}u] = values[${k}];`)}
      }`,
  );

/** WGSL: channel `k` of one of a thread's pixels in a tile of dense values. */
export const denseOperand = (tile: string, own: number): string =>
  `${tile}[(row + ${16 * own}u) * ${DEPTH + 1}u + k]`;

/** WGSL: a line for each of `0 … count − 1`. */
export const unrolled = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

/** WGSL: sums of a thread, one vec4f for each of its pixels and blocks. */
export const sums = (columns: number, each: (sum: string, own: number, column: number) => string): string =>
  Array.from({ length: OWN * columns }, (_, k) => {
    const [own, column] = [Math.floor(k / columns), k % columns];
    return each(`sum${own}${column}`, own, column);
  }).join(' ');

/**
 * WGSL: adds the product of a tile of an operand and a tile of weights to the sums, over `depth` channels `k`.
 *
 * @param operand - gives the operand of one of the thread's pixels at channel `k`
 * @param pitch - vectors of the weights' tile from one `k` to the next
 */
export const multiply = (columns: number, pitch: number, operand: (own: number) => string): string => `
      for (var k = 0u; k < depth; k++) {
        ${Array.from({ length: columns }, (_, n) => `let w${n} = w_tile[k * ${pitch}u + ${8 * n}u + lane];`).join(' ')}
        ${Array.from({ length: OWN }, (_, j) => `let a${j} = vec4f(${operand(j)});`).join(' ')}
        ${sums(columns, (sum, j, n) => `${sum} = fma(a${j}, w${n}, ${sum});`)}
      }`;
