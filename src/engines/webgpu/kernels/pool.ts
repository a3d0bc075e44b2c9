// Average pools and max pools, forward and backward; a remainder at the edge is dropped. One invocation has four channels of a pixel.
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import { type Dispatch, dispatch, f32 } from '../dispatch.js';
import { bitsOf, each, grid } from './grid.js';

/** The size of what is pooled, and of the pool. */
export interface Pool {
  channels: number;
  images: number;
  height: number;
  width: number;
  poolHeight: number;
  poolWidth: number;
}

/** What is pooled: spike words or dense values. */
export interface Pooled {
  kind: 'spikes' | 'dense';
  region: Region;
}

const sizes = ({ height, width, poolHeight, poolWidth }: Pool) => ({
  ...{ H: height, W: width, POOL_H: poolHeight, POOL_W: poolWidth },
  ...{ OUT_H: Math.floor(height / poolHeight), OUT_W: Math.floor(width / poolWidth) },
});

const inputPixels = ({ channels, images, height, width }: Pool): number =>
  blocksOf(channels) * images * height * width;
const outputPixels = (pool: Pool): number => {
  const { OUT_H, OUT_W } = sizes(pool);
  return blocksOf(pool.channels) * pool.images * OUT_H * OUT_W;
};

const source = ({ kind, region }: Pooled) =>
  ({ name: 'x', type: kind === 'spikes' ? 'u32' : 'vec4f', region }) as const;
const loaded = ({ kind }: Pooled, at: string): string =>
  kind === 'spikes' ? bitsOf(`x[${at}]`) : `x[(${at}) * 8u + lane]`;

/** Statements: `corner`, the first pixel of the window of output pixel `o`; images count through all blocks. */
const CORNER = `let corner = ((o / (OUT_H * OUT_W)) * H + (o / OUT_W) % OUT_H * POOL_H) * W + o % OUT_W * POOL_W;`;

/** Statements: of input pixel `p` the output pixel `o` whose window has it, where `inside`. */
const WINDOW = `
  let image = p / (H * W);
  let row = (p / W) % H / POOL_H;
  let column = p % W / POOL_W;
  let inside = row < OUT_H && column < OUT_W;
  let o = select(0u, (image * OUT_H + row) * OUT_W + column, inside);`;

/** Averages as dense values: of spikes exact where the pool's size is a power of two. */
export function averagePool(pool: Pool, x: Pooled, target: Region): Dispatch {
  const { groups, numbers } = grid(outputPixels(pool) * 8);
  const { poolHeight, poolWidth } = pool;
  return dispatch(
    'averagePool',
    groups,
    [source(x), { name: 'y', type: 'vec4f', region: target }],
    { ...numbers, ...sizes(pool), SHARE: f32(1 / (poolHeight * poolWidth)) },
    each(`
  let lane = e & 7u;
  let o = e >> 3u;
  ${CORNER}
  var sum = vec4f(0);
  for (var r = 0u; r < POOL_H; r++) {
    for (var c = 0u; c < POOL_W; c++) { sum += ${loaded(x, 'corner + r * W + c')}; }
  }
  y[e] = sum * SHARE;`),
  );
}

/** The gradient of an average pool's input. */
export function spreadGradient(pool: Pool, gradient: Region, target: Region): Dispatch {
  const { groups, numbers } = grid(inputPixels(pool) * 8);
  return dispatch(
    'spreadGradient',
    groups,
    [
      { name: 'gradient', type: 'vec4f', region: gradient },
      { name: 'dx', type: 'vec4f', region: target },
    ],
    { ...numbers, ...sizes(pool), SHARE: f32(1 / (pool.poolHeight * pool.poolWidth)) },
    each(`
  let lane = e & 7u;
  let p = e >> 3u;
  ${WINDOW}
  dx[e] = select(vec4f(0), gradient[o * 8u + lane] * SHARE, inside);`),
  );
}

/** A max pool: of spikes as spikes. */
export function maxPool(pool: Pool, x: Pooled, target: Region): Dispatch {
  const spikes = x.kind === 'spikes';
  const { groups, numbers } = grid(outputPixels(pool) * (spikes ? 1 : 8));
  const body = spikes
    ? `
  let o = e;
  ${CORNER}
  var any = 0u;
  for (var r = 0u; r < POOL_H; r++) {
    for (var c = 0u; c < POOL_W; c++) { any |= x[corner + r * W + c]; }
  }
  y[e] = any;`
    : `
  let lane = e & 7u;
  let o = e >> 3u;
  ${CORNER}
  var largest = ${loaded(x, 'corner')};
  for (var r = 0u; r < POOL_H; r++) {
    for (var c = 0u; c < POOL_W; c++) { largest = max(largest, ${loaded(x, 'corner + r * W + c')}); }
  }
  y[e] = largest;`;
  return dispatch(
    spikes ? 'maxPoolSpikes' : 'maxPool',
    groups,
    [source(x), { name: 'y', type: spikes ? 'u32' : 'vec4f', region: target }],
    { ...numbers, ...sizes(pool) },
    each(body),
  );
}

/** The gradient of a max pool's input: to the first of the largest, in row order. */
export function maxPoolGradient(pool: Pool, x: Pooled, gradient: Region, target: Region): Dispatch {
  const { groups, numbers } = grid(inputPixels(pool) * 8);
  return dispatch(
    x.kind === 'spikes' ? 'maxPoolSpikesGradient' : 'maxPoolGradient',
    groups,
    [
      source(x),
      { name: 'gradient', type: 'vec4f', region: gradient },
      { name: 'dx', type: 'vec4f', region: target },
    ],
    { ...numbers, ...sizes(pool) },
    each(`
  let lane = e & 7u;
  let p = e >> 3u;
  ${WINDOW}
  ${CORNER}
  var largest = ${loaded(x, 'corner')};
  var first = vec4u(corner);
  for (var r = 0u; r < POOL_H; r++) {
    for (var c = 0u; c < POOL_W; c++) {
      let at = corner + r * W + c;
      let value = ${loaded(x, 'at')};
      first = select(first, vec4u(at), value > largest);
      largest = max(largest, value);
    }
  }
  let takes = (first == vec4u(p)) & vec4<bool>(inside);
  dx[e] = select(vec4f(0), gradient[o * 8u + lane], takes);`),
  );
}

/** Spikes as numbers. */
export function values(channels: number, pixels: number, words: Region, target: Region): Dispatch {
  const { groups, numbers } = grid(blocksOf(channels) * pixels * 8);
  return dispatch(
    'values',
    groups,
    [
      { name: 'x', type: 'u32', region: words },
      { name: 'y', type: 'vec4f', region: target },
    ],
    numbers,
    each(`let lane = e & 7u; y[e] = ${bitsOf('x[e >> 3u]')};`),
  );
}
