// Convolution of binary spikes by grouped lookup: the same cost at any spike rate.
import { SpikeForward } from './arguments'; // generated: ../kernel-arguments.ts
import { fillRows, imageOf, ROW, TILE } from './layout';
import { buildTable, GROUP_1, GROUP_2, GROUP_3, GROUP_4, POINTERS, sweep, TABLE_BYTES } from './lookup';

/**
 * One unit: one output block of one group of images. For each input block and tap the table of its 32 weight rows is
 * built just in time, then all pixels of the group are swept. Arguments: see ops/spike-convolution.ts.
 */
export function lookupForward(args: SpikeForward, unit: i32, scratch: usize): void {
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
  const which = args.which;

  const out = unit % outBlocks;
  const first = (unit / outBlocks) * groupSize;
  const count = min(groupSize, images - first);
  const outPixels = outHeight * outWidth;
  const taps = kernelHeight * kernelWidth;
  const height = (outHeight - 1) * stride + kernelHeight; // rows and columns that some tap visits
  const width = (outWidth - 1) * stride + kernelWidth;
  const plane = <usize>(height * width) * POINTERS;
  const table = scratch;
  const pointers = scratch + TABLE_BYTES;

  // Five table addresses for every word of the group, with zeros (the empty subset) where the padding is.
  let to = pointers;
  for (let i = first; i < first + count; i++) {
    const n = imageOf(which, i);
    for (let c = 0; c < blocks; c++) {
      const image = words + <usize>c * wordsStride + <usize>(n * inHeight * inWidth * 4);
      for (let r = 0; r < height; r++) {
        const iy = r - padding;
        const inside = <u32>iy < <u32>inHeight;
        const row = image + <usize>(iy * inWidth * 4);
        for (let x = 0; x < width; x++) {
          const ix = x - padding;
          const w = inside && <u32>ix < <u32>inWidth ? load<u32>(row + <usize>(ix << 2)) : 0;
          store<u32>(to, <u32>(table + <usize>((w & 127) << 7)));
          store<u32>(to, <u32>(table + GROUP_1 + <usize>(w & 0x3f80)), 4);
          store<u32>(to, <u32>(table + GROUP_2 + <usize>((w >> 7) & 0x1f80)), 8);
          store<u32>(to, <u32>(table + GROUP_3 + <usize>((w >> 13) & 0x1f80)), 12);
          store<u32>(to, <u32>(table + GROUP_4 + <usize>((w >> 19) & 0x1f80)), 16);
          to += POINTERS;
        }
      }
    }
  }

  const target = y + <usize>out * yStride;
  if (!accumulate)
    for (let i = first; i < first + count; i++) {
      const n = imageOf(which, i);
      fillRows(target + <usize>(n * outPixels) * ROW, outPixels, bias ? bias + <usize>out * ROW : 0);
    }
  const step = POINTERS * <usize>stride;
  const line = step * <usize>outWidth;
  const skip = POINTERS * <usize>(stride * width) - line;
  const kernel = weights + <usize>(out * taps) * tapBytes;
  for (let c = 0; c < blocks; c++) {
    for (let ky = 0; ky < kernelHeight; ky++) {
      for (let kx = 0; kx < kernelWidth; kx++) {
        buildTable(kernel + <usize>(ky * kernelWidth + kx) * tapBytes + <usize>c * TILE, table);
        let from = pointers + <usize>c * plane + <usize>(ky * width + kx) * POINTERS;
        for (let i = first; i < first + count; i++) {
          const n = imageOf(which, i);
          sweep(from, line, skip, step, target + <usize>(n * outPixels) * ROW, outHeight);
          from += <usize>blocks * plane;
        }
      }
    }
  }
}
