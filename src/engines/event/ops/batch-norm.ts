// Batch norm over dense signals: sums by channel, and the backward pass once they are known.
import { blocksOf, LANES } from '../../plan/geometry.js';
import { kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';

/** Pixels that one unit handles. */
export const CHUNK = 1024;

/** Pixels of each unit of a block, in order. */
export const chunkSizes = (pixels: number): number[] =>
  Array.from({ length: Math.ceil(pixels / CHUNK) }, (_, i) => Math.min(CHUNK, pixels - i * CHUNK));

/** Units of the ops here: block by block, chunk by chunk. */
export const chunkUnits = (channels: number, pixels: number): number =>
  blocksOf(channels) * Math.ceil(pixels / CHUNK);

/** Pixels of a dense signal, of which there may be more behind them: `yBlock` bytes from block to block. */
export interface Part {
  y: number;
  yBlock: number;
  channels: number;
  pixels: number;
  partial: number;
}

const sumsOfPart = (kernel: string, { channels, ...values }: Part): Op => ({
  kernel,
  args: kernelArguments('sums', { ...values, chunk: CHUNK }),
  units: chunkUnits(channels, values.pixels),
  scratch: 0,
});

const sums = (kernel: string, y: number, channels: number, pixels: number, partial: number): Op =>
  sumsOfPart(kernel, { y, yBlock: pixels * LANES * 4, channels, pixels, partial });

/** {@link statistics} of a part of a signal. */
export const statisticsOfPart = (part: Part): Op => sumsOfPart('statistics', part);

/** For each unit 64 doubles at `partial`: Σ y by channel, then Σ (y − the unit's mean rounded to float32)². */
export const statistics = (y: number, channels: number, pixels: number, partial: number): Op =>
  sums('statistics', y, channels, pixels, partial);

/** For each unit 32 doubles at `partial`: Σ y by channel. */
export const channelSums = (y: number, channels: number, pixels: number, partial: number): Op =>
  sums('channelSums', y, channels, pixels, partial);

/** Vectors of the backward pass: `dy = a·g + b·y + c` by channel. */
export interface BackwardVectors {
  a: number;
  b: number;
  c: number;
}

/** The gradient of a batch norm's input from that of its output; `target` may be `gradient` or `y`. */
export const normaliseBackward = (
  {
    channels,
    ...operands
  }: { gradient: number; y: number; target: number; channels: number; pixels: number },
  vectors: BackwardVectors,
): Op => ({
  kernel: 'normaliseBackward',
  args: kernelArguments('normaliseBackward', { ...operands, ...vectors, chunk: CHUNK }),
  units: chunkUnits(channels, operands.pixels),
  scratch: 0,
});
