// Neurons of equations backward through time: the states before each step are computed again, and each step with them once more, on the
// way back. Spikes are those of the forward pass. Tests: test/engines/webgpu/described.slow.ts.
import { fromAbove, fromNext } from '../../../equations/names.js';
import type { Node } from '../../generate/graph.js';
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import { type Dispatch, dispatch, literal } from '../dispatch.js';
import { currentCode } from './current.js';
import {
  type Described,
  describedNumbers,
  forwardInputs,
  learnedBinding,
  loadOwn,
  loadShared,
  REAL,
} from './described.js';
import { CHUNK, chunksOf, sumsBytes, tally, writeSums } from './gradient-sums.js';
import { bitsOf, spread } from './grid.js';
import { type NeuronsBackward, POOLED, poolNumbers } from './neurons-backward.js';
import { pixelAt } from './neurons-forward.js';
import { overRows } from './reduce.js';
import { FUNCTIONS, nameOf, statements } from './step-code.js';

/** What the backward pass reads and writes; `spikes` of neurons that have any. */
export interface DescribedBackward extends Omit<NeuronsBackward, 'spikes'> {
  spikes?: Region;
  /** The name of the output. */
  output: string;
}

/** Where the three parts of the sums begin, vec4: for norms, of what is shared, and of what each neuron learns for itself. */
export function sumParts({ step, channels, positions }: Described) {
  const chunks = chunksOf(positions);
  const shared = sumsBytes(channels, positions) / 16;
  const own = shared + blocksOf(channels) * chunks * step.sums.length * 8;
  return { chunks, shared, own, bytes: (own + step.own.length * blocksOf(channels) * positions * 8) * 16 };
}

/** See the head of the file. */
export function describedBackward(d: Described, b: DescribedBackward): Dispatch {
  const { step, steps, channels, positions, terms, initial } = d;
  const current = currentCode(terms);
  const { poolHeight, poolWidth, region } = b.gradient;
  const pooled = poolHeight * poolWidth > 1;
  const inPlace = b.dx.address === region.address;
  const isStatic = terms[0].isStatic;
  const { chunks, shared, own } = sumParts(d);
  const { x, y } = spread(chunks);
  const stepped = pixelAt(d, 't');
  const states = step.states.map((_, i) => i);
  const each = (list: readonly unknown[], line: (i: number) => string): string =>
    list.map((_, i) => line(i)).join(' ');
  const fires: [Node, string][] = step.fires
    ? [[step.fires, `${bitsOf('spikes[block * PIXELS + t * P + p]')} == vec4f(1)`]]
    : [];
  const forward = new Map([...forwardInputs(d, (i) => `state${i}`), ...fires]);
  const back = new Map([
    ...forwardInputs(d, (i) => `before${i}[t]`),
    ...fires,
    [step.inputs.get(fromAbove(b.output))!, 'g'] as const,
    ...step.states.map((name, i) => [step.inputs.get(fromNext(name))!, `handed${i}`] as const),
  ]);
  const results = [step.dx, ...step.toSums, ...step.toOwn, ...step.handed];
  const arriving = pooled
    ? 'select(vec4f(0), gradient[(block * POOLED * T + t * POOLED + q) * 8u + lane] * SHARE, inside)'
    : 'gradient[(block * PIXELS + t * P + p) * 8u + lane]';
  const write = (value: string): string =>
    `${inPlace ? 'gradient' : 'dx'}[(${stepped}) * 8u + lane] = ${value};`;
  const normed = current.normed.length > 0;
  const summed = normed || step.sums.length > 0;
  const body = `
${d.surrogate}
${FUNCTIONS}
${summed ? overRows(256) : ''}
const T = ${steps}u;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let block = group.z;
  let lane = i & 7u;
  let c4 = block * 8u + lane;
  let chunk = group.y * GROUPS + group.x;
  ${REAL}
  ${current.vectors}
  ${current.hats}
  ${loadShared(d)}
  var sum = vec4f(0);
  ${each(step.sums, (k) => `var shared${k} = vec4f(0);`)}
  for (var row_ = i >> 3u; row_ < ${CHUNK}u; row_ += 32u) {
    let p = chunk * ${CHUNK}u + row_;
    if (p >= P) { break; }${pooled ? POOLED : ''}
    ${loadOwn(d)}
    ${each(states, (k) => `var before${k}: array<vec4f, T>; var state${k} = vec4f(${literal(initial[k])});`)}
    for (var t = 0u; t < T; t++) {
      let x = ${current.value(stepped)};
      ${each(states, (k) => `before${k}[t] = state${k};`)}
      ${statements(step.next, forward)}
      ${each(states, (k) => `let next${k} = ${nameOf(step.next[k])};`)}
      ${each(states, (k) => `state${k} = next${k};`)}
    }
    ${each(states, (k) => `var handed${k} = vec4f(0);`)}
    ${each(step.own, (k) => `var own${k} = vec4f(0);`)}
    ${isStatic ? 'var total = vec4f(0);' : ''}
    for (var t = T; t > 0u; ) {
      t--;
      let x = ${current.value(stepped)};
      let g = ${arriving};
      ${statements(results, back)}
      let gx = select(vec4f(0), ${nameOf(step.dx)}, real);
      ${each(step.sums, (k) => `shared${k} += select(vec4f(0), ${nameOf(step.toSums[k])}, real);`)}
      ${each(step.own, (k) => `own${k} += select(vec4f(0), ${nameOf(step.toOwn[k])}, real);`)}
      ${each(states, (k) => `let next${k} = ${nameOf(step.handed[k])};`)}
      ${each(states, (k) => `handed${k} = next${k};`)}
      ${isStatic ? 'total += gx;' : `${write('gx')} ${tally(current, 'gx', stepped)}`}
    }
    ${isStatic ? `${write('total')} ${tally(current, 'total', stepped)}` : ''}
    ${each(step.own, (k) => `sums[OF_OWN + ((${k}u * BLOCKS + block) * P + p) * 8u + lane] = own${k};`)}
  }
  ${writeSums(current)}
  ${each(
    step.sums,
    (k) => `let of_shared${k} = over_rows(i, shared${k});
  if (i < 8u) { sums[OF_SHARED + ((block * CHUNKS + chunk) * ${step.sums.length}u + ${k}u) * 8u + lane] = of_shared${k}; }`,
  )}
}`;
  const writes = summed || step.own.length > 0;
  return dispatch(
    'describedBackward',
    [x, y, blocksOf(channels)],
    [
      ...current.bindings,
      ...learnedBinding(d),
      { name: 'gradient', type: 'vec4f', region },
      ...(b.spikes && step.fires ? [{ name: 'spikes', type: 'u32', region: b.spikes } as const] : []),
      ...(inPlace ? [] : [{ name: 'dx', type: 'vec4f', region: b.dx } as const]),
      ...(writes ? [{ name: 'sums', type: 'vec4f', region: b.sums } as const] : []),
    ],
    {
      ...describedNumbers(d),
      ...{ CHUNKS: chunks, GROUPS: x, OF_SHARED: shared, OF_OWN: own },
      ...(pooled && poolNumbers(positions, b)),
    },
    body,
  );
}
