// Weight gradient of a convolution of binary spikes by lists, stride 1: for each input channel the positions of its
// spikes, and for each tap the sum of dY at these positions.
import { SpikeWeights } from './arguments'; // generated: ../kernel-arguments.ts
import { ROW, TILE } from './layout';

/**
 * One unit: one slice of the images and one part of the output blocks; its partial gradient belongs to the slice.
 * Positions are taken in chunks, several images or a band of rows of one, so that the lists are long and a padded copy
 * of what one block of dY holds around them fits in the L1 cache. Arguments: see ops/spike-convolution.ts.
 */
export function listWeights(args: SpikeWeights, unit: i32, scratch: usize): void {
  const words = args.words;
  const wordsStride = args.wordsStride;
  const blocks = args.blocks;
  const dy = args.dy;
  const dyStride = args.dyStride;
  const outBlocks = args.outBlocks;
  const sliceBytes = args.sliceBytes;
  const tapBytes = args.tapBytes;
  const images = args.images;
  const sliceImages = args.sliceImages;
  const parts = args.parts;
  const inHeight = args.inHeight;
  const inWidth = args.inWidth;
  const outHeight = args.outHeight;
  const outWidth = args.outWidth;
  const kernelHeight = args.kernelHeight;
  const kernelWidth = args.kernelWidth;
  const padding = args.padding;
  const chunkImages = args.chunkImages;
  const chunkRows = args.chunkRows; // less than a whole image only where chunkImages is 1

  const slice = unit / parts;
  const part = unit % parts;
  const firstBlock = (outBlocks * part) / parts;
  const lastBlock = (outBlocks * (part + 1)) / parts;
  const taps = kernelHeight * kernelWidth;
  const gradient = args.gradient + <usize>slice * sliceBytes;
  for (let b = firstBlock; b < lastBlock; b++)
    for (let tap = 0; tap < taps; tap++)
      memory.fill(gradient + <usize>(b * taps + tap) * tapBytes, 0, <usize>blocks * TILE);

  // dY with a border wide enough for every tap of every input position; what the copies below do not write stays zero.
  const width = inWidth + kernelWidth - 1;
  const height = chunkRows + kernelHeight - 1;
  const tileRow = <usize>width * ROW;
  const tileImage = tileRow * <usize>height;
  const above = kernelHeight - 1 - padding; // rows of dY before that of the first position
  const inset = <usize>(kernelWidth - 1 - padding) * ROW;
  const capacity = <usize>(chunkImages * chunkRows * inWidth) << 2; // bytes of one list
  const counts = scratch;
  const lists = counts + <usize>blocks * 128;
  const tile = (lists + <usize>blocks * 32 * capacity + 63) & ~63;
  memory.fill(tile, 0, tileImage * <usize>chunkImages);

  const lastImage = min((slice + 1) * sliceImages, images);
  for (let first = slice * sliceImages; first < lastImage; first += chunkImages)
    for (let top = 0; top < inHeight; top += chunkRows) {
      const count = min(chunkImages, lastImage - first);
      const bottom = min(top + chunkRows, inHeight);
      memory.fill(counts, 0, <usize>blocks * 128);
      for (let c = 0; c < blocks; c++) {
        const block = lists + <usize>c * 32 * capacity;
        for (let i = 0; i < count; i++)
          listPositions(
            words + <usize>c * wordsStride + <usize>(((first + i) * inHeight + top) * inWidth * 4), bottom - top, inWidth,
            <u32>(<usize>i * tileImage), tileRow, block, capacity, counts + <usize>c * 128,
          );
      }
      for (let b = firstBlock; b < lastBlock; b++) {
        const from = dy + <usize>b * dyStride + <usize>(first * outHeight * outWidth) * ROW;
        for (let i = 0; i < count; i++)
          for (let y = 0; y < height; y++) {
            const oy = top - above + y;
            const to = tile + <usize>i * tileImage + <usize>y * tileRow + inset;
            if (<u32>oy < <u32>outHeight)
              memory.copy(to, from + <usize>((i * outHeight + oy) * outWidth) * ROW, <usize>outWidth * ROW);
            else memory.fill(to, 0, <usize>outWidth * ROW);
          }
        let row = gradient + <usize>(b * taps) * tapBytes;
        for (let channel: usize = 0; channel < <usize>blocks * 32; channel++) {
          const list = lists + channel * capacity;
          const end = list + <usize>load<u32>(counts + (channel << 2));
          if (list < end)
            for (let tap = 0; tap < taps; tap++) {
              const corner = (kernelHeight - 1 - tap / kernelWidth) * width + kernelWidth - 1 - (tap % kernelWidth);
              sumPositions(list, end, tile + <usize>corner * ROW, row + <usize>tap * tapBytes);
            }
          row += ROW;
        }
      }
    }
}

/** Appends the positions of an image's spikes, as distances in the tile, to the lists of their channels. */
function listPositions(from: usize, rows: i32, width: i32, position: u32, tileRow: usize, lists: usize, capacity: usize, ends: usize): void {
  for (let y = 0; y < rows; y++) {
    let at = position;
    for (let x = 0; x < width; x++) {
      let word = load<u32>(from);
      while (word) {
        const channel = <usize>ctz(word);
        word &= word - 1;
        const end = load<u32>(ends + (channel << 2));
        store<u32>(lists + channel * capacity + <usize>end, at);
        store<u32>(ends + (channel << 2), end + 4);
      }
      from += 4;
      at += <u32>ROW;
    }
    position += <u32>tileRow;
  }
}

/** Adds the 32 floats at `base` plus each listed distance to those at `to`. */
function sumPositions(list: usize, end: usize, base: usize, to: usize): void {
  let a0 = v128.load(to);
  let a1 = v128.load(to, 16);
  let a2 = v128.load(to, 32);
  let a3 = v128.load(to, 48);
  let a4 = v128.load(to, 64);
  let a5 = v128.load(to, 80);
  let a6 = v128.load(to, 96);
  let a7 = v128.load(to, 112);
  let p = list;
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
    if (base) {
      a6 = f32x4.add(a6, f32x4.add(v128.load(q, 96), v128.load(r, 96)));
      a7 = f32x4.add(a7, f32x4.add(v128.load(q, 112), v128.load(r, 112)));
    }
    p += 8;
  }
  v128.store(to, a0);
  v128.store(to, a1, 16);
  v128.store(to, a2, 32);
  v128.store(to, a3, 48);
  v128.store(to, a4, 64);
  v128.store(to, a5, 80);
  v128.store(to, a6, 96);
  v128.store(to, a7, 112);
}
