// Convolution of binary spikes by lists: only spikes are visited, so the cost follows the spike rate.
import { SpikeForward } from './arguments'; // generated: ../kernel-arguments.ts
import { fillRows, imageOf, ROW } from './layout';

/**
 * Lists the spikes of one image, row by row and within a row from left to right: entry = (x·rows + channel)·128, the
 * distance of the weight row it selects. `starts` holds the address where each pixel's entries begin, width + 1 a row.
 */
function listSpikes(
  words: usize,
  wordsStride: usize,
  blocks: i32,
  height: i32,
  width: i32,
  rowsPerTap: u32,
  starts: usize,
  entries: usize,
): void {
  let to = entries;
  for (let y = 0; y < height; y++) {
    let column: u32 = 0;
    for (let x = 0; x < width; x++) {
      store<u32>(starts, <u32>to);
      starts += 4;
      let from = words;
      let channel = column;
      for (let c = 0; c < blocks; c++) {
        let word = load<u32>(from);
        while (word) {
          store<u32>(to, (channel + ctz(word)) << 7);
          to += 4;
          word &= word - 1;
        }
        from += wordsStride;
        channel += 32;
      }
      words += 4;
      column += rowsPerTap;
    }
    store<u32>(starts, <u32>to);
    starts += 4;
  }
}

/**
 * One unit: all output blocks of one group of images. The taps of a kernel row are one list, because the entries of
 * neighbouring pixels follow each other; all pixels of an image go through a part of the kernel, `tapColumns` wide,
 * before the next part is touched, so that its weights stay in the L1 cache. Entries are summed in pairs, in three
 * blocks split by tests of addresses that are never 0 (unlike `base`, which wraps), which keeps the eight accumulators
 * in registers. Arguments: see ops/spike-convolution.ts.
 */
export function listForward(args: SpikeForward, unit: i32, scratch: usize): void {
  const words = args.words;
  const wordsStride = args.wordsStride;
  const blocks = args.blocks;
  const weights = args.weights;
  const tapBytes = args.tapBytes;
  const y = args.y;
  const yStride = args.yStride;
  const outBlocks = args.outBlocks;
  const bias = args.bias;
  const accumulate = args.accumulate;
  const images = args.images;
  const groupSize = args.group;
  const inHeight = args.inHeight;
  const inWidth = args.inWidth;
  const outHeight = args.outHeight;
  const outWidth = args.outWidth;
  const kernelHeight = args.kernelHeight;
  const kernelWidth = args.kernelWidth;
  const stride = args.stride;
  const padding = args.padding;
  const tapColumns = args.tapColumns;
  const which = args.which;

  const taps = kernelHeight * kernelWidth;
  const outPixels = outHeight * outWidth;
  const starts = scratch;
  const startsRow = <usize>(inWidth + 1) * 4;
  const entries = scratch + ((startsRow * <usize>inHeight + 63) & ~63);
  const first = unit * groupSize;
  const last = min(first + groupSize, images);
  for (let i = first; i < last; i++) {
    const n = imageOf(which, i);
    listSpikes(words + <usize>(n * inHeight * inWidth * 4), wordsStride, blocks, inHeight, inWidth, <u32>(tapBytes >> 7), starts, entries);
    for (let b = 0; b < outBlocks; b++) {
      const target = y + <usize>b * yStride + <usize>(n * outPixels) * ROW;
      if (!accumulate) fillRows(target, outPixels, bias ? bias + <usize>b * ROW : 0);
      for (let ky = 0; ky < kernelHeight; ky++)
        for (let kx = 0; kx < kernelWidth; kx += tapColumns) {
          const kernel = weights + <usize>(b * taps + ky * kernelWidth + kx) * tapBytes;
          const columns = min(tapColumns, kernelWidth - kx);
          for (let oy = 0; oy < outHeight; oy++) {
            const iy = oy * stride - padding + ky;
            if (<u32>iy >= <u32>inHeight) continue;
            sumRow(
              starts + <usize>iy * startsRow, inWidth, kx - padding, stride, columns,
              kernel, tapBytes, target + <usize>(oy * outWidth) * ROW, outWidth,
            );
          }
        }
    }
  }
}

/** Adds to a row of outputs what a row of inputs contributes through `columns` neighbouring taps. */
function sumRow(starts: usize, inWidth: i32, left: i32, stride: i32, columns: i32, kernel: usize, tapBytes: usize, pixel: usize, outWidth: i32): void {
  for (const last = pixel + <usize>outWidth * ROW; pixel < last; pixel += ROW, left += stride) {
    const begin = <usize>(max(0, left) * 4);
    const stop = <usize>(min(inWidth, left + columns) * 4);
    if (<i32>begin >= <i32>stop) continue;
    let p = <usize>load<u32>(starts + begin);
    const end = <usize>load<u32>(starts + stop);
    if (p == end) continue;
    const base = kernel - <usize>left * tapBytes; // wraps below zero and comes back with the entry
    let a0 = v128.load(pixel);
    let a1 = v128.load(pixel, 16);
    let a2 = v128.load(pixel, 32);
    let a3 = v128.load(pixel, 48);
    let a4 = v128.load(pixel, 64);
    let a5 = v128.load(pixel, 80);
    let a6 = v128.load(pixel, 96);
    let a7 = v128.load(pixel, 112);
    if ((end - p) & 4) {
      const q = base + <usize>load<u32>(p);
      if (p) {
        a0 = f32x4.add(a0, v128.load(q));
        a1 = f32x4.add(a1, v128.load(q, 16));
        a2 = f32x4.add(a2, v128.load(q, 32));
        a3 = f32x4.add(a3, v128.load(q, 48));
      }
      if (end) {
        a4 = f32x4.add(a4, v128.load(q, 64));
        a5 = f32x4.add(a5, v128.load(q, 80));
        a6 = f32x4.add(a6, v128.load(q, 96));
        a7 = f32x4.add(a7, v128.load(q, 112));
      }
      p += 4;
    }
    while (p < end) {
      const q = base + <usize>load<u32>(p);
      const r = base + <usize>load<u32>(p, 4);
      if (p) {
        a0 = f32x4.add(a0, f32x4.add(v128.load(q), v128.load(r)));
        a1 = f32x4.add(a1, f32x4.add(v128.load(q, 16), v128.load(r, 16)));
      }
      if (end) {
        a2 = f32x4.add(a2, f32x4.add(v128.load(q, 32), v128.load(r, 32)));
        a3 = f32x4.add(a3, f32x4.add(v128.load(q, 48), v128.load(r, 48)));
      }
      if (p) {
        a4 = f32x4.add(a4, f32x4.add(v128.load(q, 64), v128.load(r, 64)));
        a5 = f32x4.add(a5, f32x4.add(v128.load(q, 80), v128.load(r, 80)));
      }
      if (pixel) {
        a6 = f32x4.add(a6, f32x4.add(v128.load(q, 96), v128.load(r, 96)));
        a7 = f32x4.add(a7, f32x4.add(v128.load(q, 112), v128.load(r, 112)));
      }
      p += 8;
    }
    v128.store(pixel, a0);
    v128.store(pixel, a1, 16);
    v128.store(pixel, a2, 32);
    v128.store(pixel, a3, 48);
    v128.store(pixel, a4, 64);
    v128.store(pixel, a5, 80);
    v128.store(pixel, a6, 96);
    v128.store(pixel, a7, 112);
  }
}
