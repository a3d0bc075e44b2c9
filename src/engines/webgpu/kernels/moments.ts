// Mean and variance by channel, in two fixed stages: partial moments of chunks of pixels, merged by Chan's formula, in which nothing
// cancels however far the mean lies from 0.
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import { type Dispatch, dispatch } from '../dispatch.js';
import { overRows } from './reduce.js';

/** Floats of the moments of a chunk: the means of 32 channels, then their Σ (y − mean)². */
export const MOMENT_FLOATS = 64;

/** Pixels of a chunk of {@link moments}. */
export const MOMENT_CHUNK = 1024;

/** Channels of a signal, and how many pixels of each. */
export interface SignalShape {
  channels: number;
  pixels: number;
}

/** Partial moments, `[block][chunk]`: every chunk has so many pixels, but the last. */
export interface PartialMoments {
  region: Region;
  chunk: number;
}

/** Bytes of the partial moments of a signal. */
export const momentBytes = ({ channels, pixels }: SignalShape, chunk = MOMENT_CHUNK): number =>
  blocksOf(channels) * Math.ceil(pixels / chunk) * MOMENT_FLOATS * 4;

/** Moments of chunks of a dense signal, in two passes over each. Convolutions make their own: {@link convForward}. */
export const moments = ({ channels, pixels }: SignalShape, y: Region, partial: Region): Dispatch =>
  dispatch(
    'moments',
    [Math.ceil(pixels / MOMENT_CHUNK), blocksOf(channels)],
    [
      { name: 'y', type: 'vec4f', region: y },
      { name: 'moments', type: 'vec4f', region: partial },
    ],
    { PIXELS: pixels },
    `${overRows(256)}
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) i: u32) {
  let first = group.x * ${MOMENT_CHUNK}u;
  let end = min(PIXELS, first + ${MOMENT_CHUNK}u);
  let lane = i & 7u;
  let row = i >> 3u;
  var sum = vec4f();
  for (var p = first + row; p < end; p += 32u) { sum += y[(group.y * PIXELS + p) * 8u + lane]; }
  let mean = over_rows(i, sum) / f32(end - first);
  var squares = vec4f();
  for (var p = first + row; p < end; p += 32u) {
    let off = y[(group.y * PIXELS + p) * 8u + lane] - mean;
    squares += off * off;
  }
  let whole = over_rows(i, squares);
  if (row == 0u) {
    let at = (group.y * groups.x + group.x) * 16u + lane;
    moments[at] = mean;
    moments[at + 8u] = whole;
  }
}`,
  );

/**
 * WGSL: `merged_moments(block, i)` gives each of 256 threads the moments of its lane over all chunks: 32 rows of chunks, each in order,
 * then a tree. Reads the binding `moments` and the numbers PIXELS, CHUNK and CHUNKS.
 */
export const MERGED_MOMENTS = `
struct Moments { count: f32, mean: vec4f, squares: vec4f }
var<workgroup> row_moments: array<Moments, 256>;
fn merged(a: Moments, b: Moments) -> Moments {
  if (b.count == 0.0) { return a; }
  if (a.count == 0.0) { return b; }
  let count = a.count + b.count;
  let off = b.mean - a.mean;
  return Moments(count, a.mean + off * (b.count / count), a.squares + b.squares + off * off * (a.count * (b.count / count)));
}
fn merged_moments(block: u32, i: u32) -> Moments {
  let row = i >> 3u;
  var own = Moments(0.0, vec4f(), vec4f());
  for (var chunk = row; chunk < CHUNKS; chunk += 32u) {
    let at = (block * CHUNKS + chunk) * 16u + (i & 7u);
    own = merged(own, Moments(f32(min(CHUNK, PIXELS - chunk * CHUNK)), moments[at], moments[at + 8u]));
  }
  row_moments[i] = own;
  workgroupBarrier();
  for (var half = 16u; half > 0u; half >>= 1u) {
    if (row < half) { row_moments[i] = merged(row_moments[i], row_moments[i + half * 8u]); }
    workgroupBarrier();
  }
  return row_moments[i & 7u];
}`;
