// A layer of leaky integrate-and-fire neurons, backward through time: recomputes the potentials instead of having kept
// them. Equations: src/engines/plain/neurons.ts. The kernels themselves, one for each surrogate and second term, are generated
// (../surrogate-kernels.ts).
import { NeuronsBackward } from './arguments'; // generated: ../kernel-arguments.ts
import { affine, afterReset, potential, Second, spread } from './current';
import { put8, ROW } from './layout';
import { madd } from './madd';
import { flush, STRETCH } from './sums';
import { derivative } from './surrogates'; // generated: ../surrogate-kernels.ts

/** Pixels whose steps are worked out together: one step of them is a stretch of memory read from end to end. */
// @ts-ignore: decorator
@inline
const TILE_PIXELS: i32 = 16;
// What a thread keeps of them, bytes into its scratch.
// @ts-ignore: decorator
@inline
const SUMS: usize = 0; // Σ g, Σ g·x̂ of the first and of the second term, over a stretch of pixels
// @ts-ignore: decorator
@inline
const ZEROS: usize = 384; // the gradient of pixels outside of every pool
// @ts-ignore: decorator
@inline
const STATE: usize = 512; // by pixel: u forward, its gradient backward
// @ts-ignore: decorator
@inline
const TOTAL: usize = STATE + <usize>TILE_PIXELS * ROW; // by pixel: of the gradient over time, where it is static
// @ts-ignore: decorator
@inline
const POTENTIALS: usize = TOTAL + <usize>TILE_PIXELS * ROW; // by step and pixel: v

/** Adds g·x̂ of eight channels to the sums at `to`. */
// @ts-ignore: decorator
@inline
function addProducts(to: usize, low: v128, high: v128, x: usize, scale: usize, shift: usize, lane: usize): void {
  const sumLow = madd(low, affine(x, scale, shift, lane), v128.load(to));
  const sumHigh = madd(high, affine(x, scale, shift, lane + 16), v128.load(to, 16));
  put8(to, sumLow, sumHigh);
}

/** The gradient of a neuron's current from `g`, that of its spike, and `gU`, that of its potential after the reset. */
// @ts-ignore: decorator
@inline
function ofCurrent(
  kind: i32, g: v128, gU: v128, v: v128, theta: v128, level: v128, hard: v128, undetached: v128, delta: v128, floor: v128,
  peak: v128, a: v128, b: v128, one: v128, sign: v128,
): v128 {
  const fired = f32x4.gt(v, level);
  const gO = f32x4.sub(g, v128.and(f32x4.mul(gU, v128.bitselect(v, theta, hard)), undetached));
  // the surrogate's height times 1 + δ·sign(g_o)·(v − o), the sign by its bit: where g_o is zero the scale does not matter
  const distance = v128.xor(f32x4.sub(v, v128.and(fired, one)), v128.and(gO, sign));
  const scaled = f32x4.mul(gO, f32x4.pmax(madd(delta, distance, peak), floor));
  const gV = f32x4.mul(scaled, derivative(kind, f32x4.sub(v, theta), a, b));
  return f32x4.add(gV, v128.andnot(gU, v128.and(fired, hard)));
}

/**
 * One unit: one block and one chunk of positions. For a tile of pixels the potentials of all steps are worked out into
 * scratch, then the gradient goes from the last step to the first. Step by step, because the steps of a signal often lie
 * a large power of two apart: walked through pixel by pixel they would share few sets of the cache, and a store to one
 * step would hold up loads from the others. Arguments: see ops/neurons.ts.
 */
// @ts-ignore: decorator
@inline
export function backward(kind: i32, second: Second, args: NeuronsBackward, unit: i32, scratch: usize): void {
  const steps = args.steps;
  const positions = args.positions;
  const chunk = args.chunk;
  const chunks = (positions + chunk - 1) / chunk;
  const block = <usize>(unit / chunks);
  const first = (unit % chunks) * chunk;
  const count = min(chunk, positions - first);
  const tau = f32x4.splat(args.tau);
  const theta = f32x4.splat(args.theta);
  const level = f32x4.splat(args.level);
  const hard = i32x4.splat(args.hard);
  const y = args.y + block * args.yBlock + <usize>first * ROW;
  const yStep = args.yStep;
  const scale = args.scale + block * ROW;
  const shift = args.shift + block * ROW;
  const hatScale = args.hatScale + block * ROW;
  const hatShift = args.hatShift + block * ROW;
  const size: usize = second == Second.Spikes ? 4 : ROW;
  const z = args.z + block * args.zBlock + <usize>first * size;
  const zStep = args.zStep;
  const zScale = args.zScale + block * ROW;
  const zShift = args.zShift + block * ROW;
  const zHatScale = args.zHatScale + block * ROW;
  const zHatShift = args.zHatShift + block * ROW;
  const undetached = i32x4.splat(args.undetached);
  const delta = f32x4.splat(args.delta);
  const floor = f32x4.splat(args.floor);
  const peak = f32x4.splat(args.peak);
  const a = f32x4.splat(args.a);
  const b = f32x4.splat(args.b);
  const gradient = args.gradient + block * args.gradientBlock;
  const gradientStep = args.gradientStep;
  const height = args.height;
  const width = args.width;
  const poolHeight = args.poolHeight;
  const poolWidth = args.poolWidth;
  const dx = args.dx + block * args.dxBlock + <usize>first * ROW;
  const dxStep = args.dxStep; // 0: the current is static, and so is its gradient: a sum over time
  const partial = args.partial + <usize>unit * 768; // Σ g, Σ g·x̂ of the first term, of the second

  const rows = height / poolHeight;
  const columns = width / poolWidth;
  const share = f32x4.splat(args.share); // of a pool's gradient that each pixel gets
  const pooled = poolHeight * poolWidth > 1;
  const one = f32x4.splat(1);
  const sign = i32x4.splat(<i32>0x80000000);
  const sums = scratch + SUMS;
  const potentials = scratch + POTENTIALS;
  memory.fill(partial, 0, 768);
  memory.fill(sums, 0, 512); // and zeros
  for (let i = 0; i < count; i += TILE_PIXELS) {
    const at = <usize>i * ROW;
    const pixels = min(TILE_PIXELS, count - i);
    const bytes = <usize>pixels * ROW;
    let from = y + at;
    let other = z + <usize>i * size;
    let p = potentials;
    memory.fill(scratch + STATE, 0, bytes);
    for (let t = 0; t < steps; t++) {
      let q = other;
      for (let pixel: usize = 0; pixel < bytes; pixel += ROW) {
        const state = scratch + STATE + pixel;
        let bits: u32 = second == Second.Spikes ? load<u32>(q) : 0;
        for (let lane: usize = 0; lane < ROW; lane += 16) {
          let x = affine(from + pixel, scale, shift, lane);
          if (second == Second.Affine) x = f32x4.add(x, affine(q, zScale, zShift, lane));
          if (second == Second.Spikes) {
            x = f32x4.add(x, spread(bits));
            bits >>= 4;
          }
          const v = potential(v128.load(state + lane), x, tau);
          v128.store(p + lane, v);
          v128.store(state + lane, afterReset(v, f32x4.gt(v, level), theta, hard));
        }
        q += size;
        p += ROW;
      }
      from += yStep;
      other += zStep;
    }
    memory.fill(scratch + STATE, 0, bytes);
    if (!dxStep) memory.fill(scratch + TOTAL, 0, bytes);
    let steppedGradient = gradient + <usize>(steps - 1) * gradientStep;
    let to = dx + at + <usize>(steps - 1) * dxStep;
    for (let t = steps - 1; t >= 0; t--) {
      p -= bytes;
      from -= yStep;
      other -= zStep;
      for (let j = 0; j < pixels; j++) {
        const pixel = <usize>j * ROW;
        let inside = true;
        let place = <usize>(first + i + j);
        if (pooled) {
          const image = (first + i + j) / (height * width);
          const position = (first + i + j) % (height * width);
          const row = position / width / poolHeight;
          const column = (position % width) / poolWidth;
          inside = row < rows && column < columns; // a remainder at the edge is in no pool
          place = <usize>((image * rows + row) * columns + column);
        }
        const g = inside ? steppedGradient + place * ROW : scratch + ZEROS;
        const state = scratch + STATE + pixel;
        const total = dxStep ? sums : scratch + TOTAL + pixel;
        for (let lane: usize = 0; lane < ROW; lane += 32) {
          const gLow = f32x4.mul(v128.load(g + lane), share);
          const gHigh = f32x4.mul(v128.load(g + lane, 16), share);
          const uLow = v128.load(state + lane);
          const uHigh = v128.load(state + lane, 16);
          const vLow = v128.load(p + pixel + lane);
          const vHigh = v128.load(p + pixel + lane, 16);
          const low = ofCurrent(kind, gLow, uLow, vLow, theta, level, hard, undetached, delta, floor, peak, a, b, one, sign);
          const high = ofCurrent(kind, gHigh, uHigh, vHigh, theta, level, hard, undetached, delta, floor, peak, a, b, one, sign);
          put8(state + lane, f32x4.mul(low, tau), f32x4.mul(high, tau));
          const totalLow = f32x4.add(v128.load(total + lane), low);
          const totalHigh = f32x4.add(v128.load(total + lane, 16), high);
          put8(total + lane, totalLow, totalHigh);
          if (dxStep) {
            put8(to + pixel + lane, low, high);
            addProducts(sums + 128 + lane, low, high, from + pixel, hatScale, hatShift, lane);
            if (second == Second.Affine)
              addProducts(sums + 256 + lane, low, high, other + pixel, zHatScale, zHatShift, lane);
          }
        }
      }
      steppedGradient -= gradientStep;
      to -= dxStep;
    }
    if (!dxStep)
      for (let pixel: usize = 0; pixel < bytes; pixel += ROW)
        for (let lane: usize = 0; lane < ROW; lane += 16) {
          const total = v128.load(scratch + TOTAL + pixel + lane);
          v128.store(dx + at + pixel + lane, total);
          const sum = sums + lane;
          v128.store(sum, f32x4.add(v128.load(sum), total));
          v128.store(sum, madd(total, affine(y + at + pixel, hatScale, hatShift, lane), v128.load(sum, 128)), 128);
          if (second == Second.Affine)
            v128.store(sum, madd(total, affine(z + at + pixel, zHatScale, zHatShift, lane), v128.load(sum, 256)), 256);
        }
    if ((i + TILE_PIXELS) % STRETCH == 0 || i + TILE_PIXELS >= count) {
      for (let lane: usize = 0; lane < 384; lane += 16) flush(partial + (lane << 1), v128.load(sums + lane));
      memory.fill(sums, 0, 384);
    }
  }
}
