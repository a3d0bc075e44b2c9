// Weights in the order in which the dense convolution reads them: panels of 8 output channels.
import { DensePack } from './arguments'; // generated: ../kernel-arguments.ts
import { TILE } from './layout';

/**
 * One unit: one panel, `[block][tap][row][8]`. Taps are a part of the kernel in any order: `countY` rows of it from
 * `firstY` on in steps of `stepY`, and columns likewise. `rows`: of a tap in the master; `lastRows`: of the last of the
 * blocks that are summed over; `transposed`: panels are of the master's input channels, and blocks of its output channels.
 */
export function densePack(args: DensePack, unit: i32, _scratch: usize): void {
  const master = args.master;
  const tapBytes = args.rows * 128;
  const taps = args.taps;
  const kernelWidth = args.kernelWidth;
  const firstY = args.firstY;
  const stepY = args.stepY;
  const countY = args.countY;
  const firstX = args.firstX;
  const stepX = args.stepX;
  const countX = args.countX;
  const blocks = args.blocks;
  const lastRows = args.lastRows;
  const transposed = args.transposed;

  const panel = <usize>unit;
  let to = args.packed + panel * <usize>(((blocks - 1) * 32 + lastRows) * countY * countX) * 32;
  for (let b = 0; b < blocks; b++) {
    const rows = b == blocks - 1 ? lastRows : 32;
    for (let u = 0; u < countY; u++)
      for (let v = 0; v < countX; v++) {
        const tap = <usize>((firstY + u * stepY) * kernelWidth + firstX + v * stepX);
        if (transposed) {
          let from = master + (<usize>b * taps + tap) * tapBytes + panel * 1024;
          for (let row = 0; row < rows; row += 4) {
            transpose4(from, to);
            transpose4(from + 512, to + 16);
            from += 16;
            to += 128;
          }
        } else {
          let from = master + ((panel >> 2) * taps + tap) * tapBytes + <usize>b * TILE + (panel & 3) * 32;
          for (let row = 0; row < rows; row++) {
            v128.store(to, v128.load(from));
            v128.store(to, v128.load(from, 16), 16);
            from += 128;
            to += 32;
          }
        }
      }
  }
}

/** Transposes 4 × 4 floats from rows of 128 bytes to rows of 32 bytes. */
function transpose4(from: usize, to: usize): void {
  const a = v128.load(from);
  const b = v128.load(from, 128);
  const c = v128.load(from, 256);
  const d = v128.load(from, 384);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const AB = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const CD = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), 32);
  v128.store(to, v128.shuffle<f32>(AB, CD, 0, 1, 4, 5), 64);
  v128.store(to, v128.shuffle<f32>(AB, CD, 2, 3, 6, 7), 96);
}
