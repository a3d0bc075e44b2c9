// Convolution of real values with a 3×3 kernel and stride 1, and the gradient of its input, by Winograd's
// F(4×4, 3×3): a quarter of the multiplications of ops/dense-convolution.ts, whose operands it shares.
import type { Geometry } from '../../../network/geometry.js';
import { blocksOf, LANES } from '../../plan/geometry.js';
import { kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';
import {
  type DenseLayer,
  type DenseOperands,
  forwardPackedBytes,
  inputPackedBytes,
  packForward,
  packInput,
  panelsOf,
  rowsOf,
} from './dense-convolution.js';

/** Points of the transform: 6 × 6. */
const POINTS = 36;
/** Bytes that the transformed input of a unit should take: it stays in a core's L2 cache. */
const RUN_BYTES = 640 * 1024;
/** Input channels from which on the transforms cost less than the multiplications that they save. */
const LEAST_CHANNELS = 16;

/** True where a layer's forward pass (`in` → `out`) or input gradient (`out` → `in`) is faster this way. */
export const winogradFits = (
  { kernelHeight, kernelWidth, stride }: Geometry,
  from: number,
  to: number,
): boolean => kernelHeight === 3 && kernelWidth === 3 && stride === 1 && Math.min(from, to) >= LEAST_CHANNELS;

/** Bytes of the transformed weights, for either direction; see {@link winogradForward}. */
const transformedBytes = (from: number, to: number): number => panelsOf(to) * rowsOf(from) * POINTS * 8 * 4;

/** Bytes that `packed` of {@link winogradForward} needs. */
export const winogradForwardBytes = (layer: DenseLayer): number =>
  transformedBytes(layer.in, layer.out) + forwardPackedBytes(layer);

/** Bytes that `packed` of {@link winogradInput} needs. */
export const winogradInputBytes = (layer: DenseLayer): number =>
  transformedBytes(layer.out, layer.in) + inputPackedBytes(layer);

function transform(packed: number, target: number, from: number, to: number): Op {
  const blocks = blocksOf(from);
  return {
    kernel: 'winogradWeights',
    args: kernelArguments('winogradWeights', {
      packed,
      target,
      lastRows: rowsOf(from) - (blocks - 1) * LANES,
      blocks,
    }),
    units: panelsOf(to),
    scratch: 1024,
  };
}

function convolve(
  o: DenseOperands,
  c: {
    from: number;
    to: number;
    bias: number;
    in: [number, number];
    out: [number, number];
    border: number;
    which: number;
  },
): Op {
  const inBlocks = blocksOf(c.from);
  const rows = rowsOf(c.from);
  const tiles = o.images * Math.ceil(c.out[0] / 4) * Math.ceil(c.out[1] / 4);
  const wanted = Math.floor(RUN_BYTES / (POINTS * rows * 4 * 4)) * 4;
  const run = Math.min(64, Math.max(16, wanted), Math.ceil(tiles / 4) * 4);
  return {
    kernel: 'winogradConvolution',
    args: kernelArguments('winogradConvolution', {
      ...{ x: o.source, xStride: o.sourceStride, y: o.target, yStride: o.targetStride },
      ...{ inBlocks, lastPitch: (rows - (inBlocks - 1) * LANES) * 4, weights: o.packed },
      ...{ outBlocks: blocksOf(c.to), panels: panelsOf(c.to) },
      ...{ bias: c.bias, accumulate: Number(o.accumulate), images: o.images, which: c.which },
      ...{ inHeight: c.in[0], inWidth: c.in[1], outHeight: c.out[0], outWidth: c.out[1] },
      ...{ border: c.border, runTiles: run },
    }),
    units: Math.ceil(tiles / run),
    scratch: 1024 + POINTS * (run * rows * 4 + 64 + run * LANES * 4 + 64),
  };
}

/**
 * `y = conv(x, w) + bias` from master weights; the arguments are those of `denseForward`, `packed` is room for
 * {@link winogradForwardBytes}. The ops are to run one after the other. `which`: address of the numbers of the images,
 * u32; without it the first ones.
 *
 * Error: within 5e-6 of the largest output (float64 reference, up to 2304 products a value).
 */
export function winogradForward(o: DenseOperands & { bias: number; which?: number }, master: number): Op[] {
  const g = o.geometry;
  const panels = o.packed + transformedBytes(o.in, o.out);
  return [
    packForward(o, master, panels),
    transform(panels, o.packed, o.in, o.out),
    convolve(o, {
      ...{ from: o.in, to: o.out, bias: o.bias, border: g.padding, which: o.which ?? 0 },
      ...{ in: [g.inHeight, g.inWidth], out: [g.outHeight, g.outWidth] },
    }),
  ];
}

/** `dX = convᵀ(dY, w)` likewise; the arguments are those of `denseInput`. */
export function winogradInput(o: DenseOperands, master: number): Op[] {
  const g = o.geometry;
  const panels = o.packed + transformedBytes(o.out, o.in);
  return [
    ...packInput(o, master, panels),
    transform(panels, o.packed, o.out, o.in),
    convolve(o, {
      ...{ from: o.out, to: o.in, bias: 0, border: 2 - g.padding, which: 0 },
      ...{ in: [g.outHeight, g.outWidth], out: [g.inHeight, g.inWidth] },
    }),
  ];
}
