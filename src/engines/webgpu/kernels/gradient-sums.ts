// Sums of a gradient that batch norms ask for: Σ g and Σ g·x̂ by channel, chunk by chunk of a block's pixels, in a fixed order. The layout
// is that of `PartialSums`. Tests: test/engines/webgpu/kernels/neurons.slow.ts.
import { blocksOf } from '../../plan/geometry.js';
import type { CurrentCode } from './current.js';

/** Pixels that one workgroup goes through, 32 at a time. */
export const CHUNK = 256;

/** Chunks of a block: the units of its partial sums. */
export const chunksOf = (pixels: number): number => Math.ceil(pixels / CHUNK);

/** Bytes of the partial sums of a signal. */
export const sumsBytes = (channels: number, pixels: number): number =>
  blocksOf(channels) * chunksOf(pixels) * 96 * 4;

/** Statement: adds a gradient of a pixel to the sums of this invocation, the terms read at `pixel`. */
export const tally = ({ normed, hat }: CurrentCode, gradient: string, pixel: string): string =>
  normed.length === 0
    ? ''
    : `sum += ${gradient}; ${normed.map((k) => `dot${k} += ${gradient} * ${hat(k, pixel)};`).join(' ')}`;

/** Statements at the end: the sums of the whole workgroup, written to `sums`; names `chunk` and the number CHUNKS. */
export const writeSums = ({ normed }: CurrentCode): string =>
  normed.length === 0
    ? ''
    : `
  let at = (block * CHUNKS + chunk) * 24u + lane;
  let whole = over_rows(i, sum);
  if (i < 8u) { sums[at] = whole; }
  ${normed
    .map(
      (k) => `let whole${k} = over_rows(i, dot${k});
  if (i < 8u) { sums[at + ${8 * (k + 1)}u] = whole${k}; }`,
    )
    .join('\n  ')}`;
