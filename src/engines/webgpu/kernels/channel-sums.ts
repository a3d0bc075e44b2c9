// Sums over the pixels by channel: the gradient of a bias. Chunks of pixels are summed to a signal of as many pixels as there are chunks,
// which is summed in its turn.
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import { type Dispatch, dispatch } from '../dispatch.js';
import type { SignalShape } from './moments.js';
import { overRows } from './reduce.js';
import { spread } from './grid.js';

/** Pixels that one workgroup adds up. */
const CHUNK = 2048;

const chunksOf = (pixels: number): number => Math.ceil(pixels / CHUNK);

/** Bytes of the sums of chunks; 0 where one workgroup adds up all pixels of a block. */
export const channelSumsBytes = ({ channels, pixels }: SignalShape): number =>
  chunksOf(pixels) === 1 ? 0 : blocksOf(channels) * chunksOf(pixels) * 128;

/**
 * `target = Σ y` over the pixels.
 *
 * @param target - a vector by channel
 * @param partial - {@link channelSumsBytes}; not needed where that is 0
 */
export function channelSums(shape: SignalShape, y: Region, target: Region, partial = target): Dispatch[] {
  const chunks = chunksOf(shape.pixels);
  if (chunks === 1) return [sumsOfChunks(shape, y, target, CHUNK)];
  const sums = { channels: shape.channels, pixels: chunks };
  return [sumsOfChunks(shape, y, partial, CHUNK), sumsOfChunks(sums, partial, target, chunks)];
}

/** Sums of so many pixels each, as a dense signal of one pixel a chunk. */
function sumsOfChunks({ channels, pixels }: SignalShape, y: Region, target: Region, chunk: number): Dispatch {
  const chunks = Math.ceil(pixels / chunk);
  const { x, y: rows } = spread(chunks);
  return dispatch(
    'channelSums',
    [x, blocksOf(channels), rows],
    [
      { name: 'y', type: 'vec4f', region: y },
      { name: 'sums', type: 'vec4f', region: target },
    ],
    { PIXELS: pixels, CHUNK: chunk, CHUNKS: chunks },
    `${overRows(256)}
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) i: u32) {
  let chunk = group.z * groups.x + group.x;
  if (chunk >= CHUNKS) { return; }
  let end = min(PIXELS, (chunk + 1u) * CHUNK);
  var own = vec4f();
  for (var p = chunk * CHUNK + (i >> 3u); p < end; p += 32u) { own += y[(group.y * PIXELS + p) * 8u + (i & 7u)]; }
  let sum = over_rows(i, own);
  if (i < 8u) { sums[(group.y * CHUNKS + chunk) * 8u + i] = sum; }
}`,
  );
}
