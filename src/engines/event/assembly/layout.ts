// Bytes of the layouts that every kernel shares; the layouts themselves are described in the engine's README.

/** One pixel of one block: 32 floats. */
// @ts-ignore: decorator
@inline
export const ROW: usize = 128;
/** The weights of one tap from one input block to one output block: 32 rows of 32 floats. */
// @ts-ignore: decorator
@inline
export const TILE: usize = 4096;

/** The number of the i-th image of an op: from a list of u32, or i itself where there is none (0). */
// @ts-ignore: decorator
@inline
export function imageOf(which: usize, i: i32): i32 {
  return which ? load<i32>(which + (<usize>i << 2)) : i;
}

/** Sets `pixels` rows at `y` to a bias of 32 floats (address 0: to zero). */
export function fillRows(y: usize, pixels: i32, bias: usize): void {
  const end = y + <usize>pixels * ROW;
  if (!bias) {
    memory.fill(y, 0, end - y);
    return;
  }
  const b0 = v128.load(bias);
  const b1 = v128.load(bias, 16);
  const b2 = v128.load(bias, 32);
  const b3 = v128.load(bias, 48);
  const b4 = v128.load(bias, 64);
  const b5 = v128.load(bias, 80);
  const b6 = v128.load(bias, 96);
  const b7 = v128.load(bias, 112);
  while (y < end) {
    v128.store(y, b0);
    v128.store(y, b1, 16);
    v128.store(y, b2, 32);
    v128.store(y, b3, 48);
    v128.store(y, b4, 64);
    v128.store(y, b5, 80);
    v128.store(y, b6, 96);
    v128.store(y, b7, 112);
    y += ROW;
  }
}

/** Sets a few bytes, a multiple of 16, to zero: `memory.fill` is a call that costs more than it does for so few. */
// @ts-ignore: decorator
@inline
export function clear(at: usize, bytes: usize): void {
  for (const end = at + bytes; at < end; at += 16) v128.store(at, f32x4.splat(0));
}

/** Stores eight floats. Only when all loads come before the two stores does V8 join them into one of 256 bits. */
// @ts-ignore: decorator
@inline
export function put8(to: usize, low: v128, high: v128): void {
  v128.store(to, low);
  v128.store(to, high, 16);
}
