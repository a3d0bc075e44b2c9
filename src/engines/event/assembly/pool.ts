// Pools of spikes, word by word: 32 channels at a time.
import { AverageOfPlanes, AverageSpikes, PoolPlanes } from './arguments'; // generated: ../kernel-arguments.ts
import { ROW } from './layout';

/**
 * Average pool 2×2 of spikes as the three bit planes of the count. One block and one chunk of output pixels a unit;
 * counts the ones of each plane. Arguments: see ops/pool.ts.
 */
export function poolPlanes(args: PoolPlanes, unit: i32, _scratch: usize): void {
  const images = args.images;
  const height = args.height;
  const width = args.width;
  const chunk = args.chunk;
  const blocks = args.blocks;
  const rows = height >> 1;
  const columns = width >> 1;
  const pixels = images * rows * columns;
  const chunks = (pixels + chunk - 1) / chunk;
  const block = unit / chunks;
  const first = (unit % chunks) * chunk;
  const last = min(first + chunk, pixels);
  const from = args.words + <usize>(block * images * height * width * 4);
  const plane = <usize>(blocks * pixels * 4);
  let to = args.planes + <usize>((block * pixels + first) << 2);
  const counts = args.counts + <usize>(unit * 12);
  let ones0: u32 = 0;
  let ones1: u32 = 0;
  let ones2: u32 = 0;
  for (let pixel = first; pixel < last; pixel++) {
    const image = pixel / (rows * columns);
    const position = pixel % (rows * columns);
    const corner = (image * height + (position / columns) * 2) * width + (position % columns) * 2;
    const at = from + <usize>(corner << 2);
    const below = at + <usize>(width << 2);
    const a = load<u32>(at);
    const b = load<u32>(at, 4);
    const c = load<u32>(below);
    const d = load<u32>(below, 4);
    const odd = a ^ b;
    const oddBelow = c ^ d;
    const two = a & b;
    const twoBelow = c & d;
    const carry = odd & oddBelow;
    const p0 = odd ^ oddBelow;
    const p1 = two ^ twoBelow ^ carry;
    const p2 = two & twoBelow; // a carry and a two on one side make no four
    store<u32>(to, p0);
    store<u32>(to + plane, p1);
    store<u32>(to + 2 * plane, p2);
    ones0 += popcnt(p0);
    ones1 += popcnt(p1);
    ones2 += popcnt(p2);
    to += 4;
  }
  store<u32>(counts, ones0);
  store<u32>(counts, ones1, 4);
  store<u32>(counts, ones2, 8);
}

/** Average pool of spikes, any size, as floats: one block and one image a unit. Arguments: see ops/pool.ts. */
export function averageSpikes(args: AverageSpikes, unit: i32, _scratch: usize): void {
  const images = args.images;
  const height = args.height;
  const width = args.width;
  const poolHeight = args.poolHeight;
  const poolWidth = args.poolWidth;
  const rows = height / poolHeight;
  const columns = width / poolWidth;
  const block = unit / images;
  const image = unit % images;
  const from = args.words + <usize>((block * images + image) * height * width * 4);
  let to = args.target + <usize>((block * images + image) * rows * columns) * ROW;
  const share = f32x4.splat(1 / <f32>(poolHeight * poolWidth));
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let places = i32x4(1, 2, 4, 8);
      for (let lane: usize = 0; lane < ROW; lane += 16) {
        let count = i32x4.splat(0);
        for (let y = row * poolHeight; y < (row + 1) * poolHeight; y++) {
          let at = from + <usize>((y * width + column * poolWidth) << 2);
          const end = at + <usize>(poolWidth << 2);
          while (at < end) {
            count = i32x4.sub(count, i32x4.eq(v128.and(v128.load32_splat(at), places), places));
            at += 4;
          }
        }
        v128.store(to + lane, f32x4.mul(f32x4.convert_i32x4_s(count), share));
        places = i32x4.shl(places, 4);
      }
      to += ROW;
    }
}

/** The average that three planes stand for, as floats: one block and one chunk of pixels a unit. Arguments: ops/pool.ts. */
export function averageOfPlanes(args: AverageOfPlanes, unit: i32, _scratch: usize): void {
  const pixels = args.pixels;
  const blocks = args.blocks;
  const chunk = args.chunk;
  const chunks = (pixels + chunk - 1) / chunk;
  const block = unit / chunks;
  const first = (unit % chunks) * chunk;
  const plane = <usize>(blocks * pixels * 4);
  let from = args.planes + <usize>((block * pixels + first) << 2);
  let to = args.target + <usize>(block * pixels + first) * ROW;
  const quarter = f32x4.splat(0.25);
  const half = f32x4.splat(0.5);
  const one = f32x4.splat(1);
  for (const end = from + <usize>(min(chunk, pixels - first) << 2); from < end; from += 4) {
    let places = i32x4(1, 2, 4, 8);
    for (let lane: usize = 0; lane < ROW; lane += 16) {
      const quarters = v128.and(set(from, places), quarter);
      const halves = v128.and(set(from + plane, places), half);
      const ones = v128.and(set(from + 2 * plane, places), one);
      v128.store(to + lane, f32x4.add(f32x4.add(quarters, halves), ones));
      places = i32x4.shl(places, 4);
    }
    to += ROW;
  }
}

/** The mask of the places that are set in the word at an address. */
// @ts-ignore: decorator
@inline
function set(word: usize, places: v128): v128 {
  return i32x4.eq(v128.and(v128.load32_splat(word), places), places);
}
