// Currents written out: where no neuron follows that would add them up itself, and for ReLU.
import { affine, Second, spread } from './current';
import { ROW } from './layout';
import { madd } from './madd';
import { flush, STRETCH } from './sums';

/** The summed current of four channels of one pixel. */
// @ts-ignore: decorator
@inline
function current(args: usize, second: i32, block: usize, y: usize, z: usize, lane: usize): v128 {
  const x = affine(y, <usize>load<u32>(args, 48) + block * ROW, <usize>load<u32>(args, 52) + block * ROW, lane);
  if (second == Second.None) return x;
  if (second == Second.Spikes) return f32x4.add(x, spread(load<u32>(z) >> <u32>(lane >> 2)));
  return f32x4.add(x, affine(z, <usize>load<u32>(args, 76) + block * ROW, <usize>load<u32>(args, 80) + block * ROW, lane));
}

/** `target = Σ terms`, or its positive part. One block and one chunk of pixels a unit; arguments: ops/currents.ts. */
export function currents(args: usize, unit: i32, _scratch: usize): void {
  const pixels = load<i32>(args, 4);
  const chunk = load<i32>(args, 8);
  const chunks = (pixels + chunk - 1) / chunk;
  const block = <usize>(unit / chunks);
  const first = <usize>((unit % chunks) * chunk);
  const last = min(first + <usize>chunk, <usize>pixels);
  const y = <usize>load<u32>(args, 36) + block * <usize>load<u32>(args, 40);
  const second = load<i32>(args, 84);
  const size: usize = second == Second.Spikes ? 4 : ROW;
  const z = <usize>load<u32>(args, 64) + block * <usize>load<u32>(args, 68);
  const floor = f32x4.splat(load<f32>(args, 96)); // 0: ReLU; −Infinity: nothing
  const target = <usize>load<u32>(args, 100) + block * <usize>pixels * ROW;
  for (let i = first; i < last; i++)
    for (let lane: usize = 0; lane < ROW; lane += 16)
      v128.store(target + i * ROW + lane, f32x4.max(current(args, second, block, y + i * ROW, z + i * size, lane), floor));
}

/**
 * The gradient of the terms: that of the target where the target is above the floor; `dx` may be the gradient itself.
 * For each unit Σ g, Σ g·x̂ of the first and of the second term, 32 doubles each.
 */
export function currentsBackward(args: usize, unit: i32, scratch: usize): void {
  const pixels = load<i32>(args, 4);
  const chunk = load<i32>(args, 8);
  const chunks = (pixels + chunk - 1) / chunk;
  const block = <usize>(unit / chunks);
  const first = <usize>((unit % chunks) * chunk);
  const last = min(first + <usize>chunk, <usize>pixels);
  const y = <usize>load<u32>(args, 36) + block * <usize>load<u32>(args, 40);
  const hatScale = <usize>load<u32>(args, 56) + block * ROW;
  const hatShift = <usize>load<u32>(args, 60) + block * ROW;
  const second = load<i32>(args, 84);
  const size: usize = second == Second.Spikes ? 4 : ROW;
  const z = <usize>load<u32>(args, 64) + block * <usize>load<u32>(args, 68);
  const zHatScale = <usize>load<u32>(args, 88) + block * ROW;
  const zHatShift = <usize>load<u32>(args, 92) + block * ROW;
  const floor = f32x4.splat(load<f32>(args, 96));
  const gradient = <usize>load<u32>(args, 104) + block * <usize>pixels * ROW;
  const dx = <usize>load<u32>(args, 108) + block * <usize>pixels * ROW;
  const partial = <usize>load<u32>(args, 112) + <usize>unit * 768;
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

/** `destination += source`. args: destination, source, floats, floats per unit. */
export function add(args: usize, unit: i32, _scratch: usize): void {
  const slice = load<i32>(args, 12);
  const offset = <usize>(unit * slice) << 2;
  let to = <usize>load<u32>(args) + offset;
  let from = <usize>load<u32>(args, 4) + offset;
  const end = to + (<usize>min(load<i32>(args, 8) - unit * slice, slice) << 2);
  while (to < end) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    to += 16;
    from += 16;
  }
}
