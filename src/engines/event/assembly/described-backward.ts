// A layer of neurons of equations, backward through time: runs the steps of a tile of pixels again, keeping what the backward
// step reads, and then goes back. The steps are generated (../generate); the loops are those of neurons-backward.ts.
import { DescribedBackward } from './arguments'; // generated: ../kernel-arguments.ts
import { affine, Second } from './current';
import { CONSTANTS, putConstants } from './functions';
import { ROW } from './layout';
import { madd } from './madd';
import { backward, KEPT, OWNED, recompute, rest, STATES, SUMS, VECTORS } from './step'; // generated: ../generate/neuron-code.ts
import { flush, STRETCH } from './sums';

// What a thread keeps, bytes into its scratch.
// @ts-ignore: decorator
@inline
const ZEROS: usize = 384; // behind Σ g and both Σ g·x̂: the gradient of pixels outside of every pool
// @ts-ignore: decorator
@inline
const OF_PARAMETERS: usize = 512; // sums of the gradients of parameters, over a stretch of pixels
// @ts-ignore: decorator
@inline
const OF_FUNCTIONS: usize = OF_PARAMETERS + <usize>SUMS * ROW; // their constants
// @ts-ignore: decorator
@inline
const TILE: usize = OF_FUNCTIONS + CONSTANTS; // by pixel: states, then their gradients

/** Adds g·x̂ of four channels to a sum. */
// @ts-ignore: decorator
@inline
function addProduct(to: usize, g: v128, x: usize, scale: usize, shift: usize, lane: usize): void {
  v128.store(to + lane, madd(g, affine(x, scale, shift, lane), v128.load(to + lane)));
}

/** One unit: one block and one chunk of positions. Arguments: see ops/described-neurons.ts. */
// @ts-ignore: decorator
@inline
function run(second: Second, args: DescribedBackward, unit: i32, scratch: usize): void {
  const steps = args.steps;
  const positions = args.positions;
  const ownPixels = args.pixels;
  const chunk = args.chunk;
  const tile = args.tile;
  const chunks = (positions + chunk - 1) / chunk;
  const block = <usize>(unit / chunks);
  const first = (unit % chunks) * chunk;
  const count = min(chunk, positions - first);
  const table = args.table + block * args.tableBlock;
  const own = changetype<usize>(args) + offsetof<DescribedBackward>();
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
  const gradient = args.gradient + block * args.gradientBlock;
  const gradientStep = args.gradientStep;
  const height = args.height;
  const width = args.width;
  const poolHeight = args.poolHeight;
  const poolWidth = args.poolWidth;
  const dx = args.dx + block * args.dxBlock + <usize>first * ROW;
  const dxStep = args.dxStep; // 0: the current is static, and so is its gradient: a sum over time
  const partial = args.partial + <usize>unit * 768; // Σ g, Σ g·x̂ of the first term, of the second
  const ofParameters = args.sums + <usize>unit * <usize>SUMS * 256;
  const owned = args.owned + (block * <usize>positions + <usize>first) * ROW;
  const ownedParameter = args.ownedParameter;

  const rows = height / poolHeight;
  const columns = width / poolWidth;
  const share = f32x4.splat(args.share); // of a pool's gradient that each pixel gets
  const pooled = poolHeight * poolWidth > 1;
  const states = scratch + TILE;
  const totals = states + <usize>(STATES * tile) * ROW; // of the gradient over time, where it is static
  const ownTotals = totals + <usize>tile * ROW; // of the gradients of a neuron's own parameters
  const kept = ownTotals + <usize>(OWNED * tile) * ROW; // by step and pixel
  memory.fill(partial, 0, 768);
  memory.fill(ofParameters, 0, <usize>SUMS * 256);
  memory.fill(scratch, 0, OF_FUNCTIONS); // sums and zeros
  const constants = scratch + OF_FUNCTIONS;
  putConstants(constants);
  for (let i = 0; i < count; i += tile) {
    const at = <usize>i * ROW;
    const pixels = min(tile, count - i);
    let from = y + at;
    let other = z + <usize>i * size;
    let p = kept;
    for (let j: usize = 0; j < <usize>pixels; j++)
      for (let lane: usize = 0; lane < ROW; lane += 16) rest(states + j * <usize>STATES * ROW + lane);
    for (let t = 0; t < steps; t++) {
      let q = other;
      for (let j: usize = 0; j < <usize>pixels; j++) {
        const state = states + j * <usize>STATES * ROW;
        const place = (block * <usize>ownPixels + <usize>((first + i + <i32>j) % ownPixels)) * ROW;
        const bits: u32 = second == Second.Spikes ? load<u32>(q) : 0;
        for (let lane: usize = 0; lane < ROW; lane += 16 * <usize>VECTORS)
          recompute(
            second, from + j * ROW + lane, scale + lane, shift + lane, q + lane, zScale + lane, zShift + lane, bits >> <u32>(lane >> 2),
            state + lane, p + lane, table + lane, own, place + lane, constants,
          );
        q += size;
        p += <usize>KEPT * ROW;
      }
      from += yStep;
      other += zStep;
    }
    memory.fill(states, 0, <usize>((STATES + 1 + OWNED) * tile) * ROW);
    let steppedGradient = gradient + <usize>(steps - 1) * gradientStep;
    let to = dx + at + <usize>(steps - 1) * dxStep;
    for (let t = steps - 1; t >= 0; t--) {
      p -= <usize>(pixels * KEPT) * ROW;
      from -= yStep;
      other -= zStep;
      for (let j = 0; j < pixels; j++) {
        const pixel = <usize>j * ROW;
        let inside = true;
        let where = <usize>(first + i + j);
        if (pooled) {
          const image = (first + i + j) / (height * width);
          const position = (first + i + j) % (height * width);
          const row = position / width / poolHeight;
          const column = (position % width) / poolWidth;
          inside = row < rows && column < columns; // a remainder at the edge is in no pool
          where = <usize>((image * rows + row) * columns + column);
        }
        const g = inside ? steppedGradient + where * ROW : scratch + ZEROS;
        const place = (block * <usize>ownPixels + <usize>((first + i + j) % ownPixels)) * ROW;
        const total = dxStep ? scratch : totals + pixel;
        for (let lane: usize = 0; lane < ROW; lane += 16) {
          const made = backward(
            f32x4.mul(v128.load(g + lane), share),
            states + pixel * <usize>STATES + lane,
            p + pixel * <usize>KEPT + lane,
            table + lane, own, place + lane, constants,
            scratch + OF_PARAMETERS + lane,
            ownTotals + pixel * <usize>OWNED + lane,
          );
          const d = v128.and(made, v128.load(table + lane));
          v128.store(total + lane, f32x4.add(v128.load(total + lane), d));
          if (dxStep) {
            v128.store(to + pixel + lane, d);
            addProduct(scratch + 128, d, from + pixel, hatScale, hatShift, lane);
            if (second == Second.Affine) addProduct(scratch + 256, d, other + pixel, zHatScale, zHatShift, lane);
          }
        }
      }
      steppedGradient -= gradientStep;
      to -= dxStep;
    }
    if (!dxStep)
      for (let pixel: usize = 0; pixel < <usize>pixels * ROW; pixel += ROW)
        for (let lane: usize = 0; lane < ROW; lane += 16) {
          const total = v128.load(totals + pixel + lane);
          v128.store(dx + at + pixel + lane, total);
          v128.store(scratch + lane, f32x4.add(v128.load(scratch + lane), total));
          addProduct(scratch + 128, total, y + at + pixel, hatScale, hatShift, lane);
          if (second == Second.Affine) addProduct(scratch + 256, total, z + at + pixel, zHatScale, zHatShift, lane);
        }
    for (let k: usize = 0; k < <usize>OWNED; k++)
      for (let j: usize = 0; j < <usize>pixels; j++)
        for (let lane: usize = 0; lane < ROW; lane += 16) {
          const total = v128.load(ownTotals + (j * <usize>OWNED + k) * ROW + lane);
          v128.store(owned + k * ownedParameter + at + j * ROW + lane, v128.and(total, v128.load(table + lane)));
        }
    if ((i + tile) % STRETCH == 0 || i + tile >= count) {
      for (let lane: usize = 0; lane < 384; lane += 16) flush(partial + (lane << 1), v128.load(scratch + lane));
      for (let lane: usize = 0; lane < <usize>SUMS * ROW; lane += 16)
        flush(ofParameters + (lane << 1), v128.load(scratch + OF_PARAMETERS + lane));
      memory.fill(scratch, 0, OF_FUNCTIONS);
    }
  }
}

export function describedBackward(args: DescribedBackward, unit: i32, scratch: usize): void {
  run(Second.None, args, unit, scratch);
}
export function describedBackwardAffine(args: DescribedBackward, unit: i32, scratch: usize): void {
  run(Second.Affine, args, unit, scratch);
}
export function describedBackwardSpikes(args: DescribedBackward, unit: i32, scratch: usize): void {
  run(Second.Spikes, args, unit, scratch);
}
