// Convolution of real values with a 3×3 kernel and stride 1 by Winograd's F(4×4, 3×3): 36 products of small matrices
// for 16 outputs, a quarter of the multiplications. Interpolation points and error: README.md.
import { madd } from './madd';
import { wide } from './wide';
import { inputTransform, outputTransform, POINTS } from './winograd-transform';

/**
 * One unit: a run of tiles of 4 × 4 outputs, all channels. Tiles are counted through all images, row by row. The
 * transformed input of the run stays in the cache; the output goes block by block. Arguments: see ops/winograd.ts.
 */
export function winogradConvolution(args: usize, unit: i32, scratch: usize): void {
  const x = <usize>load<u32>(args);
  const xStride = <usize>load<u32>(args, 4);
  const inBlocks = load<i32>(args, 8);
  const lastPitch = <usize>load<u32>(args, 12);
  const weights = <usize>load<u32>(args, 16);
  const y = <usize>load<u32>(args, 20);
  const yStride = <usize>load<u32>(args, 24);
  const outBlocks = load<i32>(args, 28);
  const panels = load<i32>(args, 32);
  const bias = <usize>load<u32>(args, 36);
  const accumulate = load<i32>(args, 40);
  const images = load<i32>(args, 44);
  const inHeight = load<i32>(args, 48);
  const inWidth = load<i32>(args, 52);
  const outHeight = load<i32>(args, 56);
  const outWidth = load<i32>(args, 60);
  const border = load<i32>(args, 64);
  const runTiles = load<i32>(args, 68);

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
    const image = x + (<usize>((tile / tilesOfImage) * inHeight * inWidth) << 7);
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
      const to = y + <usize>block * yStride + (<usize>(((tile / tilesOfImage) * outHeight + top) * outWidth + left) << 7);
      outputTransform(
        product + (<usize>t << 7), outPoint, to, <usize>outWidth << 7, outHeight - top, outWidth - left,
        bias ? bias + <usize>block * 128 : 0, accumulate, work,
      );
    }
  }
}

/** `to[row][8] = Σ over k of from[row][k] · w[k][8]`, four rows at a time; rows of `to` are 128 bytes apart. */
function multiply(from: usize, pitch: usize, weights: usize, to: usize, rows: i32): void {
  for (let row = 0; row < rows; row += 4) {
    let q0 = from;
    let q1 = q0 + pitch;
    let q2 = q1 + pitch;
    let q3 = q2 + pitch;
    const stop = q1;
    let w = weights;
    let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
    while (q0 < stop) {
      const w0 = v128.load(w);
      const w1 = v128.load(w, 16);
      const a0 = v128.load32_splat(q0);
      c00 = madd(a0, w0, c00);
      c01 = madd(a0, w1, c01);
      const a1 = v128.load32_splat(q1);
      c10 = madd(a1, w0, c10);
      c11 = madd(a1, w1, c11);
      const a2 = v128.load32_splat(q2);
      c20 = madd(a2, w0, c20);
      c21 = madd(a2, w1, c21);
      const a3 = v128.load32_splat(q3);
      c30 = madd(a3, w0, c30);
      c31 = madd(a3, w1, c31);
      q0 += 4;
      q1 += 4;
      q2 += 4;
      q3 += 4;
      w += 32;
    }
    v128.store(to, c00);
    v128.store(to, c01, 16);
    v128.store(to, c10, 128);
    v128.store(to, c11, 144);
    v128.store(to, c20, 256);
    v128.store(to, c21, 272);
    v128.store(to, c30, 384);
    v128.store(to, c31, 400);
    to += 512;
    from = q3;
  }
}

/**
 * The same for two panels, `next` bytes apart, in the same order: twice the accumulators, which are as many registers
 * where vectors have 256 bits. With half as many, each would wait for its own last sum.
 */
function multiplyTwo(from: usize, pitch: usize, weights: usize, next: usize, to: usize, rows: i32): void {
  for (let row = 0; row < rows; row += 4) {
    let q0 = from;
    let q1 = q0 + pitch;
    let q2 = q1 + pitch;
    let q3 = q2 + pitch;
    const stop = q1;
    let w = weights;
    let u = weights + next;
    let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
    let d00 = c00, d01 = c00, d10 = c00, d11 = c00, d20 = c00, d21 = c00, d30 = c00, d31 = c00;
    while (q0 < stop) {
      const w0 = v128.load(w);
      const w1 = v128.load(w, 16);
      const u0 = v128.load(u);
      const u1 = v128.load(u, 16);
      const a0 = v128.load32_splat(q0);
      c00 = madd(a0, w0, c00);
      c01 = madd(a0, w1, c01);
      d00 = madd(a0, u0, d00);
      d01 = madd(a0, u1, d01);
      const a1 = v128.load32_splat(q1);
      c10 = madd(a1, w0, c10);
      c11 = madd(a1, w1, c11);
      d10 = madd(a1, u0, d10);
      d11 = madd(a1, u1, d11);
      const a2 = v128.load32_splat(q2);
      c20 = madd(a2, w0, c20);
      c21 = madd(a2, w1, c21);
      d20 = madd(a2, u0, d20);
      d21 = madd(a2, u1, d21);
      const a3 = v128.load32_splat(q3);
      c30 = madd(a3, w0, c30);
      c31 = madd(a3, w1, c31);
      d30 = madd(a3, u0, d30);
      d31 = madd(a3, u1, d31);
      q0 += 4;
      q1 += 4;
      q2 += 4;
      q3 += 4;
      w += 32;
      u += 32;
    }
    v128.store(to, c00);
    v128.store(to, c01, 16);
    v128.store(to, d00, 32);
    v128.store(to, d01, 48);
    v128.store(to, c10, 128);
    v128.store(to, c11, 144);
    v128.store(to, d10, 160);
    v128.store(to, d11, 176);
    v128.store(to, c20, 256);
    v128.store(to, c21, 272);
    v128.store(to, d20, 288);
    v128.store(to, d21, 304);
    v128.store(to, c30, 384);
    v128.store(to, c31, 400);
    v128.store(to, d30, 416);
    v128.store(to, d31, 432);
    to += 512;
    from = q3;
  }
}
