// Neuron normalisation: what the channels of a place give together, over time, taken from each by its weight.
import { NeuNorm, NeuNormBackward } from './arguments'; // generated: ../kernel-arguments.ts
import { spread } from './current';
import { ROW } from './layout';
import { madd } from './madd';

// @ts-ignore: decorator
@inline
function total(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/**
 * `a[t] = k·a[t−1] + share·Σ x`, kept at `sums`, and `target = x − w·a`. A chunk of places of one step a unit, all channels and
 * steps; x are words of spikes or real values.
 */
export function neuNorm(args: NeuNorm, unit: i32, _scratch: usize): void {
  const positions = args.positions;
  const blocks = <usize>args.blocks;
  const spikes = args.spikes;
  const size: usize = spikes ? 4 : ROW;
  const last = min((unit + 1) * args.chunk, positions);
  for (let i = unit * args.chunk; i < last; i++) {
    const w = args.w + <usize>(i % args.pixels) * ROW;
    let a: f32 = 0;
    for (let t = 0; t < args.steps; t++) {
      const x = args.x + <usize>t * args.xStep + <usize>i * size;
      const target = args.target + (<usize>(t * positions + i)) * ROW;
      let sum: f32 = 0;
      if (spikes) {
        let count = 0;
        for (let block: usize = 0; block < blocks; block++) count += i32.popcnt(load<i32>(x + block * args.xBlock));
        sum = <f32>count;
      } else {
        let all = f32x4.splat(0);
        for (let block: usize = 0; block < blocks; block++)
          for (let lane: usize = 0; lane < ROW; lane += 16) all = f32x4.add(all, v128.load(x + block * args.xBlock + lane));
        sum = total(all);
      }
      a = args.k * a + args.share * sum;
      store<f32>(args.sums + (<usize>(t * positions + i) << 2), a);
      const minus = f32x4.splat(-a);
      for (let block: usize = 0; block < blocks; block++) {
        const word = spikes ? load<u32>(x + block * args.xBlock) : 0;
        for (let lane: usize = 0; lane < ROW; lane += 16) {
          const value = spikes ? spread(word >> <u32>(lane >> 2)) : v128.load(x + block * args.xBlock + lane);
          v128.store(target + block * args.targetBlock + lane, madd(minus, v128.load(w + block * args.wBlock + lane), value));
        }
      }
    }
  }
}

/**
 * The gradients of x, which may lie over that of the target, and of w. A chunk of places of an image a unit, all examples, channels
 * and steps, the last step first. An x that is the same at every step (`dxStep` 0) has the sum over the steps.
 */
export function neuNormBackward(args: NeuNormBackward, unit: i32, scratch: usize): void {
  const blocks = <usize>args.blocks;
  const pixels = args.pixels;
  const batch = args.positions / pixels;
  const end = min((unit + 1) * args.chunk, pixels);
  for (let p = unit * args.chunk; p < end; p++) {
    const w = args.w + <usize>p * ROW;
    const dw = args.dw + <usize>p * ROW;
    for (let block: usize = 0; block < blocks; block++) memory.fill(dw + block * args.wBlock, 0, ROW);
    for (let example = 0; example < batch; example++) {
      memory.fill(scratch, 0, blocks * ROW);
      const i = example * pixels + p;
      let back: f32 = 0;
      for (let t = args.steps - 1; t >= 0; t--) {
        const at = <usize>(t * args.positions + i);
        const gradient = args.gradient + at * ROW;
        const minus = f32x4.splat(-load<f32>(args.sums + (at << 2)));
        let dots = f32x4.splat(0);
        for (let block: usize = 0; block < blocks; block++)
          for (let lane: usize = 0; lane < ROW; lane += 16) {
            const g = v128.load(gradient + block * args.gradientBlock + lane);
            dots = madd(g, v128.load(w + block * args.wBlock + lane), dots);
            const sum = scratch + block * ROW + lane;
            v128.store(sum, madd(minus, g, v128.load(sum)));
          }
        back = args.k * back - total(dots);
        const dx = args.dx + <usize>t * args.dxStep + <usize>i * ROW;
        const added = args.dxStep == 0 && t < args.steps - 1;
        const share = f32x4.splat(args.share * back);
        for (let block: usize = 0; block < blocks; block++)
          for (let lane: usize = 0; lane < ROW; lane += 16) {
            const channel = <i32>(block * 32 + (lane >> 2));
            const real = i32x4.lt_s(i32x4.add(i32x4.splat(channel), i32x4(0, 1, 2, 3)), i32x4.splat(args.channels));
            const own = f32x4.add(v128.load(gradient + block * args.gradientBlock + lane), v128.and(share, real));
            const to = dx + block * args.dxBlock + lane;
            v128.store(to, added ? f32x4.add(v128.load(to), own) : own);
          }
      }
      for (let block: usize = 0; block < blocks; block++)
        for (let lane: usize = 0; lane < ROW; lane += 16) {
          const to = dw + block * args.wBlock + lane;
          v128.store(to, f32x4.add(v128.load(to), v128.load(scratch + block * ROW + lane)));
        }
    }
  }
}
