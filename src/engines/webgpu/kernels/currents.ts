// Currents written out, with a ReLU where one is asked for, and their gradient; sums of signals.
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import type { Terms } from '../../plan/signal.js';
import { type Dispatch, dispatch } from '../dispatch.js';
import { currentCode, vectorSize } from './current.js';
import { CHUNK, chunksOf, tally, writeSums } from './gradient-sums.js';
import { each, grid, spread } from './grid.js';
import { overRows } from './reduce.js';

/** Currents of so many pixels. */
export interface Currents {
  channels: number;
  pixels: number;
  terms: Terms;
  /** Clamp at 0. */
  relu: boolean;
}

/** `target = Σ terms`, or its positive part. */
export function currents({ channels, pixels, terms, relu }: Currents, target: Region): Dispatch {
  const { bindings, vectors, value } = currentCode(terms);
  const { groups, numbers } = grid(blocksOf(channels) * pixels * 8);
  const body = each(`
  let lane = e & 7u;
  let pixel = e >> 3u; // of all blocks
  let block = pixel / PIXELS;
  let c4 = block * 8u + lane;
  ${vectors}
  let x = ${value('pixel')};
  target_[e] = ${relu ? 'max(x, vec4f(0))' : 'x'};`);
  return dispatch(
    'currents',
    groups,
    [...bindings, { name: 'target_', type: 'vec4f', region: target }],
    { ...numbers, PIXELS: pixels, VECTOR: vectorSize(channels) },
    body,
  );
}

/** The gradient of every term; `dx` may be `gradient`. `sums` as in the backward pass of neurons. */
export function currentsGradient(
  { channels, pixels, terms, relu }: Currents,
  { gradient, dx, sums }: { gradient: Region; dx: Region; sums: Region },
): Dispatch {
  const current = currentCode(terms);
  const inPlace = gradient.address === dx.address;
  const chunks = chunksOf(pixels);
  const { x, y } = spread(chunks);
  const given = `gradient[pixel * 8u + lane]`;
  const body = `
${current.normed.length > 0 ? overRows(256) : ''}
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let block = group.z;
  let lane = i & 7u;
  let c4 = block * 8u + lane;
  let chunk = group.y * GROUPS + group.x;
  ${relu ? current.vectors : ''}
  ${current.hats}
  var sum = vec4f(0);
  for (var row = i >> 3u; row < ${CHUNK}u; row += 32u) {
    let p = chunk * ${CHUNK}u + row;
    if (p >= PIXELS) { break; }
    let pixel = block * PIXELS + p;
    let g = ${relu ? `select(vec4f(0), ${given}, (${current.value('pixel')}) > vec4f(0))` : given};
    ${inPlace ? 'gradient' : 'dx'}[pixel * 8u + lane] = g;
    ${tally(current, 'g', 'pixel')}
  }
  ${writeSums(current)}
}`;
  // Terms that the code does not read have no binding.
  const read = relu ? current.bindings : current.bindings.filter(({ name }) => body.includes(`${name}[`));
  return dispatch(
    'currentsGradient',
    [x, y, blocksOf(channels)],
    [
      ...read,
      { name: 'gradient', type: 'vec4f', region: gradient },
      ...(inPlace ? [] : [{ name: 'dx', type: 'vec4f', region: dx } as const]),
      ...(current.normed.length > 0 ? [{ name: 'sums', type: 'vec4f', region: sums } as const] : []),
    ],
    { PIXELS: pixels, VECTOR: vectorSize(channels), CHUNKS: chunks, GROUPS: x },
    body,
  );
}

/** `target += source`; floats of both, a multiple of 4. */
export function add(target: Region, source: Region, floats: number): Dispatch {
  const { groups, numbers } = grid(floats / 4);
  return dispatch(
    'add',
    groups,
    [
      { name: 'target_', type: 'vec4f', region: target },
      { name: 'source', type: 'vec4f', region: source },
    ],
    numbers,
    each('target_[e] += source[e];'),
  );
}
