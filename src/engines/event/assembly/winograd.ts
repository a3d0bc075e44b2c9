// Convolution of real values with a 3×3 kernel and stride 1 by Winograd's F(4×4, 3×3): 36 products of small matrices
// for 16 outputs, a quarter of the multiplications. Interpolation points and error: README.md.
import { WinogradConvolution } from './arguments'; // generated: ../kernel-arguments.ts
import { imageOf, put8 } from './layout';
import { madd } from './madd';
import { wide } from './wide';
import { inputTransform, outputTransform, POINTS } from './winograd-transform';

/**
 * One unit: a run of tiles of 4 × 4 outputs, all channels. Tiles are counted through all images, row by row. The
 * transformed input of the run stays in the cache; the output goes block by block. Arguments: see ops/winograd.ts.
 */
export function winogradConvolution(args: WinogradConvolution, unit: i32, scratch: usize): void {
  const x = args.x;
  const xStride = args.xStride;
  const inBlocks = args.inBlocks;
  const lastPitch = args.lastPitch;
  const weights = args.weights;
  const y = args.y;
  const yStride = args.yStride;
  const outBlocks = args.outBlocks;
  const panels = args.panels;
  const bias = args.bias;
  const accumulate = args.accumulate;
  const images = args.images;
  const inHeight = args.inHeight;
  const inWidth = args.inWidth;
  const outHeight = args.outHeight;
  const outWidth = args.outWidth;
  const border = args.border;
  const runTiles = args.runTiles;
  const which = args.which;

  const columns = (outWidth + 3) / 4;
  const tilesOfImage = columns * ((outHeight + 3) / 4);
  const first = unit * runTiles;
  const count = min(runTiles, images * tilesOfImage - first);
  const rows = (count + 3) & ~3;

  const pitch = <usize>(inBlocks - 1) * 128 + lastPitch; // of a transformed tile at one point
  // 64 bytes more than a multiple of the tiles: points would else fall into the same sets of the cache
  const inPoint = <usize>runTiles * pitch + 64;
  const outPoint = <usize>runTiles * 128 + 64;
  const work = scratch;
  const source = work + 1024;
  const product = source + POINTS * inPoint;

  for (let t = 0; t < rows; t++) {
    const tile = first + min(t, count - 1); // the last one fills up the last four
    const place = tile % tilesOfImage;
    const n = imageOf(which, tile / tilesOfImage);
    const image = x + (<usize>(n * inHeight * inWidth) << 7);
    const top = (place / columns) * 4 - border;
    const left = (place % columns) * 4 - border;
    inputTransform(image, xStride, inBlocks, lastPitch, inHeight, inWidth, top, left, source + <usize>t * pitch, inPoint, work);
  }

  const panelBytes = POINTS * (pitch << 3);
  for (let block = 0; block < outBlocks; block++) {
    const last = min(panels - block * 4, 4);
    if (last > 0)
      for (let point: usize = 0; point < POINTS; point++)
        for (let panel = 0; panel < last; ) {
          const from = source + point * inPoint;
          const w = weights + <usize>(block * 4 + panel) * panelBytes + point * (pitch << 3);
          const to = product + point * outPoint + <usize>panel * 32;
          if (wide && panel + 1 < last) {
            multiplyTwo(from, pitch, w, panelBytes, to, rows);
            panel += 2;
          } else {
            multiply(from, pitch, w, to, rows);
            panel++;
          }
        }
    for (let panel = max(last, 0); panel < 4; panel++) // channels of padding only
      for (let at = product + <usize>panel * 32, end = at + POINTS * outPoint; at < end; at += outPoint)
        for (let row = at, stop = at + (<usize>rows << 7); row < stop; row += 128) {
          v128.store(row, f32x4.splat(0));
          v128.store(row, f32x4.splat(0), 16);
        }
    for (let t = 0; t < count; t++) {
      const tile = first + t;
      const place = tile % tilesOfImage;
      const top = (place / columns) * 4;
      const left = (place % columns) * 4;
      const to = y + <usize>block * yStride + (<usize>((imageOf(which, tile / tilesOfImage) * outHeight + top) * outWidth + left) << 7);
      outputTransform(
        product + (<usize>t << 7), outPoint, to, <usize>outWidth << 7, outHeight - top, outWidth - left,
        bias ? bias + <usize>block * 128 : 0, accumulate, work,
      );
    }
  }
}

/**
 * `to[row][8] = Σ over k of from[row][k] · w[k][8]`, four rows at a time; rows of `to` are 128 bytes apart. `two`, a
 * constant: for two panels, `next` bytes apart, in the same order. These are twice the accumulators, and as many
 * registers where vectors have 256 bits; with half as many each would wait for its own last sum.
 */
// @ts-ignore: decorator
@inline
function product(two: bool, from: usize, pitch: usize, weights: usize, next: usize, to: usize, rows: i32): void {
  for (let row = 0; row < rows; row += 4) {
    let q0 = from;
    let q1 = q0 + pitch;
    let q2 = q1 + pitch;
    let q3 = q2 + pitch;
    const stop = q1;
    let w = weights;
    let u = weights + next;
    const zero = f32x4.splat(0);
    let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
    let d00 = zero, d01 = zero, d10 = zero, d11 = zero, d20 = zero, d21 = zero, d30 = zero, d31 = zero;
    while (q0 < stop) {
      const w0 = v128.load(w);
      const w1 = v128.load(w, 16);
      const u0 = two ? v128.load(u) : zero;
      const u1 = two ? v128.load(u, 16) : zero;
      const a0 = v128.load32_splat(q0);
      c00 = madd(a0, w0, c00);
      c01 = madd(a0, w1, c01);
      if (two) d00 = madd(a0, u0, d00);
      if (two) d01 = madd(a0, u1, d01);
      const a1 = v128.load32_splat(q1);
      c10 = madd(a1, w0, c10);
      c11 = madd(a1, w1, c11);
      if (two) d10 = madd(a1, u0, d10);
      if (two) d11 = madd(a1, u1, d11);
      const a2 = v128.load32_splat(q2);
      c20 = madd(a2, w0, c20);
      c21 = madd(a2, w1, c21);
      if (two) d20 = madd(a2, u0, d20);
      if (two) d21 = madd(a2, u1, d21);
      const a3 = v128.load32_splat(q3);
      c30 = madd(a3, w0, c30);
      c31 = madd(a3, w1, c31);
      if (two) d30 = madd(a3, u0, d30);
      if (two) d31 = madd(a3, u1, d31);
      q0 += 4;
      q1 += 4;
      q2 += 4;
      q3 += 4;
      w += 32;
      u += 32;
    }
    put8(to, c00, c01);
    put8(to + 128, c10, c11);
    put8(to + 256, c20, c21);
    put8(to + 384, c30, c31);
    if (two) {
      put8(to + 32, d00, d01);
      put8(to + 160, d10, d11);
      put8(to + 288, d20, d21);
      put8(to + 416, d30, d31);
    }
    to += 512;
    from = q3;
  }
}

function multiply(from: usize, pitch: usize, weights: usize, to: usize, rows: i32): void {
  product(false, from, pitch, weights, 0, to, rows);
}
function multiplyTwo(from: usize, pitch: usize, weights: usize, next: usize, to: usize, rows: i32): void {
  product(true, from, pitch, weights, next, to, rows);
}
