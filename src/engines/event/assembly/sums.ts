// Sums by channel: float32 over a short stretch of pixels, then added to float64.

/** Pixels that are summed in float32 before they are added to the float64 sums. */
// @ts-ignore: decorator
@inline
export const STRETCH: i32 = 64;

/** Adds four floats to four doubles at `at`. */
// @ts-ignore: decorator
@inline
export function flush(at: usize, sums: v128): void {
  v128.store(at, f64x2.add(v128.load(at), f64x2.promote_low_f32x4(sums)));
  const high = v128.shuffle<i32>(sums, sums, 2, 3, 2, 3);
  v128.store(at, f64x2.add(v128.load(at, 16), f64x2.promote_low_f32x4(high)), 16);
}
