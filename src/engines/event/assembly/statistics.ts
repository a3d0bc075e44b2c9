// Sums by channel of a dense signal, one block and one chunk of pixels a unit, for batch norm and bias gradients.
import { Sums } from './arguments'; // generated: ../kernel-arguments.ts
import { madd } from './madd';
import { ROW } from './layout';
import { flush, STRETCH } from './sums';

/**
 * `partial[unit]` = Σ y and Σ (y − mean of the unit)², 32 doubles each. Two passes over a chunk that stays in the
 * cache: no cancellation. Arguments: see ops/batch-norm.ts.
 */
export function statistics(args: Sums, unit: i32, _scratch: usize): void {
  const pixels = args.pixels;
  const chunk = args.chunk;
  const chunks = (pixels + chunk - 1) / chunk;
  const first = (unit % chunks) * chunk;
  const count = min(chunk, pixels - first);
  const y = args.y + <usize>(unit / chunks) * args.yBlock + <usize>first * ROW;
  const partial = args.partial + <usize>unit * 512;
  memory.fill(partial, 0, 512);
  sumPixels(y, count, partial);
  for (let lane: usize = 0; lane < 32; lane += 16) {
    const mean0 = meanOf(partial + (lane << 3), count);
    const mean1 = meanOf(partial + (lane << 3) + 32, count);
    const mean2 = meanOf(partial + (lane << 3) + 64, count);
    const mean3 = meanOf(partial + (lane << 3) + 96, count);
    let at = y + (lane << 2);
    for (let i = 0; i < count; i += STRETCH) {
      const end = at + <usize>min(STRETCH, count - i) * ROW;
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      while (at < end) {
        const d0 = f32x4.sub(v128.load(at), mean0);
        const d1 = f32x4.sub(v128.load(at, 16), mean1);
        const d2 = f32x4.sub(v128.load(at, 32), mean2);
        const d3 = f32x4.sub(v128.load(at, 48), mean3);
        s0 = madd(d0, d0, s0);
        s1 = madd(d1, d1, s1);
        s2 = madd(d2, d2, s2);
        s3 = madd(d3, d3, s3);
        at += ROW;
      }
      const to = partial + 256 + (lane << 3);
      flush(to, s0);
      flush(to + 32, s1);
      flush(to + 64, s2);
      flush(to + 96, s3);
    }
  }
}

/** Four means, rounded: what M2 refers to is this rounded value, which mergeMoments() repeats by the same rounding. */
// @ts-ignore: decorator
@inline
function meanOf(sums: usize, count: i32): v128 {
  return f32x4(
    <f32>(load<f64>(sums) / <f64>count),
    <f32>(load<f64>(sums, 8) / <f64>count),
    <f32>(load<f64>(sums, 16) / <f64>count),
    <f32>(load<f64>(sums, 24) / <f64>count),
  );
}

/** Adds the pixels' 32 channels to 32 doubles. */
function sumPixels(y: usize, count: i32, sums: usize): void {
  for (let lane: usize = 0; lane < 32; lane += 16) {
    let at = y + (lane << 2);
    for (let i = 0; i < count; i += STRETCH) {
      const end = at + <usize>min(STRETCH, count - i) * ROW;
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      while (at < end) {
        s0 = f32x4.add(s0, v128.load(at));
        s1 = f32x4.add(s1, v128.load(at, 16));
        s2 = f32x4.add(s2, v128.load(at, 32));
        s3 = f32x4.add(s3, v128.load(at, 48));
        at += ROW;
      }
      const to = sums + (lane << 3);
      flush(to, s0);
      flush(to + 32, s1);
      flush(to + 64, s2);
      flush(to + 96, s3);
    }
  }
}

/** `partial[unit]` = Σ y, 32 doubles. The arguments of {@link statistics}. */
export function channelSums(args: Sums, unit: i32, _scratch: usize): void {
  const pixels = args.pixels;
  const chunk = args.chunk;
  const chunks = (pixels + chunk - 1) / chunk;
  const first = (unit % chunks) * chunk;
  const y = args.y + <usize>(unit / chunks) * args.yBlock + <usize>first * ROW;
  const partial = args.partial + <usize>unit * 256;
  memory.fill(partial, 0, 256);
  sumPixels(y, min(chunk, pixels - first), partial);
}
