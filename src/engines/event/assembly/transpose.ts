// Turns 32 spike words (one a pixel, one bit a channel) into the lookup addresses of 32 channels (one bit a pixel).
import { GROUP_1, GROUP_2, GROUP_3, GROUP_4, POINTERS } from './lookup';

/** Exchanges the bits of a (shifted down by `by`) and b under a mask: one step of a bit-matrix transpose. */
// @ts-ignore: decorator
@inline
function crossed(a: v128, b: v128, by: i32, mask: u32): v128 {
  return v128.and(v128.xor(i32x4.shr_u(a, by), b), i32x4.splat(mask));
}

/** One stage between vectors that lie `distance` bytes apart, in place. */
// @ts-ignore: decorator
@inline
function stage(at: usize, distance: usize, by: i32, mask: u32): void {
  const a = v128.load(at);
  const b = v128.load(at + distance);
  const t = crossed(a, b, by, mask);
  v128.store(at + distance, v128.xor(b, t));
  v128.store(at, v128.xor(a, i32x4.shl(t, by)));
}

/** Stores the five table addresses of four words at `to`, 20 bytes each. */
// @ts-ignore: decorator
@inline
function storePointers(w: v128, table: u32, to: usize): void {
  const g0 = i32x4.add(i32x4.shl(v128.and(w, i32x4.splat(127)), 7), i32x4.splat(table));
  const g1 = i32x4.add(v128.and(w, i32x4.splat(0x3f80)), i32x4.splat(table + <u32>GROUP_1));
  const g2 = i32x4.add(v128.and(i32x4.shr_u(w, 7), i32x4.splat(0x1f80)), i32x4.splat(table + <u32>GROUP_2));
  const g3 = i32x4.add(v128.and(i32x4.shr_u(w, 13), i32x4.splat(0x1f80)), i32x4.splat(table + <u32>GROUP_3));
  const g4 = i32x4.add(v128.and(i32x4.shr_u(w, 19), i32x4.splat(0x1f80)), i32x4.splat(table + <u32>GROUP_4));
  const low01 = v128.shuffle<i32>(g0, g1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(g0, g1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(g2, g3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(g2, g3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i32>(low01, low23, 0, 1, 4, 5));
  v128.store32_lane(to, g4, 0, 16);
  v128.store(to + POINTERS, v128.shuffle<i32>(low01, low23, 2, 3, 6, 7));
  v128.store32_lane(to + POINTERS, g4, 1, 16);
  v128.store(to + 2 * POINTERS, v128.shuffle<i32>(high01, high23, 0, 1, 4, 5));
  v128.store32_lane(to + 2 * POINTERS, g4, 2, 16);
  v128.store(to + 3 * POINTERS, v128.shuffle<i32>(high01, high23, 2, 3, 6, 7));
  v128.store32_lane(to + 3 * POINTERS, g4, 3, 16);
}

/**
 * Transposes the 32 × 32 bits at `words` (destroyed) and stores the table addresses of the 32 rows that result.
 * Stages of 16, 8 and 4 bits exchange whole vectors; those of 2 and 1 bits work on pairs of vectors, reshuffled.
 */
export function transposeToPointers(words: usize, table: u32, to: usize): void {
  for (let k: usize = 0; k < 64; k += 16) stage(words + k, 64, 16, 0x0000ffff);
  for (let k: usize = 0; k < 32; k += 16) {
    stage(words + k, 32, 8, 0x00ff00ff);
    stage(words + k + 64, 32, 8, 0x00ff00ff);
  }
  for (let k: usize = 0; k < 128; k += 32) {
    stage(words + k, 16, 4, 0x0f0f0f0f);
    const a = v128.load(words + k);
    const b = v128.load(words + k + 16);
    let low = v128.shuffle<i32>(a, b, 0, 1, 4, 5);
    let high = v128.shuffle<i32>(a, b, 2, 3, 6, 7);
    let t = crossed(low, high, 2, 0x33333333);
    high = v128.xor(high, t);
    low = v128.xor(low, i32x4.shl(t, 2));
    let even = v128.shuffle<i32>(low, high, 0, 2, 4, 6); // a0 b0 a2 b2
    let odd = v128.shuffle<i32>(low, high, 1, 3, 5, 7);
    t = crossed(even, odd, 1, 0x55555555);
    odd = v128.xor(odd, t);
    even = v128.xor(even, i32x4.shl(t, 1));
    storePointers(v128.shuffle<i32>(even, odd, 0, 4, 2, 6), table, to);
    storePointers(v128.shuffle<i32>(even, odd, 1, 5, 3, 7), table, to + 4 * POINTERS);
    to += 8 * POINTERS;
  }
}
