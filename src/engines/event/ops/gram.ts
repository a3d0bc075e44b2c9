// Gram matrices of weights over their output channels, for Lipschitz regularisation.
import { blocksOf } from '../../plan/geometry.js';
import { kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';

/** Rows of M that one unit of the gradient handles. */
const ROWS = 128;

/** Weights in the master layout, seen as the matrix M: `rows` = taps · input rows, one column for each output channel. */
export interface GramOperands {
  weights: number;
  rows: number;
  out: number;
  /** `[block][block][32][32]` floats for `G = MᵀM − I`. */
  matrix: number;
}

/** Bytes of G. */
export const gramBytes = (out: number): number => blocksOf(out) ** 2 * 4096;

/** `G = MᵀM − I`; rows and columns of padding channels are 0. */
export const gram = ({ weights, rows, out, matrix }: GramOperands): Op => ({
  kernel: 'gram',
  args: kernelArguments('gram', { weights, matrix, rows, blocks: blocksOf(out), channels: out }),
  units: blocksOf(out) ** 2,
  scratch: 0,
});

/** `gradient += scale · M·G`, in the master layout. */
export const gramGradient = (
  { weights, rows, out, matrix }: GramOperands,
  gradient: number,
  scale: number,
): Op => ({
  kernel: 'gramGradient',
  args: kernelArguments('gramGradient', {
    ...{ weights, matrix, gradient, rows, blocks: blocksOf(out), rowsPerUnit: ROWS, scale },
  }),
  units: blocksOf(out) * Math.ceil(rows / ROWS),
  scratch: 0,
});
