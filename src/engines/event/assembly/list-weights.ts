// Weight gradient of a convolution of binary spikes by lists, stride 1: for each input channel the positions of its
// spikes, and for each tap the sum of dY at these positions.
import { ROW, TILE } from './layout';

/**
 * One unit: one slice of the images and one part of the output blocks; its partial gradient belongs to the slice.
 * Images are taken in chunks, so that the lists are long and a padded copy of one block of dY fits in the cache.
 * Arguments: see ops/spike-convolution.ts.
 */
export function listWeights(args: usize, unit: i32, scratch: usize): void {
  const words = <usize>load<u32>(args);
  const wordsStride = <usize>load<u32>(args, 4);
  const blocks = load<i32>(args, 8);
  const dy = <usize>load<u32>(args, 12);
  const dyStride = <usize>load<u32>(args, 16);
  const outBlocks = load<i32>(args, 20);
  const sliceBytes = <usize>load<u32>(args, 28);
  const tapBytes = <usize>load<u32>(args, 32);
  const images = load<i32>(args, 36);
  const sliceImages = load<i32>(args, 40);
  const parts = load<i32>(args, 44);
  const inHeight = load<i32>(args, 48);
  const inWidth = load<i32>(args, 52);
  const outHeight = load<i32>(args, 56);
  const outWidth = load<i32>(args, 60);
  const kernelHeight = load<i32>(args, 64);
  const kernelWidth = load<i32>(args, 68);
  const padding = load<i32>(args, 76);
  const chunkImages = load<i32>(args, 80);

  const slice = unit / parts;
  const part = unit % parts;
  const firstBlock = (outBlocks * part) / parts;
  const lastBlock = (outBlocks * (part + 1)) / parts;
  const taps = kernelHeight * kernelWidth;
  const gradient = <usize>load<u32>(args, 24) + <usize>slice * sliceBytes;
  for (let b = firstBlock; b < lastBlock; b++)
    for (let tap = 0; tap < taps; tap++)
      memory.fill(gradient + <usize>(b * taps + tap) * tapBytes, 0, <usize>blocks * TILE);

  // dY with a border wide enough for every tap of every input position.
  const width = inWidth + kernelWidth - 1;
  const height = inHeight + kernelHeight - 1;
  const tileRow = <usize>width * ROW;
  const tileImage = tileRow * <usize>height;
  const inset = <usize>((kernelHeight - 1 - padding) * width + kernelWidth - 1 - padding) * ROW;
  const capacity = <usize>(chunkImages * inHeight * inWidth) << 2; // bytes of one list
  const counts = scratch;
  const lists = counts + <usize>blocks * 128;
  const tile = (lists + <usize>blocks * 32 * capacity + 63) & ~63;
  memory.fill(tile, 0, tileImage * <usize>chunkImages);

  const lastImage = min((slice + 1) * sliceImages, images);
  for (let first = slice * sliceImages; first < lastImage; first += chunkImages) {
    const count = min(chunkImages, lastImage - first);
    memory.fill(counts, 0, <usize>blocks * 128);
    for (let c = 0; c < blocks; c++) {
      let from = words + <usize>c * wordsStride + <usize>(first * inHeight * inWidth * 4);
      const ends = counts + <usize>c * 128;
      const block = lists + <usize>c * 32 * capacity;
      for (let i = 0; i < count; i++)
        for (let y = 0; y < inHeight; y++) {
          let position = <u32>(<usize>i * tileImage + <usize>y * tileRow);
          for (let x = 0; x < inWidth; x++) {
            let word = load<u32>(from);
            while (word) {
              const channel = <usize>ctz(word);
              word &= word - 1;
              const end = load<u32>(ends + (channel << 2));
              store<u32>(block + channel * capacity + <usize>end, position);
              store<u32>(ends + (channel << 2), end + 4);
            }
            from += 4;
            position += <u32>ROW;
          }
        }
    }
    for (let b = firstBlock; b < lastBlock; b++) {
      let from = dy + <usize>b * dyStride + <usize>(first * outHeight * outWidth) * ROW;
      for (let i = 0; i < count; i++)
        for (let y = 0; y < outHeight; y++) {
          memory.copy(tile + inset + <usize>i * tileImage + <usize>y * tileRow, from, <usize>outWidth * ROW);
          from += <usize>outWidth * ROW;
        }
      let row = gradient + <usize>(b * taps) * tapBytes;
      for (let channel: usize = 0; channel < <usize>blocks * 32; channel++) {
        const list = lists + channel * capacity;
        const end = list + <usize>load<u32>(counts + (channel << 2));
        if (list == end) {
          row += ROW;
          continue;
        }
        for (let tap = 0; tap < taps; tap++) {
          const d = row + <usize>tap * tapBytes;
          const base = tile + <usize>((kernelHeight - 1 - tap / kernelWidth) * width + kernelWidth - 1 - (tap % kernelWidth)) * ROW;
          let a0 = v128.load(d);
          let a1 = v128.load(d, 16);
          let a2 = v128.load(d, 32);
          let a3 = v128.load(d, 48);
          let a4 = v128.load(d, 64);
          let a5 = v128.load(d, 80);
          let a6 = v128.load(d, 96);
          let a7 = v128.load(d, 112);
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
          v128.store(d, a0);
          v128.store(d, a1, 16);
          v128.store(d, a2, 32);
          v128.store(d, a3, 48);
          v128.store(d, a4, 64);
          v128.store(d, a5, 80);
          v128.store(d, a6, 96);
          v128.store(d, a7, 112);
        }
        row += ROW;
      }
    }
  }
}
