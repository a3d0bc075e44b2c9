// Weight gradient of a convolution of real values.
import type { Geometry } from '../../../network/geometry.js';
import { blocksOf, LANES } from '../../plan/geometry.js';
import { kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';

/** Operands. */
export interface DenseWeights {
  geometry: Geometry;
  images: number;
  /** Channels, padding not counted. */
  in: number;
  out: number;
  /** Input `[block][N·P][32]` and gradient of the output `[block][N·P'][32]`; bytes from block to block. */
  x: number;
  xStride: number;
  dy: number;
  dyStride: number;
  /** Partial gradients in the master layout, one for each slice. */
  gradient: number;
  sliceBytes: number;
  /** The cuts of the images: `slicesOf` of ops/spike-convolution.ts. */
  slices: number;
}

/** `gradient[slice] = Σ over the slice's images` of x times dY. Overwrites; rows of padding channels become 0. */
export function denseWeights(w: DenseWeights): Op {
  return {
    kernel: 'denseWeights',
    args: kernelArguments('denseWeights', {
      ...w,
      ...w.geometry,
      ...{ blocks: blocksOf(w.in), outBlocks: blocksOf(w.out), sliceImages: Math.ceil(w.images / w.slices) },
      channels: Math.min(Math.ceil(w.in / 4) * 4, blocksOf(w.in) * LANES),
    }),
    units: w.slices * blocksOf(w.out),
    scratch: 0,
  };
}
