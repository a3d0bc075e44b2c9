// The input current of neurons: one or two terms, each a dense signal with a batch norm still to be applied, or spikes.
import { madd } from './madd';

/** What the second term is. */
export const enum Second {
  None,
  Affine,
  Spikes,
}

/** 1.0 in the lanes whose bit is set among the four lowest of `bits`. */
// @ts-ignore: decorator
@inline
export function spread(bits: u32): v128 {
  const places = i32x4(1, 2, 4, 8);
  const set = i32x4.eq(v128.and(i32x4.splat(bits), places), places);
  return v128.and(set, f32x4.splat(1));
}

/** `scale·y + shift` on the four channels at `lane` bytes. */
// @ts-ignore: decorator
@inline
export function affine(y: usize, scale: usize, shift: usize, lane: usize): v128 {
  return madd(v128.load(y + lane), v128.load(scale + lane), v128.load(shift + lane));
}

/**
 * The current of four channels: of a first term at `y` and, where there is one, of a second at `z`; of spikes `bits` are those
 * of the channels from here on.
 */
// @ts-ignore: decorator
@inline
export function current(
  second: Second, y: usize, scale: usize, shift: usize, z: usize, zScale: usize, zShift: usize, bits: u32, lane: usize,
): v128 {
  let x = affine(y, scale, shift, lane);
  if (second == Second.Affine) x = f32x4.add(x, affine(z, zScale, zShift, lane));
  if (second == Second.Spikes) x = f32x4.add(x, spread(bits >> <u32>(lane >> 2)));
  return x;
}

/** The potential before the reset: v = tau·u + x. The one expression for forward and backward. */
// @ts-ignore: decorator
@inline
export function potential(u: v128, x: v128, tau: v128): v128 {
  return madd(tau, u, x);
}

/** The potential after the reset: v − o·r, with r = v (hard) or theta (soft); `fired` is the mask of spikes. */
// @ts-ignore: decorator
@inline
export function afterReset(v: v128, fired: v128, theta: v128, hard: v128): v128 {
  return f32x4.sub(v, v128.and(fired, v128.bitselect(v, theta, hard)));
}
