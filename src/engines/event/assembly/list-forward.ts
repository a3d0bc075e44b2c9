// Convolution of binary spikes by lists: only spikes are visited, so the cost follows the spike rate.
import { ROW } from './layout';

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
 * neighbouring pixels follow each other. Entries are summed in pairs, in three blocks split by tests that are always
 * true, which keeps the eight accumulators in registers. Arguments: see ops/spike-convolution.ts.
 */
export function listForward(args: usize, unit: i32, scratch: usize): void {
  const words = <usize>load<u32>(args);
  const wordsStride = <usize>load<u32>(args, 4);
  const blocks = load<i32>(args, 8);
  const weights = <usize>load<u32>(args, 12);
  const tapBytes = <usize>load<u32>(args, 16);
  const y = <usize>load<u32>(args, 20);
  const yStride = <usize>load<u32>(args, 24);
  const outBlocks = load<i32>(args, 28);
  const bias = <usize>load<u32>(args, 32);
  const accumulate = load<i32>(args, 36);
  const images = load<i32>(args, 40);
  const groupSize = load<i32>(args, 44);
  const inHeight = load<i32>(args, 48);
  const inWidth = load<i32>(args, 52);
  const outHeight = load<i32>(args, 56);
  const outWidth = load<i32>(args, 60);
  const kernelHeight = load<i32>(args, 64);
  const kernelWidth = load<i32>(args, 68);
  const stride = load<i32>(args, 72);
  const padding = load<i32>(args, 76);

  const taps = kernelHeight * kernelWidth;
  const starts = scratch;
  const startsRow = <usize>(inWidth + 1) * 4;
  const entries = scratch + ((startsRow * <usize>inHeight + 63) & ~63);
  const kernelRow = tapBytes * <usize>kernelWidth;
  const first = unit * groupSize;
  const last = min(first + groupSize, images);
  for (let n = first; n < last; n++) {
    listSpikes(words + <usize>(n * inHeight * inWidth * 4), wordsStride, blocks, inHeight, inWidth, <u32>(tapBytes >> 7), starts, entries);
    for (let b = 0; b < outBlocks; b++) {
      const kernel = weights + <usize>(b * taps) * tapBytes;
      let pixel = y + <usize>b * yStride + <usize>(n * outHeight * outWidth) * ROW;
      for (let oy = 0; oy < outHeight; oy++) {
        const top = oy * stride - padding;
        const fromRow = max(0, -top);
        const toRow = min(kernelHeight, inHeight - top);
        for (let ox = 0; ox < outWidth; ox++) {
          const left = ox * stride - padding;
          const begin = <usize>(max(0, left) * 4);
          const stop = <usize>(min(inWidth, left + kernelWidth) * 4);
          const initial = accumulate ? pixel : bias + <usize>b * ROW;
          let a0 = f32x4.splat(0);
          let a1 = a0;
          let a2 = a0;
          let a3 = a0;
          let a4 = a0;
          let a5 = a0;
          let a6 = a0;
          let a7 = a0;
          if (accumulate || bias) {
            a0 = v128.load(initial);
            a1 = v128.load(initial, 16);
            a2 = v128.load(initial, 32);
            a3 = v128.load(initial, 48);
            a4 = v128.load(initial, 64);
            a5 = v128.load(initial, 80);
            a6 = v128.load(initial, 96);
            a7 = v128.load(initial, 112);
          }
          const corner = kernel - <usize>left * tapBytes; // wraps below zero and comes back with the entry
          if (begin < stop)
            for (let ky = fromRow; ky < toRow; ky++) {
              const row = starts + <usize>(top + ky) * startsRow;
              let p = <usize>load<u32>(row + begin);
              const end = <usize>load<u32>(row + stop);
              const base = corner + <usize>ky * kernelRow;
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
                  a2 = f32x4.add(a2, f32x4.add(v128.load(q, 32), v128.load(r, 32)));
                }
                if (end) {
                  a3 = f32x4.add(a3, f32x4.add(v128.load(q, 48), v128.load(r, 48)));
                  a4 = f32x4.add(a4, f32x4.add(v128.load(q, 64), v128.load(r, 64)));
                  a5 = f32x4.add(a5, f32x4.add(v128.load(q, 80), v128.load(r, 80)));
                }
                if (base) {
                  a6 = f32x4.add(a6, f32x4.add(v128.load(q, 96), v128.load(r, 96)));
                  a7 = f32x4.add(a7, f32x4.add(v128.load(q, 112), v128.load(r, 112)));
                }
                p += 8;
              }
            }
          v128.store(pixel, a0);
          v128.store(pixel, a1, 16);
          v128.store(pixel, a2, 32);
          v128.store(pixel, a3, 48);
          v128.store(pixel, a4, 64);
          v128.store(pixel, a5, 80);
          v128.store(pixel, a6, 96);
          v128.store(pixel, a7, 112);
          pixel += ROW;
        }
      }
    }
  }
}
