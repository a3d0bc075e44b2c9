// Weight gradient of a convolution of real values: for each tap, products of four input channels and eight output
// channels over the pixels that the tap reaches.
import { DenseWeights } from './arguments'; // generated: ../kernel-arguments.ts
import { ROW, TILE } from './layout';
import { madd } from './madd';

/**
 * One unit: one slice of the images and one output block; its partial gradient belongs to the slice. Arguments: see
 * ops/dense-weights.ts.
 */
export function denseWeights(args: DenseWeights, unit: i32, _scratch: usize): void {
  const x = args.x;
  const xStride = args.xStride;
  const blocks = args.blocks;
  const outBlocks = args.outBlocks;
  const sliceBytes = args.sliceBytes;
  const channels = args.channels;
  const images = args.images;
  const sliceImages = args.sliceImages;
  const inHeight = args.inHeight;
  const inWidth = args.inWidth;
  const outHeight = args.outHeight;
  const outWidth = args.outWidth;
  const kernelHeight = args.kernelHeight;
  const kernelWidth = args.kernelWidth;
  const stride = args.stride;
  const padding = args.padding;

  const slice = unit / outBlocks;
  const b = unit % outBlocks;
  const taps = kernelHeight * kernelWidth;
  const tapBytes = <usize>blocks * TILE;
  const gradient = args.gradient + <usize>slice * sliceBytes + <usize>(b * taps) * tapBytes;
  memory.fill(gradient, 0, <usize>taps * tapBytes);
  const dyBlock = args.dy + <usize>b * args.dyStride;
  const step = <usize>stride * ROW;
  const last = min((slice + 1) * sliceImages, images);
  for (let n = slice * sliceImages; n < last; n++) {
    const dy = dyBlock + <usize>(n * outHeight * outWidth) * ROW;
    for (let tap = 0; tap < taps; tap++) {
      const top = tap / kernelWidth - padding;
      const left = (tap % kernelWidth) - padding;
      // Outputs whose input under this tap lies inside the image.
      const fromRow = max(0, (-top + stride - 1) / stride);
      const toRow = min(outHeight, (inHeight - top + stride - 1) / stride);
      const fromColumn = max(0, (-left + stride - 1) / stride);
      const toColumn = min(outWidth, (inWidth - left + stride - 1) / stride);
      const bytes = <usize>max(0, toColumn - fromColumn) * ROW;
      for (let channel = 0; channel < channels; channel += 4) {
        const image = x + <usize>(channel >> 5) * xStride + <usize>(n * inHeight * inWidth) * ROW + <usize>((channel & 31) << 2);
        for (let lane: usize = 0; lane < ROW; lane += 32) {
          const to = gradient + <usize>tap * tapBytes + <usize>channel * ROW + lane;
          let c00 = v128.load(to);
          let c01 = v128.load(to, 16);
          let c10 = v128.load(to, 128);
          let c11 = v128.load(to, 144);
          let c20 = v128.load(to, 256);
          let c21 = v128.load(to, 272);
          let c30 = v128.load(to, 384);
          let c31 = v128.load(to, 400);
          for (let row = fromRow; row < toRow; row++) {
            let a = image + <usize>((row * stride + top) * inWidth + fromColumn * stride + left) * ROW;
            let d = dy + <usize>(row * outWidth + fromColumn) * ROW + lane;
            const end = d + bytes;
            while (d < end) {
              const d0 = v128.load(d);
              const d1 = v128.load(d, 16);
              const a0 = v128.load32_splat(a);
              c00 = madd(a0, d0, c00);
              c01 = madd(a0, d1, c01);
              const a1 = v128.load32_splat(a, 4);
              c10 = madd(a1, d0, c10);
              c11 = madd(a1, d1, c11);
              const a2 = v128.load32_splat(a, 8);
              c20 = madd(a2, d0, c20);
              c21 = madd(a2, d1, c21);
              const a3 = v128.load32_splat(a, 12);
              c30 = madd(a3, d0, c30);
              c31 = madd(a3, d1, c31);
              a += step;
              d += ROW;
            }
          }
          v128.store(to, c00);
          v128.store(to, c01, 16);
          v128.store(to, c10, 128);
          v128.store(to, c11, 144);
          v128.store(to, c20, 256);
          v128.store(to, c21, 272);
          v128.store(to, c30, 384);
          v128.store(to, c31, 400);
        }
      }
    }
  }
}
