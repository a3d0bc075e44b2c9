// Weight gradient of a convolution of binary spikes by grouped lookup. The roles of the forward pass change places:
// the table is made of 32 neighbouring pixels of dY, a "word" is what one input channel did at these pixels (seen
// through one tap), and what is swept are the rows of dW.
import { SpikeWeights } from './arguments'; // generated: ../kernel-arguments.ts
import { ROW, TILE } from './layout';
import { buildTable, POINTERS, sweep, TABLE_BYTES } from './lookup';
import { transposeToPointers } from './transpose';

/**
 * One unit: one slice of the images and one part of the output blocks; its partial gradient belongs to the slice.
 * Arguments: see ops/spike-convolution.ts.
 */
export function lookupWeights(args: SpikeWeights, unit: i32, scratch: usize): void {
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
  const stride = args.stride;
  const padding = args.padding;

  const slice = unit / parts;
  const part = unit % parts;
  const firstBlock = (outBlocks * part) / parts;
  const lastBlock = (outBlocks * (part + 1)) / parts;
  const taps = kernelHeight * kernelWidth;
  const gradient = args.gradient + <usize>slice * sliceBytes;
  for (let b = firstBlock; b < lastBlock; b++)
    for (let tap = 0; tap < taps; tap++)
      memory.fill(gradient + <usize>(b * taps + tap) * tapBytes, 0, <usize>blocks * TILE);

  const table = scratch;
  const corner = scratch + TABLE_BYTES; // of each pixel's window: image start, row, column
  const address = corner + 3 * 128; // of each pixel's word under the tap, and a mask
  const gathered = address + 2 * 128;
  const pointers = gathered + 128;
  const outPixels = outHeight * outWidth;
  const firstImage = slice * sliceImages;
  const lastImage = min(firstImage + sliceImages, images);
  const end = lastImage * outPixels;
  let n = firstImage;
  let oy = 0;
  let ox = 0;
  for (let pixel = firstImage * outPixels; pixel < end; pixel += 32) {
    const count = min(32, end - pixel);
    for (let j = 0; j < count; j++) {
      const at = corner + <usize>(j << 2);
      store<i32>(at, n * inHeight * inWidth);
      store<i32>(at, oy * stride - padding, 128);
      store<i32>(at, ox * stride - padding, 256);
      if (++ox == outWidth) {
        ox = 0;
        if (++oy == outHeight) {
          oy = 0;
          n++;
        }
      }
    }
    let to = pointers;
    for (let ky = 0; ky < kernelHeight; ky++) {
      for (let kx = 0; kx < kernelWidth; kx++) {
        for (let j = 0; j < 32; j++) {
          const at = corner + <usize>(j << 2);
          const iy = load<i32>(at, 128) + ky;
          const ix = load<i32>(at, 256) + kx;
          const inside = j < count && <u32>iy < <u32>inHeight && <u32>ix < <u32>inWidth;
          store<u32>(address + <usize>(j << 3), inside ? (load<i32>(at) + iy * inWidth + ix) << 2 : 0);
          store<u32>(address + <usize>(j << 3), inside ? 0xffffffff : 0, 4);
        }
        for (let c = 0; c < blocks; c++) {
          const block = words + <usize>c * wordsStride;
          for (let j: usize = 0; j < 32; j++) {
            const at = address + (j << 3);
            store<u32>(gathered + (j << 2), load<u32>(block + <usize>load<u32>(at)) & load<u32>(at, 4));
          }
          transposeToPointers(gathered, <u32>table, to);
          to += 32 * POINTERS;
        }
      }
    }
    const line = <usize>blocks * 32 * POINTERS;
    for (let b = firstBlock; b < lastBlock; b++) {
      buildTable(dy + <usize>b * dyStride + <usize>pixel * ROW, table);
      let from = pointers;
      let row = gradient + <usize>(b * taps) * tapBytes;
      for (let tap = 0; tap < taps; tap++) {
        sweep(from, line, 0, POINTERS, row, 1);
        from += line;
        row += tapBytes;
      }
    }
  }
}
