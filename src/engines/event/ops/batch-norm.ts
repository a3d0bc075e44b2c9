// Batch norm over dense signals: sums by channel, and the backward pass once they are known.
import { blocksOf, LANES } from '../geometry.js';
import type { Op } from '../op.js';

/** Pixels that one unit handles. */
const CHUNK = 1024;

/** Pixels of each unit of a block, in order. */
export const chunkSizes = (pixels: number): number[] =>
  Array.from({ length: Math.ceil(pixels / CHUNK) }, (_, i) => Math.min(CHUNK, pixels - i * CHUNK));

/** Units of the ops here: block by block, chunk by chunk. */
export const chunkUnits = (channels: number, pixels: number): number =>
  blocksOf(channels) * Math.ceil(pixels / CHUNK);

const sums = (kernel: string, y: number, channels: number, pixels: number, partial: number): Op => ({
  kernel,
  args: [y, pixels * LANES * 4, pixels, CHUNK, partial],
  units: chunkUnits(channels, pixels),
  scratch: 0,
});

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
  operands: { gradient: number; y: number; target: number; channels: number; pixels: number },
  { a, b, c }: BackwardVectors,
): Op => ({
  kernel: 'normaliseBackward',
  args: [operands.gradient, operands.y, operands.target, operands.pixels, CHUNK, a, b, c],
  units: chunkUnits(operands.channels, operands.pixels),
  scratch: 0,
});
