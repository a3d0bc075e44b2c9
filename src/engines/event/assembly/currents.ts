// Currents written out: where no neuron follows that would add them up itself, and for ReLU.
import { Add, Currents, CurrentsBackward } from './arguments'; // generated: ../kernel-arguments.ts
import { affine, Second, spread } from './current';
import { ROW } from './layout';
import { madd } from './madd';
import { flush, STRETCH } from './sums';

/** The summed current of four channels of one pixel. */
// @ts-ignore: decorator
@inline
function current<T>(args: T, second: i32, block: usize, y: usize, z: usize, lane: usize): v128 {
  const x = affine(y, args.scale + block * ROW, args.shift + block * ROW, lane);
  if (second == Second.None) return x;
  if (second == Second.Spikes) return f32x4.add(x, spread(load<u32>(z) >> <u32>(lane >> 2)));
  return f32x4.add(x, affine(z, args.zScale + block * ROW, args.zShift + block * ROW, lane));
}

/** `target = Σ terms`, or its positive part. One block and one chunk of pixels a unit; arguments: ops/currents.ts. */
export function currents(args: Currents, unit: i32, _scratch: usize): void {
  const pixels = args.pixels;
  const chunk = args.chunk;
  const chunks = (pixels + chunk - 1) / chunk;
  const block = <usize>(unit / chunks);
  const first = <usize>((unit % chunks) * chunk);
  const last = min(first + <usize>chunk, <usize>pixels);
  const y = args.y + block * args.yBlock;
  const second = args.second;
  const size: usize = second == Second.Spikes ? 4 : ROW;
  const z = args.z + block * args.zBlock;
  const floor = f32x4.splat(args.floor); // 0: ReLU; −Infinity: nothing
  const target = args.target + block * <usize>pixels * ROW;
  for (let i = first; i < last; i++)
    for (let lane: usize = 0; lane < ROW; lane += 16)
      v128.store(target + i * ROW + lane, f32x4.max(current(args, second, block, y + i * ROW, z + i * size, lane), floor));
}

/**
 * The gradient of the terms: that of the target where the target is above the floor; `dx` may be the gradient itself.
 * For each unit Σ g, Σ g·x̂ of the first and of the second term, 32 doubles each.
 */
export function currentsBackward(args: CurrentsBackward, unit: i32, scratch: usize): void {
  const pixels = args.pixels;
  const chunk = args.chunk;
  const chunks = (pixels + chunk - 1) / chunk;
  const block = <usize>(unit / chunks);
  const first = <usize>((unit % chunks) * chunk);
  const last = min(first + <usize>chunk, <usize>pixels);
  const y = args.y + block * args.yBlock;
  const hatScale = args.hatScale + block * ROW;
  const hatShift = args.hatShift + block * ROW;
  const second = args.second;
  const size: usize = second == Second.Spikes ? 4 : ROW;
  const z = args.z + block * args.zBlock;
  const zHatScale = args.zHatScale + block * ROW;
  const zHatShift = args.zHatShift + block * ROW;
  const floor = f32x4.splat(args.floor);
  const gradient = args.gradient + block * <usize>pixels * ROW;
  const dx = args.dx + block * <usize>pixels * ROW;
  const partial = args.partial + <usize>unit * 768;
  memory.fill(partial, 0, 768);
  memory.fill(scratch, 0, 384);
  for (let i = first; i < last; i++) {
    const at = i * ROW;
    for (let lane: usize = 0; lane < ROW; lane += 16) {
      const x = current(args, second, block, y + at, z + i * size, lane);
      const g = v128.and(v128.load(gradient + at + lane), f32x4.gt(x, floor));
      v128.store(dx + at + lane, g);
      const sum = scratch + lane;
      v128.store(sum, f32x4.add(v128.load(sum), g));
      v128.store(sum, madd(g, affine(y + at, hatScale, hatShift, lane), v128.load(sum, 128)), 128);
      if (second == Second.Affine)
        v128.store(sum, madd(g, affine(z + at, zHatScale, zHatShift, lane), v128.load(sum, 256)), 256);
    }
    if ((<i32>(i - first) + 1) % STRETCH == 0 || i == last - 1) {
      for (let lane: usize = 0; lane < 384; lane += 16) flush(partial + (lane << 1), v128.load(scratch + lane));
      memory.fill(scratch, 0, 384);
    }
  }
}

/** `destination += source`. */
export function add(args: Add, unit: i32, _scratch: usize): void {
  const slice = args.slice;
  const offset = <usize>(unit * slice) << 2;
  let to = args.destination + offset;
  let from = args.source + offset;
  const end = to + (<usize>min(args.floats - unit * slice, slice) << 2);
  while (to < end) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    to += 16;
    from += 16;
  }
}
