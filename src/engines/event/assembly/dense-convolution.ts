// Convolution of real values, any kernel, stride and padding: four pixels times eight output channels in registers.
import { DenseConvolution } from './arguments'; // generated: ../kernel-arguments.ts
import { fourPixels, fourPixelsTwo } from './dense-product';
import { ROW } from './layout';
import { wide } from './wide';

/**
 * Copies rows of one image of one block into a bordered tile of `height` × `width` pixels, zero outside the image.
 * Row 0 of the tile is row `-top` of the image, column 0 is column `-left`; the first `pitch` bytes of a pixel are kept.
 */
function copyBordered(from: usize, inHeight: i32, inWidth: i32, top: i32, left: i32, to: usize, height: i32, width: i32, pitch: usize): void {
  const first = max(0, min(left, width));
  const last = max(first, min(left + inWidth, width));
  for (let r = 0; r < height; r++) {
    const y = r - top;
    const end = to + <usize>width * pitch;
    if (y < 0 || y >= inHeight) {
      memory.fill(to, 0, end - to);
      to = end;
      continue;
    }
    if (first > 0) memory.fill(to, 0, <usize>first * pitch);
    to += <usize>first * pitch;
    let q = from + <usize>(y * inWidth + first - left) * ROW;
    if (pitch == ROW) {
      memory.copy(to, q, <usize>(last - first) * ROW);
      to += <usize>(last - first) * ROW;
    } else
      for (let x = first; x < last; x++) {
        for (let c: usize = 0; c < pitch; c += 16) v128.store(to + c, v128.load(q + c));
        to += pitch;
        q += ROW;
      }
    if (to < end) memory.fill(to, 0, end - to);
    to = end;
  }
}

/**
 * One unit: a band of output rows of a group of images, and one part of the panels of 8 output channels. The input
 * is copied with its border, so that the inner loop needs no bounds; a list of pixels lets a tile of four cross rows
 * and images. Arguments: see ops/dense-convolution.ts.
 */
export function denseConvolution(args: DenseConvolution, unit: i32, scratch: usize): void {
  const x = args.x;
  const xStride = args.xStride;
  const inBlocks = args.inBlocks;
  const lastPitch = args.lastPitch;
  const weights = args.weights;
  const y = args.y;
  const yStride = args.yStride;
  const panels = args.panels;
  const realPanels = args.realPanels;
  const bias = args.bias;
  const accumulate = args.accumulate;
  const images = args.images;
  const inHeight = args.inHeight;
  const inWidth = args.inWidth;
  const top = args.top;
  const left = args.left;
  const kernelHeight = args.kernelHeight;
  const kernelWidth = args.kernelWidth;
  const stride = args.stride;
  const rows = args.rows;
  const columns = args.columns;
  const outPixels = args.outPixels;
  const outFirst = args.outFirst;
  const outRowStep = args.outRowStep;
  const outColumnStep = args.outColumnStep;
  const groupImages = args.groupImages;
  const bandRows = args.bandRows;
  const bands = args.bands;
  const parts = args.parts;

  const part = unit % parts;
  const band = (unit / parts) % bands;
  const firstImage = (unit / parts / bands) * groupImages;
  const count = min(groupImages, images - firstImage);
  const firstRow = band * bandRows;
  const lastRow = min(firstRow + bandRows, rows);

  const height = (lastRow - firstRow - 1) * stride + kernelHeight;
  const width = (columns - 1) * stride + kernelWidth;
  const tilePixels = <usize>(height * width);
  const blockBytes = <usize>count * tilePixels * ROW;
  const listed = count * (lastRow - firstRow) * columns;
  const sources = scratch;
  const targets = sources + (<usize>(listed + 3) << 2);
  const tiles = (targets + (<usize>(listed + 3) << 2) + 63) & ~63;

  for (let b = 0; b < inBlocks; b++) {
    const pitch = b == inBlocks - 1 ? lastPitch : ROW;
    for (let i = 0; i < count; i++)
      copyBordered(
        x + <usize>b * xStride + <usize>((firstImage + i) * inHeight * inWidth) * ROW, inHeight, inWidth, top - firstRow * stride, left,
        tiles + <usize>b * blockBytes + <usize>i * tilePixels * pitch, height, width, pitch,
      );
  }

  // Where each output pixel reads (its place in a tile) and writes. The last one fills up the last four.
  let end: usize = 0;
  for (let i = 0; i < count; i++)
    for (let r = firstRow; r < lastRow; r++)
      for (let c = 0; c < columns; c++) {
        store<u32>(sources + end, (i * height + (r - firstRow) * stride) * width + c * stride);
        store<u32>(targets + end, ((firstImage + i) * outPixels + outFirst + r * outRowStep + c * outColumnStep) << 7);
        end += 4;
      }
  for (; end & 15; end += 4) {
    store<u32>(sources + end, load<u32>(sources + end - 4));
    store<u32>(targets + end, load<u32>(targets + end - 4));
  }

  const run = <usize>kernelWidth;
  const lastPanel = (panels * (part + 1)) / parts;
  const panelBytes = (<usize>(inBlocks - 1) * 32 + (lastPitch >> 2)) * <usize>(kernelHeight * kernelWidth) * 32;
  for (let panel = (panels * part) / parts; panel < lastPanel; ) {
    const two = wide && (panel & 1) == 0 && panel + 1 < min(lastPanel, realPanels);
    const to = y + <usize>(panel >> 2) * yStride + <usize>(panel & 3) * 32;
    const blocks = panel < realPanels ? inBlocks : 0; // panels of padding only get the initial value
    const w = weights + <usize>panel * panelBytes;
    const initial = bias ? bias + <usize>panel * 32 : 0;
    for (let at: usize = 0; at < end; at += 16)
      if (two)
        fourPixelsTwo(
          w, panelBytes, tiles, blockBytes, blocks, inBlocks, lastPitch, kernelHeight, run, <usize>width, sources + at, targets + at,
          to, accumulate, initial,
        );
      else
        fourPixels(
          w, panelBytes, tiles, blockBytes, blocks, inBlocks, lastPitch, kernelHeight, run, <usize>width, sources + at, targets + at,
          to, accumulate, initial,
        );
    panel += two ? 2 : 1;
  }
}
