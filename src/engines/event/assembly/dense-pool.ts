// Pools of real values, maxima of spikes, and the gradients of pools that no neuron spreads itself. One block and one
// image a unit; arguments: see ops/pool.ts. A remainder at the edge is dropped: its gradient is 0.
import { ROW } from './layout';

// Where the sizes lie among the arguments, bytes.
// @ts-ignore: decorator
@inline
const HEIGHT: usize = 16;
// @ts-ignore: decorator
@inline
const WIDTH: usize = 20;
// @ts-ignore: decorator
@inline
const POOL_HEIGHT: usize = 24;
// @ts-ignore: decorator
@inline
const POOL_WIDTH: usize = 28;

/** Average of blocks. args: source, target, 0, images·blocks, sizes. */
export function averageDense(args: usize, unit: i32, _scratch: usize): void {
  const height = load<i32>(args + HEIGHT);
  const width = load<i32>(args + WIDTH);
  const poolHeight = load<i32>(args + POOL_HEIGHT);
  const poolWidth = load<i32>(args + POOL_WIDTH);
  const rows = height / poolHeight;
  const columns = width / poolWidth;
  const source = <usize>load<u32>(args) + <usize>(unit * height * width) * ROW;
  let to = <usize>load<u32>(args, 4) + <usize>(unit * rows * columns) * ROW;
  const share = f32x4.splat(1 / <f32>(poolHeight * poolWidth));
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      for (let lane: usize = 0; lane < ROW; lane += 16) {
        let sum = f32x4.splat(0);
        for (let y = row * poolHeight; y < (row + 1) * poolHeight; y++)
          for (let x = column * poolWidth; x < (column + 1) * poolWidth; x++)
            sum = f32x4.add(sum, v128.load(source + <usize>(y * width + x) * ROW + lane));
        v128.store(to + lane, f32x4.mul(sum, share));
      }
      to += ROW;
    }
}

/** The gradient of an average pool's input. args: gradient, target, 0, images·blocks, sizes. */
export function averageBackward(args: usize, unit: i32, _scratch: usize): void {
  const height = load<i32>(args + HEIGHT);
  const width = load<i32>(args + WIDTH);
  const poolHeight = load<i32>(args + POOL_HEIGHT);
  const poolWidth = load<i32>(args + POOL_WIDTH);
  const rows = height / poolHeight;
  const columns = width / poolWidth;
  const source = <usize>load<u32>(args) + <usize>(unit * rows * columns) * ROW;
  let to = <usize>load<u32>(args, 4) + <usize>(unit * height * width) * ROW;
  const share = f32x4.splat(1 / <f32>(poolHeight * poolWidth));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const row = y / poolHeight;
      const column = x / poolWidth;
      const inside = row < rows && column < columns;
      const from = source + <usize>(row * columns + column) * ROW;
      for (let lane: usize = 0; lane < ROW; lane += 16)
        v128.store(to + lane, inside ? f32x4.mul(v128.load(from + lane), share) : f32x4.splat(0));
      to += ROW;
    }
}

/** Maximum of blocks. args: source, target, 0, images·blocks, sizes. */
export function maxDense(args: usize, unit: i32, _scratch: usize): void {
  const height = load<i32>(args + HEIGHT);
  const width = load<i32>(args + WIDTH);
  const poolHeight = load<i32>(args + POOL_HEIGHT);
  const poolWidth = load<i32>(args + POOL_WIDTH);
  const rows = height / poolHeight;
  const columns = width / poolWidth;
  const source = <usize>load<u32>(args) + <usize>(unit * height * width) * ROW;
  let to = <usize>load<u32>(args, 4) + <usize>(unit * rows * columns) * ROW;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      for (let lane: usize = 0; lane < ROW; lane += 16) {
        let largest = f32x4.splat(-Infinity);
        for (let y = row * poolHeight; y < (row + 1) * poolHeight; y++)
          for (let x = column * poolWidth; x < (column + 1) * poolWidth; x++)
            largest = f32x4.max(largest, v128.load(source + <usize>(y * width + x) * ROW + lane));
        v128.store(to + lane, largest);
      }
      to += ROW;
    }
}

/**
 * The gradient of a max pool's input: to the first of the largest, in row order, as in PyTorch.
 * args: gradient, target, source, images·blocks, sizes.
 */
export function maxDenseBackward(args: usize, unit: i32, _scratch: usize): void {
  const height = load<i32>(args + HEIGHT);
  const width = load<i32>(args + WIDTH);
  const poolHeight = load<i32>(args + POOL_HEIGHT);
  const poolWidth = load<i32>(args + POOL_WIDTH);
  const rows = height / poolHeight;
  const columns = width / poolWidth;
  let from = <usize>load<u32>(args) + <usize>(unit * rows * columns) * ROW;
  const target = <usize>load<u32>(args, 4) + <usize>(unit * height * width) * ROW;
  const source = <usize>load<u32>(args, 8) + <usize>(unit * height * width) * ROW;
  memory.fill(target, 0, <usize>(height * width) * ROW);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      for (let lane: usize = 0; lane < ROW; lane += 16) {
        let largest = f32x4.splat(-Infinity);
        for (let y = row * poolHeight; y < (row + 1) * poolHeight; y++)
          for (let x = column * poolWidth; x < (column + 1) * poolWidth; x++)
            largest = f32x4.max(largest, v128.load(source + <usize>(y * width + x) * ROW + lane));
        let open = v128.load(from + lane); // not given away yet
        for (let y = row * poolHeight; y < (row + 1) * poolHeight; y++)
          for (let x = column * poolWidth; x < (column + 1) * poolWidth; x++) {
            const at = <usize>(y * width + x) * ROW + lane;
            const takes = f32x4.eq(v128.load(source + at), largest);
            v128.store(target + at, v128.and(open, takes));
            open = v128.andnot(open, takes);
          }
      }
      from += ROW;
    }
}

/** Maximum of blocks of spikes: their disjunction. args: words, target, 0, images·blocks, sizes. */
export function maxSpikes(args: usize, unit: i32, _scratch: usize): void {
  const height = load<i32>(args + HEIGHT);
  const width = load<i32>(args + WIDTH);
  const poolHeight = load<i32>(args + POOL_HEIGHT);
  const poolWidth = load<i32>(args + POOL_WIDTH);
  const rows = height / poolHeight;
  const columns = width / poolWidth;
  const source = <usize>load<u32>(args) + <usize>((unit * height * width) << 2);
  let to = <usize>load<u32>(args, 4) + <usize>((unit * rows * columns) << 2);
  const counts = <usize>load<u32>(args, 8) + <usize>(unit << 2);
  let ones: u32 = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let any: u32 = 0;
      for (let y = row * poolHeight; y < (row + 1) * poolHeight; y++)
        for (let x = column * poolWidth; x < (column + 1) * poolWidth; x++)
          any |= load<u32>(source + <usize>((y * width + x) << 2));
      store<u32>(to, any);
      ones += popcnt(any);
      to += 4;
    }
  store<u32>(counts, ones);
}

/** The gradient of a max pool of spikes: to the first spike of a block, or to its first pixel where there is none. */
export function maxSpikesBackward(args: usize, unit: i32, _scratch: usize): void {
  const height = load<i32>(args + HEIGHT);
  const width = load<i32>(args + WIDTH);
  const poolHeight = load<i32>(args + POOL_HEIGHT);
  const poolWidth = load<i32>(args + POOL_WIDTH);
  const rows = height / poolHeight;
  const columns = width / poolWidth;
  let from = <usize>load<u32>(args) + <usize>(unit * rows * columns) * ROW;
  const target = <usize>load<u32>(args, 4) + <usize>(unit * height * width) * ROW;
  const source = <usize>load<u32>(args, 8) + <usize>((unit * height * width) << 2);
  memory.fill(target, 0, <usize>(height * width) * ROW);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let any: u32 = 0;
      for (let y = row * poolHeight; y < (row + 1) * poolHeight; y++)
        for (let x = column * poolWidth; x < (column + 1) * poolWidth; x++)
          any |= load<u32>(source + <usize>((y * width + x) << 2));
      let none = ~any;
      let open: u32 = 0xffffffff;
      for (let y = row * poolHeight; y < (row + 1) * poolHeight; y++)
        for (let x = column * poolWidth; x < (column + 1) * poolWidth; x++) {
          const at = <usize>(y * width + x);
          const takes = open & (load<u32>(source + (at << 2)) | none);
          none = 0; // only the first pixel takes the gradient of a block without spikes
          open &= ~takes;
          for (let lane: usize = 0; lane < ROW; lane += 16) {
            const places = i32x4.shl(i32x4(1, 2, 4, 8), <i32>(lane >> 2));
            const mask = i32x4.eq(v128.and(i32x4.splat(takes), places), places);
            v128.store(target + at * ROW + lane, v128.and(v128.load(from + lane), mask));
          }
        }
      from += ROW;
    }
}
