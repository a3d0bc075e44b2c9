// The inner loops of the direct convolution of real values: four pixels times 8 or 16 output channels in registers.
import { put8, ROW } from './layout';
import { madd } from './madd';

/**
 * Four pixels of one panel; `two`, a constant: of two panels that follow each other. See `product` in winograd.ts.
 * `sources` and `targets` are those of the pixels, `blocks` of the `inBlocks` blocks are summed.
 */
// @ts-ignore: decorator
@inline
function convolve(
  two: bool, weights: usize, panelBytes: usize, tiles: usize, blockBytes: usize, blocks: i32, inBlocks: i32, lastPitch: usize,
  kernelHeight: i32, run: usize, width: usize, sources: usize, targets: usize, to: usize, accumulate: i32, bias: usize,
): void {
  const y0 = to + load<u32>(targets);
  const y1 = to + load<u32>(targets, 4);
  const y2 = to + load<u32>(targets, 8);
  const y3 = to + load<u32>(targets, 12);
  const zero = f32x4.splat(0);
  let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
  let d00 = zero, d01 = zero, d10 = zero, d11 = zero, d20 = zero, d21 = zero, d30 = zero, d31 = zero;
  if (accumulate) {
    c00 = v128.load(y0); c01 = v128.load(y0, 16);
    c10 = v128.load(y1); c11 = v128.load(y1, 16);
    c20 = v128.load(y2); c21 = v128.load(y2, 16);
    c30 = v128.load(y3); c31 = v128.load(y3, 16);
    if (two) {
      d00 = v128.load(y0, 32); d01 = v128.load(y0, 48);
      d10 = v128.load(y1, 32); d11 = v128.load(y1, 48);
      d20 = v128.load(y2, 32); d21 = v128.load(y2, 48);
      d30 = v128.load(y3, 32); d31 = v128.load(y3, 48);
    }
  } else if (bias) {
    c00 = v128.load(bias); c10 = c00; c20 = c00; c30 = c00;
    c01 = v128.load(bias, 16); c11 = c01; c21 = c01; c31 = c01;
    if (two) {
      d00 = v128.load(bias, 32); d10 = d00; d20 = d00; d30 = d00;
      d01 = v128.load(bias, 48); d11 = d01; d21 = d01; d31 = d01;
    }
  }
  let w = weights;
  let u = weights + panelBytes;
  let tile = tiles;
  for (let b = 0; b < blocks; b++) {
    const pitch = b == inBlocks - 1 ? lastPitch : ROW;
    let q0 = tile + load<u32>(sources) * pitch;
    let q1 = tile + load<u32>(sources, 4) * pitch;
    let q2 = tile + load<u32>(sources, 8) * pitch;
    let q3 = tile + load<u32>(sources, 12) * pitch;
    const next = width * pitch - run * pitch;
    for (let ky = 0; ky < kernelHeight; ky++) {
      const stop = q0 + run * pitch;
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
      q0 += next;
      q1 += next;
      q2 += next;
      q3 += next;
    }
    tile += blockBytes;
  }
  put8(y0, c00, c01);
  put8(y1, c10, c11);
  put8(y2, c20, c21);
  put8(y3, c30, c31);
  if (two) {
    put8(y0 + 32, d00, d01);
    put8(y1 + 32, d10, d11);
    put8(y2 + 32, d20, d21);
    put8(y3 + 32, d30, d31);
  }
}

export function fourPixels(
  weights: usize, panelBytes: usize, tiles: usize, blockBytes: usize, blocks: i32, inBlocks: i32, lastPitch: usize,
  kernelHeight: i32, run: usize, width: usize, sources: usize, targets: usize, to: usize, accumulate: i32, bias: usize,
): void {
  convolve(false, weights, panelBytes, tiles, blockBytes, blocks, inBlocks, lastPitch, kernelHeight, run, width, sources, targets, to, accumulate, bias);
}
export function fourPixelsTwo(
  weights: usize, panelBytes: usize, tiles: usize, blockBytes: usize, blocks: i32, inBlocks: i32, lastPitch: usize,
  kernelHeight: i32, run: usize, width: usize, sources: usize, targets: usize, to: usize, accumulate: i32, bias: usize,
): void {
  convolve(true, weights, panelBytes, tiles, blockBytes, blocks, inBlocks, lastPitch, kernelHeight, run, width, sources, targets, to, accumulate, bias);
}
