// Batch norms over time: an affine map of each step, written out, its sums by step, and its backward pass. Tables of vectors
// are `[step][block][32]`; a signal that is the same at every step has a distance of 0 from step to step.
import { StepBackward, StepNormalise, StepSums } from './arguments'; // generated: ../kernel-arguments.ts
import { affine } from './current';
import { ROW } from './layout';
import { madd } from './madd';
import { flush, STRETCH } from './sums';

/** `target[t] = scale[t]·y[t] + shift[t]`. One block, one step and one chunk of pixels a unit. */
export function stepNormalise(args: StepNormalise, unit: i32, _scratch: usize): void {
  const chunks = (args.pixels + args.chunk - 1) / args.chunk;
  const step = <usize>((unit / chunks) % args.steps);
  const block = <usize>(unit / chunks / args.steps);
  const first = (unit % chunks) * args.chunk;
  const bytes = <usize>min(args.chunk, args.pixels - first) * ROW;
  const vectors = (step * <usize>args.blocks + block) * ROW;
  const from = args.y + block * args.yBlock + step * args.yStep + <usize>first * ROW;
  const to = args.target + block * args.targetBlock + step * args.targetStep + <usize>first * ROW;
  for (let lane: usize = 0; lane < ROW; lane += 16) {
    const scale = v128.load(args.scale + vectors + lane);
    const shift = v128.load(args.shift + vectors + lane);
    for (let i: usize = lane; i < bytes; i += ROW) v128.store(to + i, madd(v128.load(from + i), scale, shift));
  }
}

/** For each unit Σ g, then Σ g·x̂, 32 doubles each. */
export function stepSums(args: StepSums, unit: i32, _scratch: usize): void {
  const chunks = (args.pixels + args.chunk - 1) / args.chunk;
  const step = <usize>((unit / chunks) % args.steps);
  const block = <usize>(unit / chunks / args.steps);
  const first = (unit % chunks) * args.chunk;
  const count = min(args.chunk, args.pixels - first);
  const vectors = (step * <usize>args.blocks + block) * ROW;
  const y = args.y + block * args.yBlock + step * args.yStep + <usize>first * ROW;
  const gradient = args.gradient + block * args.gradientBlock + step * args.gradientStep + <usize>first * ROW;
  const partial = args.partial + <usize>unit * 512;
  memory.fill(partial, 0, 512);
  for (let lane: usize = 0; lane < ROW; lane += 16)
    for (let i = 0; i < count; i += STRETCH) {
      let sum = f32x4.splat(0);
      let dot = f32x4.splat(0);
      const end = <usize>min(i + STRETCH, count) * ROW;
      for (let at = <usize>i * ROW; at < end; at += ROW) {
        const g = v128.load(gradient + at + lane);
        sum = f32x4.add(sum, g);
        dot = madd(g, affine(y + at, args.hatScale + vectors, args.hatShift + vectors, lane), dot);
      }
      flush(partial + (lane << 1), sum);
      flush(partial + 256 + (lane << 1), dot);
    }
}

/**
 * `dy[t] = Σ a·g + b·y + c`; the sum is over `summed` steps of the gradient from step `t·summed` on, whose vectors `a` are theirs.
 * `target` may be y. One block, one step of the target and one chunk of pixels a unit.
 */
export function stepBackward(args: StepBackward, unit: i32, _scratch: usize): void {
  const chunks = (args.pixels + args.chunk - 1) / args.chunk;
  const step = <usize>((unit / chunks) % args.steps);
  const block = <usize>(unit / chunks / args.steps);
  const first = (unit % chunks) * args.chunk;
  const bytes = <usize>min(args.chunk, args.pixels - first) * ROW;
  const blocks = <usize>args.blocks;
  const summed = <usize>args.summed;
  const own = (step * blocks + block) * ROW;
  const offset = block * args.targetBlock + step * args.targetStep + <usize>first * ROW;
  const y = args.y + offset;
  const target = args.target + offset;
  const gradient = args.gradient + block * args.gradientBlock + step * summed * args.gradientStep + <usize>first * ROW;
  const a = args.a + (step * summed * blocks + block) * ROW;
  for (let lane: usize = 0; lane < ROW; lane += 16) {
    const b = v128.load(args.b + own + lane);
    const c = v128.load(args.c + own + lane);
    for (let i: usize = lane; i < bytes; i += ROW) {
      let sum = madd(v128.load(y + i), b, c);
      for (let k: usize = 0; k < summed; k++)
        sum = madd(v128.load(gradient + k * args.gradientStep + i), v128.load(a + k * blocks * ROW + lane), sum);
      v128.store(target + i, sum);
    }
  }
}
