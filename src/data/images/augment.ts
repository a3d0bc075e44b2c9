// Augmentation as in the paper's lineage, drawn for each example of each epoch from a stream of its own.
import { stream } from '../../random.js';
import type { Dataset } from '../dataset.js';

/** Identity of the draws: every example has its own for each epoch, whatever batch it is in. */
export interface Augmentation {
  /** The experiment's seed. */
  seed: number;
  /** 0-based. */
  epoch: number;
}

/** Placement of an image: moved first, then mirrored. */
export interface Placement {
  /** Pixels that the image moves down and to the right; negative values move it up and left. */
  down: number;
  right: number;
  /** Mirrored left to right. */
  mirror: boolean;
}

/** No augmentation. */
export const inPlace: Placement = { down: 0, right: 0, mirror: false };

/** Largest move of an example, in pixels, each way. */
const MOST = { images: 4, frames: 5 };

/**
 * Draws how an example is placed.
 *
 * - `images`: RandomCrop with padding 4 and a horizontal flip with probability 1/2 (torchvision's, in TET's order).
 *   A crop at offset (i, j) of the padded image is a move by (4 − i, 4 − j).
 * - `frames`: a horizontal flip with probability 1/2 and a roll of −5 … 5 pixels in x and in y, the same for all
 *   frames (TET). TET flips before it rolls; since −5 … 5 is symmetric, the order does not change the distribution.
 *
 * @param index - the example's index in the whole part
 */
export function drawPlacement(
  kind: Dataset['kind'],
  { seed, epoch }: Augmentation,
  index: number,
): Placement {
  const random = stream(seed, 'augment', epoch, index);
  const most = MOST[kind];
  return {
    down: random.integer(-most, most),
    right: random.integer(-most, most),
    mirror: random.chance(0.5),
  };
}

/** Filling where an image has been moved away: byte 0 in every channel, or its other side. */
export type Edges = 'black' | 'wrap';

/** An image to read and the place to write it to, both `[H, W, C]`. */
export interface Transfer {
  source: Uint8Array;
  sourceAt: number;
  target: Float32Array;
  targetAt: number;
}

/**
 * Writes one image, placed and with every byte looked up in a table, hence already normalised.
 *
 * Black is byte 0 before normalisation, as RandomCrop pads before Normalize: it becomes −mean/std.
 *
 * @param table - `[C, 256]`: what each byte becomes in each channel
 */
export function placeImage(
  { source, sourceAt, target, targetAt }: Transfer,
  [height, width, channels]: Dataset['shape'],
  { down, right, mirror }: Placement,
  edges: Edges,
  table: Float32Array,
): void {
  const rows = origins(height, down, false, edges);
  const columns = origins(width, right, mirror, edges);
  let to = targetAt;
  for (let y = 0; y < height; y++) {
    const row = rows[y];
    for (let x = 0; x < width; x++) {
      const outside = row < 0 || columns[x] < 0;
      const from = sourceAt + (row * width + columns[x]) * channels;
      for (let c = 0; c < channels; c++) target[to++] = table[c * 256 + (outside ? 0 : source[from + c])];
    }
  }
}

/** Where each row or column of the result comes from; −1 = from outside. */
function origins(size: number, move: number, mirror: boolean, edges: Edges): Int32Array {
  return Int32Array.from({ length: size }, (_, at) => {
    const from = (mirror ? size - 1 - at : at) - move;
    if (edges === 'wrap') return ((from % size) + size) % size;
    return from >= 0 && from < size ? from : -1;
  });
}
