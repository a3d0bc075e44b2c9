// A layer of LIF neurons backward through time, with the gradient of SGS (src/surrogates/sgs.ts): the potentials are computed again,
// the spikes are those that the forward pass wrote. Tests: test/engines/webgpu/kernels/neurons.slow.ts.
import { surrogates } from '../../../surrogates/index.js';
import { type NamedSurrogate, surrogateParameter } from '../../../surrogates/settings.js';
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import type { Gradient } from '../../plan/signal.js';
import { type Dispatch, dispatch, f32, literal } from '../dispatch.js';
import { currentCode } from './current.js';
import { CHUNK, chunksOf, tally, writeSums } from './gradient-sums.js';
import { bitsOf, spread } from './grid.js';
import { overRows } from './reduce.js';
import { afterReset, neuronNumbers, type Neurons, pixelAt } from './neurons-forward.js';

/** What the backward pass reads and writes. */
export interface NeuronsBackward {
  /** The size of the spikes. */
  height: number;
  width: number;
  /** Of the spikes, or of their average pool. */
  gradient: Pick<Gradient, 'region' | 'poolHeight' | 'poolWidth'>;
  /** The words of the forward pass. */
  spikes: Region;
  /** The gradient of the currents, summed over the steps where those are static; may be the region of the gradient where it is of no pool. */
  dx: Region;
  /** Partial sums for the norms of the terms; not written where no term is under one. */
  sums: Region;
}

/** Where the gradient of position `p` lies in the gradient of the pool; `inside`: the pool reaches it. */
export const POOLED = `
    let image = p / (H * W);
    let row = (p / W) % H / POOL_H;
    let column = p % W / POOL_W;
    let inside = row < H / POOL_H && column < W / POOL_W;
    let q = select(0u, (image * (H / POOL_H) + row) * (W / POOL_W) + column, inside);`;

/** See the head of the file. */
export function neuronsBackward(neurons: Neurons, b: NeuronsBackward): Dispatch {
  const { settings, steps, channels, positions, terms } = neurons;
  const current = currentCode(terms);
  const { poolHeight, poolWidth, region } = b.gradient;
  const pooled = poolHeight * poolWidth > 1;
  const inPlace = b.dx.address === region.address;
  const isStatic = terms[0].isStatic;
  const surrogate = settings.surrogate as NamedSurrogate; // the plan lets no other through
  const [first, second] = surrogates[surrogate.name].kernel.constants(surrogateParameter(surrogate));
  const hard = settings.reset === 'hard';
  const height = surrogate.height ?? 1;
  const chunks = chunksOf(positions);
  const { x, y } = spread(chunks);
  const arriving = pooled
    ? `select(vec4f(0), gradient[(block * POOLED * T + t * POOLED + q) * 8u + lane] * SHARE, inside)`
    : 'gradient[(block * PIXELS + t * P + p) * 8u + lane]';
  const reset = settings.detachReset ? '' : hard ? ' - gu * v' : ' - THETA * gu';
  const scale = 'HEIGHT + DELTA * sign(g) * (v - select(vec4f(0), vec4f(1), fires))';
  const floored =
    settings.scaleFloor === null ? scale : `max(vec4f(${literal(settings.scaleFloor * height)}), ${scale})`;
  const write = (pixel: string, value: string): string =>
    `${inPlace ? 'gradient' : 'dx'}[(${pixel}) * 8u + lane] = ${value};`;
  const stepped = pixelAt(neurons, 't');
  const body = `
fn derivative(u: vec4f, a: f32, b: f32) -> vec4f { ${surrogates[surrogate.name].shader}
}
${current.normed.length > 0 ? overRows(256) : ''}
const T = ${steps}u;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let block = group.z;
  let lane = i & 7u;
  let c4 = block * 8u + lane;
  let chunk = group.y * GROUPS + group.x;
  ${current.vectors}
  ${current.hats}
  var sum = vec4f(0);
  for (var row_ = i >> 3u; row_ < ${CHUNK}u; row_ += 32u) {
    let p = chunk * ${CHUNK}u + row_;
    if (p >= P) { break; }${pooled ? POOLED : ''}
    var potentials: array<vec4f, T>;
    var fired: array<vec4<bool>, T>;
    var u = vec4f(0);
    for (var t = 0u; t < T; t++) {
      let v = fma(vec4f(TAU), u, ${current.value(stepped)});
      let fires = ${bitsOf('spikes[block * PIXELS + t * P + p]')} == vec4f(1);
      u = ${afterReset(settings)};
      potentials[t] = v;
      fired[t] = fires;
    }
    var gu = vec4f(0);
    ${isStatic ? 'var total = vec4f(0);' : ''}
    for (var t = T; t > 0u; ) {
      t--;
      let v = potentials[t];
      let fires = fired[t];
      let g = ${arriving}${reset};
      let gx = g * derivative(v - vec4f(THETA), A, B) * (${floored}) + ${hard ? 'select(gu, vec4f(0), fires)' : 'gu'};
      gu = TAU * gx;
      ${isStatic ? 'total += gx;' : `${write(stepped, 'gx')} ${tally(current, 'gx', stepped)}`}
    }
    ${isStatic ? `${write(stepped, 'total')} ${tally(current, 'total', stepped)}` : ''}
  }
  ${writeSums(current)}
}`;
  return dispatch(
    'neuronsBackward',
    [x, y, blocksOf(channels)],
    [
      ...current.bindings,
      { name: 'gradient', type: 'vec4f', region },
      { name: 'spikes', type: 'u32', region: b.spikes },
      ...(inPlace ? [] : [{ name: 'dx', type: 'vec4f', region: b.dx } as const]),
      ...(current.normed.length > 0 ? [{ name: 'sums', type: 'vec4f', region: b.sums } as const] : []),
    ],
    {
      ...neuronNumbers(neurons),
      ...{ CHUNKS: chunks, GROUPS: x, A: f32(first), B: f32(second) },
      ...{ DELTA: f32(settings.delta * height), HEIGHT: f32(height) },
      ...(pooled && poolNumbers(positions, b)),
    },
    body,
  );
}

/** Numbers of {@link POOLED}. */
export const poolNumbers = (
  positions: number,
  { height, width, gradient: { poolHeight, poolWidth } }: Omit<NeuronsBackward, 'spikes'>,
) => ({
  ...{ H: height, W: width, POOL_H: poolHeight, POOL_W: poolWidth },
  POOLED: (positions / (height * width)) * Math.floor(height / poolHeight) * Math.floor(width / poolWidth),
  SHARE: f32(1 / (poolHeight * poolWidth)),
});
