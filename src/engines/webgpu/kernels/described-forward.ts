// Neurons of equations forward through time. Tests: test/engines/webgpu/described.slow.ts.
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
import { spread } from './grid.js';
import { pixelAt } from './neurons-forward.js';
import { FUNCTIONS, nameOf, statements } from './step-code.js';

/** Where the output goes, and the words of the spikes: one and the same where spikes are handed on. */
export interface DescribedOutputs {
  /** Dense, of what is analog. */
  values?: Region;
  /** Of neurons that spike. */
  spikes?: Region;
}

/** See the head of the file; as in the forward pass of LIF eight invocations bring a word together. */
export function describedForward(d: Described, { values, spikes }: DescribedOutputs): Dispatch {
  const { step, steps, channels, positions, terms, initial } = d;
  const current = currentCode(terms);
  const { x, y } = spread(Math.ceil(positions / 32));
  const roots = [...step.next, ...(values ? [step.given] : []), ...(spikes ? [step.fires!] : [])];
  const each = (line: (i: number) => string): string => step.states.map((_, i) => line(i)).join(' ');
  const body = `
${d.surrogate}
${FUNCTIONS}
var<workgroup> nibbles: array<u32, 512>; // of this step and of the one before, which may still be read
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let block = group.z;
  let lane = i & 7u;
  let c4 = block * 8u + lane;
  let first = (group.y * GROUPS + group.x) * 32u;
  let p = first + (i >> 3u);
  let inside = p < P;
  ${REAL}
  ${current.vectors}
  ${loadShared(d)}
  ${loadOwn(d)}
  ${each((i) => `var state${i} = vec4f(${literal(initial[i])});`)}
  for (var t = 0u; t < T; t++) {
    let half = (t & 1u) * 256u;
    if (inside) {
      let x = ${current.value(pixelAt(d, 't'))};
      ${statements(
        roots,
        forwardInputs(d, (i) => `state${i}`),
      )}
      ${values ? `values[(block * PIXELS + t * P + p) * 8u + lane] = select(vec4f(0), ${nameOf(step.given)}, real);` : ''}
      ${spikes ? `nibbles[half + i] = dot(select(vec4u(0), vec4u(1, 2, 4, 8), ${nameOf(step.fires!)} & real), vec4u(1)) << (4u * lane);` : ''}
      ${each((i) => `let next${i} = ${nameOf(step.next[i])};`)}
      ${each((i) => `state${i} = next${i};`)}
    }
    workgroupBarrier();
    ${
      spikes
        ? `if (i < 32u && first + i < P) {
      var word = 0u;
      for (var k = 0u; k < 8u; k++) { word |= nibbles[half + i * 8u + k]; }
      spikes[block * PIXELS + t * P + first + i] = word;
    }`
        : ''
    }
  }
}`;
  return dispatch(
    'describedForward',
    [x, y, blocksOf(channels)],
    [
      ...current.bindings,
      ...learnedBinding(d),
      ...(values ? [{ name: 'values', type: 'vec4f', region: values } as const] : []),
      ...(spikes ? [{ name: 'spikes', type: 'u32', region: spikes } as const] : []),
    ],
    { ...describedNumbers(d), T: steps, GROUPS: x },
    body,
  );
}
