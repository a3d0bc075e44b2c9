// Convolution of real values and the gradient of its input, directly: any kernel, stride and padding. Where
// the kernel is 3×3, the stride 1 and no side has fewer than 16 channels, ops/winograd.ts is faster.
import { type Geometry, tapsOf } from '../../../network/geometry.js';
import { blocksOf, LANES } from '../../plan/geometry.js';
import { kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';
import { zero } from './fill.js';

/** Bytes that the bordered copy of a unit's input should take: it stays in a core's L2 cache with the weights. */
const COPY_BYTES = 128 * 1024;
/** Units that a layer should have at least, where there are as many output blocks. */
const MIN_UNITS = 8;
/** Channels in a panel. */
const PANEL = 8;

/** A layer with real values. */
export interface DenseLayer {
  geometry: Geometry;
  /** Channels, padding not counted. */
  in: number;
  out: number;
}

/** Operands of the forward pass and, with the roles of input and output exchanged, of the input gradient. */
export interface DenseOperands extends DenseLayer {
  /** Images N. */
  images: number;
  /** Packed weights, written by {@link packForward} or {@link packInput}. */
  packed: number;
  /** Input, `[blocks][N·pixels][32]`, and bytes from block to block: x forward, dY for the input gradient. */
  source: number;
  sourceStride: number;
  /** Output: y forward, dX for the input gradient. */
  target: number;
  targetStride: number;
  /** Add to what the target holds. */
  accumulate: boolean;
}

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;
/** Rows of weights that are read for each tap: channels, rounded up to whole vectors. */
export const rowsOf = (channels: number): number => roundUp(channels, 4);
/** Panels of output channels. */
export const panelsOf = (channels: number): number => Math.ceil(channels / PANEL);

/** Bytes of the packed weights of the forward pass. */
export const forwardPackedBytes = (layer: DenseLayer): number =>
  panelsOf(layer.out) * rowsOf(layer.in) * tapsOf(layer.geometry) * PANEL * 4;

/** Bytes of the packed weights of the input gradient. */
export const inputPackedBytes = (layer: DenseLayer): number =>
  panelsOf(layer.in) * rowsOf(layer.out) * tapsOf(layer.geometry) * PANEL * 4;

/** Taps of a kernel along one axis: `count` of them from `first` on in steps of `step`. */
interface Taps {
  first: number;
  step: number;
  count: number;
}

function pack(layer: DenseLayer, master: number, packed: number, y: Taps, x: Taps, transposed: boolean): Op {
  const summed = transposed ? layer.out : layer.in;
  const blocks = blocksOf(summed);
  return {
    kernel: 'densePack',
    args: kernelArguments('densePack', {
      ...{ master, packed, rows: blocksOf(layer.in) * LANES },
      ...{ taps: tapsOf(layer.geometry), kernelWidth: layer.geometry.kernelWidth },
      ...{ firstY: y.first, stepY: y.step, countY: y.count, firstX: x.first, stepX: x.step, countX: x.count },
      ...{ blocks, lastRows: rowsOf(summed) - (blocks - 1) * LANES, transposed: Number(transposed) },
    }),
    units: panelsOf(transposed ? layer.in : layer.out),
    scratch: 0,
  };
}

/** Packs master weights for {@link denseForward}: `forwardPackedBytes` bytes at `packed`. */
export function packForward(layer: DenseLayer, master: number, packed: number): Op {
  const { kernelHeight, kernelWidth } = layer.geometry;
  return pack(
    layer,
    master,
    packed,
    { first: 0, step: 1, count: kernelHeight },
    { first: 0, step: 1, count: kernelWidth },
    false,
  );
}

/** A convolution as the kernel sees it: `target[r, c] = Σ source[r·stride + ky − top, c·stride + kx − left]·w`. */
interface Correlation {
  inHeight: number;
  inWidth: number;
  top: number;
  left: number;
  kernelHeight: number;
  kernelWidth: number;
  stride: number;
  /** Pixels that are written: where the first lies in an image, and the steps from one to the next. */
  rows: number;
  columns: number;
  outPixels: number;
  outFirst: number;
  outRowStep: number;
  outColumnStep: number;
}

function correlate(
  c: Correlation,
  o: DenseOperands,
  channels: { from: number; to: number; packed: number; bias: number },
): Op {
  const inBlocks = blocksOf(channels.from);
  const outBlocks = blocksOf(channels.to);
  const rows = rowsOf(channels.from);
  const width = (c.columns - 1) * c.stride + c.kernelWidth;
  const copied = (bandRows: number): number =>
    ((bandRows - 1) * c.stride + c.kernelHeight) * width * rows * 4;
  let bandRows = c.rows;
  while (bandRows > 1 && copied(bandRows) > COPY_BYTES) bandRows = Math.ceil(bandRows / 2);
  const bands = Math.ceil(c.rows / bandRows);
  const group = bands > 1 ? 1 : Math.max(1, Math.min(o.images, Math.floor(COPY_BYTES / copied(bandRows))));
  const groups = bands * Math.ceil(o.images / group);
  const parts = Math.min(outBlocks, Math.ceil(MIN_UNITS / groups));
  const listed = group * bandRows * c.columns + 3;
  return {
    kernel: 'denseConvolution',
    args: kernelArguments('denseConvolution', {
      ...c,
      ...{ x: o.source, xStride: o.sourceStride, y: o.target, yStride: o.targetStride },
      ...{ inBlocks, lastPitch: (rows - (inBlocks - 1) * LANES) * 4, weights: channels.packed },
      ...{ panels: outBlocks * (LANES / PANEL), realPanels: panelsOf(channels.to) },
      ...{ bias: channels.bias, accumulate: Number(o.accumulate), images: o.images },
      ...{ groupImages: group, bandRows, bands, parts },
    }),
    units: groups * parts,
    scratch: 2 * listed * 4 + 64 + (group * copied(bandRows) * inBlocks * LANES) / rows,
  };
}

/**
 * `y = conv(x, w) + bias`; `bias` is the address of `32·blocks(out)` floats, 0 for none. With `accumulate` it adds
 * to y, and the bias is not used. Padding channels of y become 0 (or are left when accumulating).
 *
 * Error: within 3e-6 of the largest output (float64 reference, up to 875 products a value).
 */
export function denseForward(o: DenseOperands & { bias: number }): Op {
  const g = o.geometry;
  return correlate(
    {
      ...g,
      ...{ top: g.padding, left: g.padding, rows: g.outHeight, columns: g.outWidth },
      ...{ outPixels: g.outHeight * g.outWidth, outFirst: 0, outRowStep: g.outWidth, outColumnStep: 1 },
    },
    o,
    { from: o.in, to: o.out, packed: o.packed, bias: o.bias },
  );
}

/**
 * The input pixels of one phase along one axis: those to which the same taps contribute. With stride s there are s
 * phases, each a convolution of stride 1 with the taps `first, first − s, …` of the kernel.
 */
function phasesOf(inSize: number, kernel: number, stride: number, padding: number): (Taps & Phase)[] {
  return Array.from({ length: Math.min(stride, kernel) }, (_, phase) => {
    const count = Math.ceil((kernel - phase) / stride);
    const firstRow = Math.ceil((padding - phase) / stride); // input i + padding = stride·row + phase
    const begin = stride * firstRow + phase - padding;
    return {
      ...{ first: phase + stride * (count - 1), step: -stride, count },
      ...{ begin, size: Math.max(0, Math.ceil((inSize - begin) / stride)), border: count - 1 - firstRow },
    };
  });
}
interface Phase {
  /** First input pixel, and how many there are. */
  begin: number;
  size: number;
  /** Rows or columns of zeros before the gradient's first. */
  border: number;
}

/** Every pair of a phase of rows and one of columns that has pixels, with the place of its packed weights. */
function phasePairs(layer: DenseLayer): { y: Taps & Phase; x: Taps & Phase; offset: number }[] {
  const g = layer.geometry;
  const pairs: ReturnType<typeof phasePairs> = [];
  let offset = 0;
  for (const y of phasesOf(g.inHeight, g.kernelHeight, g.stride, g.padding))
    for (const x of phasesOf(g.inWidth, g.kernelWidth, g.stride, g.padding)) {
      if (y.size > 0 && x.size > 0) pairs.push({ y, x, offset });
      offset += panelsOf(layer.in) * rowsOf(layer.out) * y.count * x.count * PANEL * 4;
    }
  return pairs;
}

/** Packs master weights for {@link denseInput}, flipped and transposed: `inputPackedBytes` bytes at `packed`. */
export const packInput = (layer: DenseLayer, master: number, packed: number): Op[] =>
  phasePairs(layer).map(({ y, x, offset }) => pack(layer, master, packed + offset, y, x, true));

/**
 * `dX = convᵀ(dY, w)`, or `dX +=` with `accumulate`; `source` is dY and `target` dX. Pixels that no tap reaches get 0
 * (or are left when accumulating). The ops are to run one after the other.
 */
export function denseInput(o: DenseOperands): Op[] {
  const g = o.geometry;
  const pixels = g.inHeight * g.inWidth;
  const ops = phasePairs(o).map(({ y, x, offset }) =>
    correlate(
      {
        ...{ inHeight: g.outHeight, inWidth: g.outWidth, top: y.border, left: x.border, stride: 1 },
        ...{ kernelHeight: y.count, kernelWidth: x.count, rows: y.size, columns: x.size },
        ...{ outPixels: pixels, outFirst: y.begin * g.inWidth + x.begin },
        ...{ outRowStep: g.stride * g.inWidth, outColumnStep: g.stride },
      },
      o,
      { from: o.out, to: o.in, packed: o.packed + offset, bias: 0 },
    ),
  );
  if (o.accumulate || (g.stride <= g.kernelHeight && g.stride <= g.kernelWidth)) return ops;
  const blocks = Array.from({ length: blocksOf(o.in) }, (_, b) =>
    zero(o.target + b * o.targetStride, o.images * pixels * LANES * 4),
  );
  return [...blocks, ...ops];
}
