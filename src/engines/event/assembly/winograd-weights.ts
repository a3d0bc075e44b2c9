// Weights for Winograd's convolution: from the panels that densePack makes to the points of the transform.
import { WinogradWeights } from './arguments'; // generated: ../kernel-arguments.ts
import { POINTS, weightTransform } from './winograd-transform';

/** One unit: one panel of 8 output channels, `[block][tap][row][8]` → `[point][row][8]`, rows of all blocks in one. */
export function winogradWeights(args: WinogradWeights, unit: i32, scratch: usize): void {
  const blocks = args.blocks;
  const lastRows = args.lastRows;
  const rows = <usize>(blocks - 1) * 32 + lastRows;
  let from = args.packed + <usize>unit * rows * 288;
  let to = args.target + <usize>unit * rows * 32 * POINTS;
  for (let b = 0; b < blocks; b++) {
    const tapBytes = (b == blocks - 1 ? lastRows : 32) * 32;
    for (let at: usize = 0; at < tapBytes; at += 16) weightTransform(from + at, tapBytes, to + at, rows * 32, scratch);
    from += 9 * tapBytes;
    to += tapBytes;
  }
}
