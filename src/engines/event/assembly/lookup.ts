// Grouped lookup ("four Russians"), shared by the forward pass and the weight gradient: 32 rows of 32 floats become
// a table of all partial sums within groups of 7, 7, 6, 6 and 6 rows, so that the sum of any subset of the 32 rows
// is the sum of five table rows, without a branch and at the same cost for every subset.
import { put8, ROW } from './layout';

/** Rows of a table: 2·2⁷ + 3·2⁶. */
// @ts-ignore: decorator
@inline
const TABLE_ROWS: usize = 448;
/** Bytes of a table. */
// @ts-ignore: decorator
@inline
export const TABLE_BYTES: usize = TABLE_ROWS * ROW;
/** Bytes of the five row addresses that stand for one word. */
// @ts-ignore: decorator
@inline
export const POINTERS: usize = 20;

// Where each group's rows begin in the table, bytes.
// @ts-ignore: decorator
@inline
export const GROUP_1: usize = 128 * ROW;
// @ts-ignore: decorator
@inline
export const GROUP_2: usize = 256 * ROW;
// @ts-ignore: decorator
@inline
export const GROUP_3: usize = 320 * ROW;
// @ts-ignore: decorator
@inline
export const GROUP_4: usize = 384 * ROW;

/** Builds the partial sums of `bits` rows at `rows`: entry e = Σ of the rows whose bit is set in e. */
function group(rows: usize, table: usize, bits: i32): void {
  memory.fill(table, 0, ROW);
  for (let half: usize = 0; half < ROW; half += 64) {
    let to = table + half + ROW;
    let row = rows + half;
    for (let i = 0; i < bits; i++) {
      const w0 = v128.load(row);
      const w1 = v128.load(row, 16);
      const w2 = v128.load(row, 32);
      const w3 = v128.load(row, 48);
      row += ROW;
      let from = table + half;
      const end = to;
      while (from < end) {
        const t0 = f32x4.add(v128.load(from), w0);
        const t1 = f32x4.add(v128.load(from, 16), w1);
        const t2 = f32x4.add(v128.load(from, 32), w2);
        const t3 = f32x4.add(v128.load(from, 48), w3);
        v128.store(to, t0);
        v128.store(to, t1, 16);
        v128.store(to, t2, 32);
        v128.store(to, t3, 48);
        from += ROW;
        to += ROW;
      }
    }
  }
}

/** Builds the table of 32 rows of 32 floats. */
export function buildTable(rows: usize, table: usize): void {
  group(rows, table, 7);
  group(rows + 7 * ROW, table + GROUP_1, 7);
  group(rows + 14 * ROW, table + GROUP_2, 6);
  group(rows + 20 * ROW, table + GROUP_3, 6);
  group(rows + 26 * ROW, table + GROUP_4, 6);
}

/**
 * `y[i] += ` the subset sum of word i, for `lines` lines of words. The addresses come ready-made: computing them here
 * would be repeated by V8 in every basic block. One block for each 16 bytes of y keeps its six loads in registers; the
 * tests are always true.
 */
export function sweep(pointers: usize, line: usize, skip: usize, step: usize, y: usize, lines: i32): void {
  for (let r = 0; r < lines; r++) {
    const end = pointers + line;
    while (pointers < end) {
      const q0: usize = load<u32>(pointers);
      const q1: usize = load<u32>(pointers, 4);
      const q2: usize = load<u32>(pointers, 8);
      const q3: usize = load<u32>(pointers, 12);
      const q4: usize = load<u32>(pointers, 16);
      if (q0) {
        const low = f32x4.add(v128.load(y), f32x4.add(f32x4.add(v128.load(q0), v128.load(q1)), f32x4.add(v128.load(q2), f32x4.add(v128.load(q3), v128.load(q4)))));
        const high = f32x4.add(v128.load(y, 16), f32x4.add(f32x4.add(v128.load(q0, 16), v128.load(q1, 16)), f32x4.add(v128.load(q2, 16), f32x4.add(v128.load(q3, 16), v128.load(q4, 16)))));
        put8(y, low, high);
      }
      if (q1) {
        const low = f32x4.add(v128.load(y, 32), f32x4.add(f32x4.add(v128.load(q0, 32), v128.load(q1, 32)), f32x4.add(v128.load(q2, 32), f32x4.add(v128.load(q3, 32), v128.load(q4, 32)))));
        const high = f32x4.add(v128.load(y, 48), f32x4.add(f32x4.add(v128.load(q0, 48), v128.load(q1, 48)), f32x4.add(v128.load(q2, 48), f32x4.add(v128.load(q3, 48), v128.load(q4, 48)))));
        put8(y + 32, low, high);
      }
      if (q0) {
        const low = f32x4.add(v128.load(y, 64), f32x4.add(f32x4.add(v128.load(q0, 64), v128.load(q1, 64)), f32x4.add(v128.load(q2, 64), f32x4.add(v128.load(q3, 64), v128.load(q4, 64)))));
        const high = f32x4.add(v128.load(y, 80), f32x4.add(f32x4.add(v128.load(q0, 80), v128.load(q1, 80)), f32x4.add(v128.load(q2, 80), f32x4.add(v128.load(q3, 80), v128.load(q4, 80)))));
        put8(y + 64, low, high);
      }
      if (q1) {
        const low = f32x4.add(v128.load(y, 96), f32x4.add(f32x4.add(v128.load(q0, 96), v128.load(q1, 96)), f32x4.add(v128.load(q2, 96), f32x4.add(v128.load(q3, 96), v128.load(q4, 96)))));
        const high = f32x4.add(v128.load(y, 112), f32x4.add(f32x4.add(v128.load(q0, 112), v128.load(q1, 112)), f32x4.add(v128.load(q2, 112), f32x4.add(v128.load(q3, 112), v128.load(q4, 112)))));
        put8(y + 96, low, high);
      }
      pointers += step;
      y += ROW;
    }
    pointers += skip;
  }
}
