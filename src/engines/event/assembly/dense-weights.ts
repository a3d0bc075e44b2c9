// Weight gradient of a convolution of real values: for each tap, products of four input channels and eight output
// channels over the pixels that the tap reaches.
import { ROW, TILE } from './layout';
import { madd } from './madd';

/**
 * One unit: one slice of the images and one output block; its partial gradient belongs to the slice. Arguments: see
 * ops/dense-weights.ts.
 */
export function denseWeights(args: usize, unit: i32, _scratch: usize): void {
  const x = <usize>load<u32>(args);
  const xStride = <usize>load<u32>(args, 4);
  const blocks = load<i32>(args, 8);
  const outBlocks = load<i32>(args, 20);
  const sliceBytes = <usize>load<u32>(args, 28);
  const channels = load<i32>(args, 32);
  const images = load<i32>(args, 36);
  const sliceImages = load<i32>(args, 40);
  const inHeight = load<i32>(args, 48);
  const inWidth = load<i32>(args, 52);
  const outHeight = load<i32>(args, 56);
  const outWidth = load<i32>(args, 60);
  const kernelHeight = load<i32>(args, 64);
  const kernelWidth = load<i32>(args, 68);
  const stride = load<i32>(args, 72);
  const padding = load<i32>(args, 76);

  const slice = unit / outBlocks;
  const b = unit % outBlocks;
  const taps = kernelHeight * kernelWidth;
  const tapBytes = <usize>blocks * TILE;
  const gradient = <usize>load<u32>(args, 24) + <usize>slice * sliceBytes + <usize>(b * taps) * tapBytes;
  memory.fill(gradient, 0, <usize>taps * tapBytes);
  const dyBlock = <usize>load<u32>(args, 12) + <usize>b * <usize>load<u32>(args, 16);
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
