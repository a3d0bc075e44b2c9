// Weights and weight gradients where the input is pooled spikes, kept as three bit planes.
import { kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';

/** What a spike in each plane is worth: a 2×2 average is the binary number of its count, over four. */
export const PLANE_WORTH = [0.25, 0.5, 1] as const;

/** Floats that one unit handles. */
const SLICE = 1 << 14;

/** `destination = factor · source`; `floats` a multiple of 4. */
export const scaledCopy = (source: number, destination: number, floats: number, factor: number): Op => ({
  kernel: 'scaledCopy',
  args: kernelArguments('scaledCopy', { source, destination, floats, slice: SLICE, factor }),
  units: Math.ceil(floats / SLICE),
  scratch: 0,
});

/** Pixels of a block that one unit of {@link imageCounts} looks at, at least, where there are as many. */
const COUNTED = 4096;

/** Number of ones of each image in each plane: `[planes][images]` u32 at `counts`, of words `[planes][blocks][images·pixels]`. */
export const imageCounts = (
  words: number,
  { planes, blocks, images, pixels }: { planes: number; blocks: number; images: number; pixels: number },
  counts: number,
): Op => {
  const group = Math.ceil(COUNTED / pixels);
  return {
    kernel: 'imageCounts',
    args: kernelArguments('imageCounts', { words, counts, planes, blocks, images, pixels, group }),
    units: Math.ceil(images / group),
    scratch: 0,
  };
};

/** Adds partial gradients `[plane][slice][floats]` up, each plane with its worth; `floats` a multiple of 4. */
export const sumPartials = (
  source: number,
  parts: { planes: 1 | 3; slices: number; floats: number },
  destination: number,
): Op => ({
  kernel: 'sumPartials',
  args: kernelArguments('sumPartials', { source, destination, ...parts, slice: SLICE }),
  units: Math.ceil(parts.floats / SLICE),
  scratch: 0,
});
