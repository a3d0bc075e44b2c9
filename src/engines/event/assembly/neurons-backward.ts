// A layer of leaky integrate-and-fire neurons, backward through time: recomputes the potentials instead of having kept
// them. Equations: src/neuron.ts and src/engines/tfjs/lif.ts.
import { affine, afterReset, potential, Second, spread } from './current';
import { clear, ROW } from './layout';
import { madd } from './madd';
import { flush, STRETCH } from './sums';
import { derivative, Surrogate } from './surrogate';

// What a thread keeps of one pixel's 32 channels, bytes into its scratch.
// @ts-ignore: decorator
@inline
const SUMS: usize = 0; // Σ g, Σ g·x̂ of the first and of the second term, over a stretch of pixels
// @ts-ignore: decorator
@inline
const STATE: usize = 384; // u forward, its gradient backward
// @ts-ignore: decorator
@inline
const TOTAL: usize = 512; // of the gradient over time
// @ts-ignore: decorator
@inline
const POTENTIALS: usize = 640; // v of every step

/**
 * One unit: one block and one chunk of positions. For each pixel the potentials of all steps are worked out into
 * scratch, then the gradient goes from the last step to the first. The 32 channels of a step are the inner loop: they
 * do not wait for each other. Arguments: see ops/neurons.ts.
 */
// @ts-ignore: decorator
@inline
function backward(kind: Surrogate, second: Second, args: usize, unit: i32, scratch: usize): void {
  const steps = load<i32>(args);
  const positions = load<i32>(args, 4);
  const chunk = load<i32>(args, 8);
  const chunks = (positions + chunk - 1) / chunk;
  const block = <usize>(unit / chunks);
  const first = (unit % chunks) * chunk;
  const count = min(chunk, positions - first);
  const tau = f32x4.splat(load<f32>(args, 12));
  const theta = f32x4.splat(load<f32>(args, 16));
  const hard = i32x4.splat(load<i32>(args, 20));
  const y = <usize>load<u32>(args, 36) + block * <usize>load<u32>(args, 40) + <usize>first * ROW;
  const yStep = <usize>load<u32>(args, 44);
  const scale = <usize>load<u32>(args, 48) + block * ROW;
  const shift = <usize>load<u32>(args, 52) + block * ROW;
  const hatScale = <usize>load<u32>(args, 56) + block * ROW;
  const hatShift = <usize>load<u32>(args, 60) + block * ROW;
  const size: usize = second == Second.Spikes ? 4 : ROW;
  const z = <usize>load<u32>(args, 64) + block * <usize>load<u32>(args, 68) + <usize>first * size;
  const zStep = <usize>load<u32>(args, 72);
  const zScale = <usize>load<u32>(args, 76) + block * ROW;
  const zShift = <usize>load<u32>(args, 80) + block * ROW;
  const zHatScale = <usize>load<u32>(args, 88) + block * ROW;
  const zHatShift = <usize>load<u32>(args, 92) + block * ROW;
  const undetached = i32x4.splat(load<i32>(args, 96));
  const delta = f32x4.splat(load<f32>(args, 100));
  const floor = f32x4.splat(load<f32>(args, 104));
  const a = f32x4.splat(load<f32>(args, 108));
  const b = f32x4.splat(load<f32>(args, 112));
  const gradient = <usize>load<u32>(args, 116) + block * <usize>load<u32>(args, 120);
  const gradientStep = <usize>load<u32>(args, 124);
  const height = load<i32>(args, 128);
  const width = load<i32>(args, 132);
  const poolHeight = load<i32>(args, 136);
  const poolWidth = load<i32>(args, 140);
  const dx = <usize>load<u32>(args, 144) + block * <usize>load<u32>(args, 148) + <usize>first * ROW;
  const dxStep = <usize>load<u32>(args, 152); // 0: the current is static, and so is its gradient: a sum over time
  const partial = <usize>load<u32>(args, 156) + <usize>unit * 768; // Σ g, Σ g·x̂ of the first term, of the second

  const rows = height / poolHeight;
  const columns = width / poolWidth;
  const share = f32x4.splat(1 / <f32>(poolHeight * poolWidth));
  const pooled = poolHeight * poolWidth > 1;
  const one = f32x4.splat(1);
  const sign = i32x4.splat(<i32>0x80000000);
  const potentials = scratch + POTENTIALS;
  const sums = scratch + SUMS;
  memory.fill(partial, 0, 768);
  clear(sums, 384);
  for (let i = 0; i < count; i++) {
    const at = <usize>i * ROW;
    let inside = true;
    let place = <usize>(first + i);
    if (pooled) {
      const perImage = height * width;
      const image = (first + i) / perImage;
      const position = (first + i) % perImage;
      const row = position / width / poolHeight;
      const column = (position % width) / poolWidth;
      inside = row < rows && column < columns; // a remainder at the edge is in no pool
      place = <usize>((image * rows + row) * columns + column);
    }
    let from = y + at;
    let other = z + <usize>i * size;
    let p = potentials;
    clear(scratch + STATE, ROW);
    for (let t = 0; t < steps; t++) {
      let bits: u32 = second == Second.Spikes ? load<u32>(other) : 0;
      for (let lane: usize = 0; lane < ROW; lane += 16) {
        let x = affine(from, scale, shift, lane);
        if (second == Second.Affine) x = f32x4.add(x, affine(other, zScale, zShift, lane));
        if (second == Second.Spikes) {
          x = f32x4.add(x, spread(bits));
          bits >>= 4;
        }
        const state = scratch + lane;
        const v = potential(v128.load(state, STATE), x, tau);
        v128.store(p + lane, v);
        v128.store(state, afterReset(v, f32x4.gt(v, theta), theta, hard), STATE);
      }
      from += yStep;
      other += zStep;
      p += ROW;
    }
    clear(scratch + STATE, 2 * ROW); // STATE and TOTAL
    let g = gradient + place * ROW + <usize>(steps - 1) * gradientStep;
    let to = dx + at + <usize>(steps - 1) * dxStep;
    for (let t = steps - 1; t >= 0; t--) {
      p -= ROW;
      from -= yStep;
      other -= zStep;
      for (let lane: usize = 0; lane < ROW; lane += 16) {
        const state = scratch + lane;
        const gU = v128.load(state, STATE); // gradient of the potential after the reset
        const v = v128.load(p + lane);
        const fired = f32x4.gt(v, theta);
        let gO = f32x4.splat(0);
        if (inside) gO = f32x4.mul(v128.load(g + lane), share);
        gO = f32x4.sub(gO, v128.and(f32x4.mul(gU, v128.bitselect(v, theta, hard)), undetached));
        // 1 + δ·sign(g_o)·(v − o), the sign by its bit: where g_o is zero the scale does not matter
        const distance = v128.xor(f32x4.sub(v, v128.and(fired, one)), v128.and(gO, sign));
        const scaled = f32x4.mul(gO, f32x4.max(f32x4.add(f32x4.mul(delta, distance), one), floor));
        const gV = f32x4.mul(scaled, derivative(kind, f32x4.sub(v, theta), a, b));
        const gX = f32x4.add(gV, v128.andnot(gU, v128.and(fired, hard)));
        v128.store(state, f32x4.mul(gX, tau), STATE);
        v128.store(state, f32x4.add(v128.load(state, TOTAL), gX), TOTAL);
        if (dxStep) {
          v128.store(to + lane, gX);
          v128.store(state, madd(gX, affine(from, hatScale, hatShift, lane), v128.load(state, 128)), 128);
          if (second == Second.Affine)
            v128.store(state, madd(gX, affine(other, zHatScale, zHatShift, lane), v128.load(state, 256)), 256);
        }
      }
      g -= gradientStep;
      to -= dxStep;
    }
    for (let lane: usize = 0; lane < ROW; lane += 16) {
      const state = scratch + lane;
      const total = v128.load(state, TOTAL);
      v128.store(state, f32x4.add(v128.load(state), total));
      if (dxStep) continue;
      v128.store(dx + at + lane, total);
      v128.store(state, madd(total, affine(y + at, hatScale, hatShift, lane), v128.load(state, 128)), 128);
      if (second == Second.Affine)
        v128.store(state, madd(total, affine(z + at, zHatScale, zHatShift, lane), v128.load(state, 256)), 256);
    }
    if ((i + 1) % STRETCH == 0 || i == count - 1) {
      for (let lane: usize = 0; lane < 384; lane += 16) flush(partial + (lane << 1), v128.load(sums + lane));
      clear(sums, 384);
    }
  }
}

export function neuronsBackwardRectangle(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Rectangle, Second.None, args, unit, scratch);
}
export function neuronsBackwardRectangleAffine(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Rectangle, Second.Affine, args, unit, scratch);
}
export function neuronsBackwardRectangleSpikes(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Rectangle, Second.Spikes, args, unit, scratch);
}
export function neuronsBackwardTriangle(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Triangle, Second.None, args, unit, scratch);
}
export function neuronsBackwardTriangleAffine(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Triangle, Second.Affine, args, unit, scratch);
}
export function neuronsBackwardTriangleSpikes(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Triangle, Second.Spikes, args, unit, scratch);
}
export function neuronsBackwardSigmoid(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Sigmoid, Second.None, args, unit, scratch);
}
export function neuronsBackwardSigmoidAffine(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Sigmoid, Second.Affine, args, unit, scratch);
}
export function neuronsBackwardSigmoidSpikes(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Sigmoid, Second.Spikes, args, unit, scratch);
}
export function neuronsBackwardAtan(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Atan, Second.None, args, unit, scratch);
}
export function neuronsBackwardAtanAffine(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Atan, Second.Affine, args, unit, scratch);
}
export function neuronsBackwardAtanSpikes(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Atan, Second.Spikes, args, unit, scratch);
}
export function neuronsBackwardGaussian(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Gaussian, Second.None, args, unit, scratch);
}
export function neuronsBackwardGaussianAffine(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Gaussian, Second.Affine, args, unit, scratch);
}
export function neuronsBackwardGaussianSpikes(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Gaussian, Second.Spikes, args, unit, scratch);
}
export function neuronsBackwardFastSigmoid(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.FastSigmoid, Second.None, args, unit, scratch);
}
export function neuronsBackwardFastSigmoidAffine(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.FastSigmoid, Second.Affine, args, unit, scratch);
}
export function neuronsBackwardFastSigmoidSpikes(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.FastSigmoid, Second.Spikes, args, unit, scratch);
}
export function neuronsBackwardIdentity(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Identity, Second.None, args, unit, scratch);
}
export function neuronsBackwardIdentityAffine(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Identity, Second.Affine, args, unit, scratch);
}
export function neuronsBackwardIdentitySpikes(args: usize, unit: i32, scratch: usize): void {
  backward(Surrogate.Identity, Second.Spikes, args, unit, scratch);
}
