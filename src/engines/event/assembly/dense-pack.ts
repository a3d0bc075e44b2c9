// Weights in the order in which the dense convolution reads them: panels of 8 output channels.
import { TILE } from './layout';

/**
 * One unit: one panel, `[block][tap][row][8]`. Taps are a part of the kernel in any order: `countY` rows of it from
 * `firstY` on in steps of `stepY`, and columns likewise. args: master, packed, output rows of a tap (`in` of the
 * master), taps, kernel width, firstY, stepY, countY, firstX, stepX, countX, blocks that are summed over, rows of the
 * last of them, transposed: then panels are of the master's input channels, and blocks of its output channels.
 */
export function densePack(args: usize, unit: i32, _scratch: usize): void {
  const master = <usize>load<u32>(args);
  const tapBytes = <usize>load<u32>(args, 8) * 128;
  const taps = <usize>load<u32>(args, 12);
  const kernelWidth = load<i32>(args, 16);
  const firstY = load<i32>(args, 20);
  const stepY = load<i32>(args, 24);
  const countY = load<i32>(args, 28);
  const firstX = load<i32>(args, 32);
  const stepX = load<i32>(args, 36);
  const countX = load<i32>(args, 40);
  const blocks = load<i32>(args, 44);
  const lastRows = load<i32>(args, 48);
  const transposed = load<i32>(args, 52);

  const panel = <usize>unit;
  let to = <usize>load<u32>(args, 4) + panel * <usize>(((blocks - 1) * 32 + lastRows) * countY * countX) * 32;
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
