// Functions of equations on four floats. Errors: of each value itself, against float64, for both builds; measured over the
// ranges named (test/engines/event/generate/functions.slow.ts). NaN stays NaN.
//
// Constants are read from scratch: as parts of the code V8 would make each of them anew wherever it is used, in more
// instructions than the arithmetic takes.
import { madd } from './madd';

/** Bytes of the constants. */
// @ts-ignore: decorator
@inline
export const CONSTANTS: usize = 320;

/** Writes the constants down, once for a unit. */
export function putConstants(at: usize): void {
  v128.store(at, f32x4.splat(88.7), 0);
  v128.store(at, f32x4.splat(-87.3), 16);
  v128.store(at, f32x4.splat(1.44269504), 32);
  v128.store(at, f32x4.splat(12582912), 48);
  v128.store(at, f32x4.splat(-0.693359375), 64);
  v128.store(at, f32x4.splat(2.12194440e-4), 80);
  v128.store(at, f32x4.splat(1.6624955e-2), 96);
  v128.store(at, f32x4.splat(8.3781101e-2), 112);
  v128.store(at, f32x4.splat(3.3334231e-1), 128);
  v128.store(at, f32x4.splat(9.9998456e-1), 144);
  v128.store(at, f32x4.splat(2), 160);
  v128.store(at, i32x4.splat(126 << 23), 176);
  v128.store(at, f32x4.splat(87.3), 192);
  v128.store(at, f32x4.splat(-88.7), 208);
  v128.store(at, f32x4.splat(-1.44269504), 224);
  v128.store(at, f32x4.splat(0.69314718), 240);
  v128.store(at, f32x4.splat(0.693359375), 256);
  v128.store(at, f32x4.splat(-2.12194440e-4), 272);
  v128.store(at, f32x4.splat(-9.9998456e-1), 288);
  v128.store(at, f32x4.splat(-8.3781101e-2), 304);
}

/** e^x within 3e-7 for x from −86 to 88; 0 below −87, and 3.4e38 for everything above 88.7, where float32 ends. */
// @ts-ignore: decorator
@inline
export function exp(x: v128, constants: usize): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, v128.load(constants, 0)), v128.load(constants, 16));
  // x = n·ln 2 + r, ln 2 in two parts, so that r is exact to the last bit. Added to 1.5·2²³, n is in the lowest bits.
  const shifted = madd(bounded, v128.load(constants, 32), v128.load(constants, 48));
  const n = f32x4.sub(shifted, v128.load(constants, 48));
  let r = madd(n, v128.load(constants, 64), bounded);
  r = madd(n, v128.load(constants, 80), r);
  // 2e^r, e^r = 1 + r + r²·(…) with the least worst relative error, 1.06e-7 (Lawson's algorithm)
  let p = madd(r, v128.load(constants, 96), v128.load(constants, 112));
  p = madd(p, r, v128.load(constants, 128));
  p = madd(p, r, v128.load(constants, 144));
  const two = v128.load(constants, 160);
  p = madd(p, f32x4.mul(r, r), madd(r, two, two));
  // 2^(n − 1), because n goes from −126 to 128
  const half = i32x4.add(i32x4.shl(shifted, 23), v128.load(constants, 176));
  return f32x4.mul(p, half);
}

/**
 * e^−x, within 3e-7 for x from −88 to 86, of the fma build 5e-7: what a sigmoid is made of, without turning x round. All constants
 * have the sign that it takes for r = x + n·ln 2, which is that of `exp` turned round.
 */
// @ts-ignore: decorator
@inline
export function expOfNegative(x: v128, constants: usize): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, v128.load(constants, 192)), v128.load(constants, 208));
  const shifted = madd(bounded, v128.load(constants, 224), v128.load(constants, 48));
  const n = f32x4.sub(shifted, v128.load(constants, 48));
  let r: v128;
  if (ASC_FEATURE_RELAXED_SIMD) r = madd(n, v128.load(constants, 240), bounded);
  else r = madd(n, v128.load(constants, 272), madd(n, v128.load(constants, 256), bounded));
  let p = madd(r, v128.load(constants, 96), v128.load(constants, 304));
  p = madd(p, r, v128.load(constants, 128));
  p = madd(p, r, v128.load(constants, 288));
  const two = v128.load(constants, 160);
  const square = f32x4.mul(r, r);
  p = f32x4.sub(two, madd(p, square, f32x4.add(r, r)));
  const half = i32x4.add(i32x4.shl(shifted, 23), v128.load(constants, 176));
  return f32x4.mul(p, half);
}

/** ln x within 3e-7 (2e-7 absolute between ½ and 2); −Infinity at 0, NaN below, Infinity at Infinity. */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  // x = 2^k·m with m from √½ to √2; numbers below 1.2e-38 are made normal first
  const tiny = f32x4.lt(x, f32x4.splat(1.17549435e-38));
  const bits = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, tiny);
  const shifted = i32x4.sub(bits, i32x4.splat(0x3f3504f3));
  const k = i32x4.sub(i32x4.shr_s(shifted, 23), v128.and(tiny, i32x4.splat(23)));
  const m = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  // ln m = 2·artanh(s), s = (m − 1)/(m + 1), |s| ≤ 0.172: an odd series
  const f = f32x4.sub(m, f32x4.splat(1));
  const s = f32x4.div(f, f32x4.add(m, f32x4.splat(1)));
  const z = f32x4.mul(s, s);
  let p = madd(z, f32x4.splat(0.22222222), f32x4.splat(0.28571429));
  p = madd(p, z, f32x4.splat(0.4));
  p = madd(p, z, f32x4.splat(0.66666667));
  const whole = f32x4.convert_i32x4_s(k);
  const tail = madd(f32x4.mul(s, z), p, f32x4.mul(whole, f32x4.splat(-2.12194440e-4)));
  const body = madd(whole, f32x4.splat(0.693359375), f32x4.add(f32x4.add(s, s), tail));
  const infinite = f32x4.eq(x, f32x4.splat(Infinity));
  const value = v128.bitselect(x, body, infinite);
  const valid = v128.bitselect(value, f32x4.splat(NaN), f32x4.gt(x, f32x4.splat(0)));
  return v128.bitselect(f32x4.splat(-Infinity), valid, f32x4.eq(x, f32x4.splat(0)));
}

/** tanh x within 4e-7; ±1 from |x| = 9.02 on. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128, constants: usize): v128 {
  const a = f32x4.abs(x);
  // 1 − 2/(e^2a + 1) cancels near 0: there an odd polynomial
  const e = exp(f32x4.add(a, a), constants);
  const large = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(e, f32x4.splat(1))));
  const z = f32x4.mul(x, x);
  let p = madd(z, f32x4.splat(-5.70498872745e-3), f32x4.splat(2.06390887954e-2));
  p = madd(p, z, f32x4.splat(-5.37397155531e-2));
  p = madd(p, z, f32x4.splat(1.33314422036e-1));
  p = madd(p, z, f32x4.splat(-3.33332819422e-1));
  const small = madd(f32x4.mul(p, z), x, x);
  const signed = v128.or(large, v128.and(x, i32x4.splat(<i32>0x80000000)));
  return v128.bitselect(small, signed, f32x4.lt(a, f32x4.splat(0.625)));
}

/** 1, 0 or −1. */
// @ts-ignore: decorator
@inline
export function sign(x: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const value = f32x4.sub(v128.and(f32x4.gt(x, zero), one), v128.and(f32x4.lt(x, zero), one));
  return v128.bitselect(value, x, f32x4.eq(x, x));
}

/**
 * a^b as e^(b·ln |a|), so within 3e-7·(1 + |b·ln |a||) of itself. As in JavaScript: 1 where b is 0, NaN for a negative a unless
 * b is whole.
 */
// @ts-ignore: decorator
@inline
export function power(a: v128, b: v128, constants: usize): v128 {
  const size = exp(f32x4.mul(b, log(f32x4.abs(a))), constants);
  const whole = f32x4.eq(f32x4.trunc(b), b);
  const half = f32x4.mul(b, f32x4.splat(0.5));
  const odd = v128.andnot(whole, f32x4.eq(f32x4.trunc(half), half));
  const negative = f32x4.lt(a, f32x4.splat(0));
  const signed = v128.xor(size, v128.and(v128.and(negative, odd), i32x4.splat(<i32>0x80000000)));
  const value = v128.bitselect(f32x4.splat(NaN), signed, v128.andnot(negative, whole));
  return v128.bitselect(f32x4.splat(1), value, f32x4.eq(b, f32x4.splat(0)));
}
