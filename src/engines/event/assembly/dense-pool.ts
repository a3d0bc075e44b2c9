// Pools of real values, maxima of spikes, and the gradients of pools that no neuron spreads itself. One block and one
// image a unit; arguments: see ops/pool.ts. A remainder at the edge is dropped: its gradient is 0.
import { MaxBackward, MaxSpikes, Pool } from './arguments'; // generated: ../kernel-arguments.ts
import { ROW } from './layout';

/** Average of blocks. */
export function averageDense(args: Pool, unit: i32, _scratch: usize): void {
  const height = args.height;
  const width = args.width;
  const poolHeight = args.poolHeight;
  const poolWidth = args.poolWidth;
  const rows = height / poolHeight;
  const columns = width / poolWidth;
  const source = args.source + <usize>(unit * height * width) * ROW;
  let to = args.target + <usize>(unit * rows * columns) * ROW;
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

/** The gradient of an average pool's input; `source` is that of its output. */
export function averageBackward(args: Pool, unit: i32, _scratch: usize): void {
  const height = args.height;
  const width = args.width;
  const poolHeight = args.poolHeight;
  const poolWidth = args.poolWidth;
  const rows = height / poolHeight;
  const columns = width / poolWidth;
  const source = args.source + <usize>(unit * rows * columns) * ROW;
  let to = args.target + <usize>(unit * height * width) * ROW;
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

/** Maximum of blocks. */
export function maxDense(args: Pool, unit: i32, _scratch: usize): void {
  const height = args.height;
  const width = args.width;
  const poolHeight = args.poolHeight;
  const poolWidth = args.poolWidth;
  const rows = height / poolHeight;
  const columns = width / poolWidth;
  const source = args.source + <usize>(unit * height * width) * ROW;
  let to = args.target + <usize>(unit * rows * columns) * ROW;
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

/** The gradient of a max pool's input: to the first of the largest, in row order, as in PyTorch. */
export function maxDenseBackward(args: MaxBackward, unit: i32, _scratch: usize): void {
  const height = args.height;
  const width = args.width;
  const poolHeight = args.poolHeight;
  const poolWidth = args.poolWidth;
  const rows = height / poolHeight;
  const columns = width / poolWidth;
  let from = args.gradient + <usize>(unit * rows * columns) * ROW;
  const target = args.target + <usize>(unit * height * width) * ROW;
  const source = args.source + <usize>(unit * height * width) * ROW;
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

/** Maximum of blocks of spikes: their disjunction. */
export function maxSpikes(args: MaxSpikes, unit: i32, _scratch: usize): void {
  const height = args.height;
  const width = args.width;
  const poolHeight = args.poolHeight;
  const poolWidth = args.poolWidth;
  const rows = height / poolHeight;
  const columns = width / poolWidth;
  const source = args.source + <usize>((unit * height * width) << 2);
  let to = args.target + <usize>((unit * rows * columns) << 2);
  const counts = args.counts + <usize>(unit << 2);
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
export function maxSpikesBackward(args: MaxBackward, unit: i32, _scratch: usize): void {
  const height = args.height;
  const width = args.width;
  const poolHeight = args.poolHeight;
  const poolWidth = args.poolWidth;
  const rows = height / poolHeight;
  const columns = width / poolWidth;
  let from = args.gradient + <usize>(unit * rows * columns) * ROW;
  const target = args.target + <usize>(unit * height * width) * ROW;
  const source = args.source + <usize>((unit * height * width) << 2);
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
