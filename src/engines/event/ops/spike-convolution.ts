// Convolution of binary spikes, forward and weight gradient, each by two kernels: lists of spikes (cost follows the
// rate) and grouped lookup (the same cost at any rate). dispatch.ts chooses.
import { type Geometry, tapsOf } from '../../../network/geometry.js';
import { LANES } from '../../plan/geometry.js';
import { kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';

/** The two ways; see the engine's README. */
export type SpikeKernel = 'list' | 'lookup';

/** Bytes of a lookup table: 448 rows of 32 floats. */
const TABLE = 448 * 128;
/** Pixels that share a table, at least, where there are as many: enough to repay its making. */
const PIXELS_PER_TABLE = 2048;
/** Output pixels that one unit of the list kernel of the forward pass takes, at least, where there are as many. */
const PIXELS_PER_LIST = 512;

/** Bytes of weights up to which a kernel row is taken at once: they stay in a core's L1 cache beside what else is used. */
const L1_WEIGHTS = 48 * 1024;

/** Bytes of dY that the list kernel of the weight gradient walks through for every channel, at most if one row fits. */
const L1_TILE = 60 * 1024;

/** Taps of a kernel row that the list kernel takes at a time: all, or one where their weights are too many. */
const tapColumnsOf = (g: Geometry, blocks: number): number =>
  g.kernelWidth * blocks * LANES * LANES * 4 <= L1_WEIGHTS ? g.kernelWidth : 1;

/** Operands of the forward pass. */
export interface SpikeForward {
  geometry: Geometry;
  /** Number of images. */
  images: number;
  /** Address of their numbers, u32; default the first ones. */
  which?: number;
  /** Spikes `[blocks][N·P]`, u32 words; `wordsStride` bytes from block to block. */
  words: number;
  wordsStride: number;
  blocks: number;
  /** Master weights from the first row of the first of these blocks on; `rows` input rows a tap in all. */
  weights: number;
  rows: number;
  /** Output `[outBlocks][N·P'][32]`; `yStride` bytes from block to block. */
  y: number;
  yStride: number;
  outBlocks: number;
  /** Vector of `32·outBlocks` floats that the output begins with; 0: zeros. */
  bias: number;
  /** Add to what the output holds instead; the bias is not used. */
  accumulate: boolean;
}

/** `y = conv(words, weights) + bias`. Sums are in a fixed order that does not depend on how units are run. */
export function spikeForward(kernel: SpikeKernel, f: SpikeForward): Op {
  const g = f.geometry;
  const outPixels = g.outHeight * g.outWidth;
  const group = Math.min(
    f.images,
    Math.ceil((kernel === 'lookup' ? PIXELS_PER_TABLE : PIXELS_PER_LIST) / outPixels),
  );
  const groups = Math.ceil(f.images / group);
  const visited =
    ((g.outHeight - 1) * g.stride + g.kernelHeight) * ((g.outWidth - 1) * g.stride + g.kernelWidth);
  const lists = (g.inWidth + 1) * g.inHeight * 4 + 64 + g.inHeight * g.inWidth * f.blocks * 128;
  return {
    kernel: kernel === 'lookup' ? 'lookupForward' : 'listForward',
    args: kernelArguments('spikeForward', {
      ...f,
      ...g,
      ...{ tapBytes: f.rows * 128, which: f.which ?? 0, accumulate: Number(f.accumulate) },
      ...{ group, tapColumns: tapColumnsOf(g, f.blocks) },
    }),
    units: kernel === 'lookup' ? groups * f.outBlocks : groups,
    scratch: kernel === 'lookup' ? TABLE + group * f.blocks * visited * 20 : lists,
  };
}

/** Operands of the weight gradient. */
export interface SpikeWeights {
  geometry: Geometry;
  images: number;
  words: number;
  wordsStride: number;
  blocks: number;
  /** Gradient of the output, `[outBlocks][N·P'][32]`; 4 KiB behind its end must be readable memory. */
  dy: number;
  dyStride: number;
  outBlocks: number;
  /** Partial gradients in the master layout from the first row of these blocks on, one for each slice. */
  gradient: number;
  /** Bytes from one slice's gradient to the next. */
  sliceBytes: number;
  rows: number;
  /** The cuts of the images; see {@link slicesOf}. */
  slices: number;
}

/**
 * Into how many slices a layer's images are cut for its weight gradient. Each slice sums on its own and the slices
 * are added in order, so the number must follow from the layer alone. Eight keep eight threads busy; large layers
 * take fewer and divide their output blocks as well, because each slice needs memory for a whole gradient.
 */
export function slicesOf(images: number, weightBytes: number): number {
  const wanted = weightBytes <= 1 << 20 ? 8 : weightBytes <= 4 << 20 ? 4 : 2;
  return Math.ceil(images / Math.ceil(images / wanted));
}

/** Positions that the list kernel of the weight gradient takes at a time: whole images, or rows of one image. */
function listChunk(g: Geometry, sliceImages: number): { images: number; rows: number } {
  const bytes = (rows: number): number =>
    (rows + g.kernelHeight - 1) * (g.inWidth + g.kernelWidth - 1) * LANES * 4;
  const bands = Array.from({ length: g.inHeight }, (_, i) => i + 1).find(
    (count) => bytes(Math.ceil(g.inHeight / count)) <= L1_TILE,
  );
  const rows = Math.ceil(g.inHeight / (bands ?? g.inHeight));
  const images = rows < g.inHeight ? 1 : Math.max(1, Math.floor(L1_TILE / bytes(rows)));
  return { images: Math.min(images, sliceImages), rows };
}

/** True where the list kernel of the weight gradient can be used. */
export const listWeightsFit = ({ stride, padding, kernelHeight, kernelWidth }: Geometry): boolean =>
  stride === 1 && padding < Math.min(kernelHeight, kernelWidth);

/** `gradient[slice] = Σ over the slice's images` of spikes times dY. Overwrites; rows of padding channels become 0. */
export function spikeWeights(kernel: SpikeKernel, w: SpikeWeights): Op {
  const g = w.geometry;
  const sliceImages = Math.ceil(w.images / w.slices);
  const slices = Math.ceil(w.images / sliceImages);
  const parts = Math.min(w.outBlocks, Math.max(1, Math.floor(8 / w.slices)));
  const { images: chunk, rows } = listChunk(g, sliceImages);
  const padded = (rows + g.kernelHeight - 1) * (g.inWidth + g.kernelWidth - 1);
  return {
    kernel: kernel === 'lookup' ? 'lookupWeights' : 'listWeights',
    args: kernelArguments('spikeWeights', {
      ...w,
      ...g,
      ...{ tapBytes: w.rows * 128, sliceImages, parts, chunkImages: chunk, chunkRows: rows },
    }),
    units: slices * parts,
    scratch:
      kernel === 'lookup'
        ? TABLE + 6 * 128 + tapsOf(g) * w.blocks * 32 * 20
        : w.blocks * 128 * (1 + chunk * rows * g.inWidth) + 64 + chunk * padded * 128,
  };
}
