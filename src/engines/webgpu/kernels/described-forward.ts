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
import { FORWARD_HEAD, HALF, keepNibble, WRITE_WORDS } from './words.js';

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
${FORWARD_HEAD}
  ${REAL}
  ${current.vectors}
  ${loadShared(d)}
  ${loadOwn(d)}
  ${each((i) => `var state${i} = vec4f(${literal(initial[i])});`)}
  for (var t = 0u; t < T; t++) {
    ${HALF}
    if (inside) {
      let x = ${current.value(pixelAt(d, 't'))};
      ${statements(
        roots,
        forwardInputs(d, (i) => `state${i}`),
      )}
      ${values ? `values[(block * PIXELS + t * P + p) * 8u + lane] = select(vec4f(0), ${nameOf(step.given)}, real);` : ''}
      ${spikes ? keepNibble(`${nameOf(step.fires!)} & real`) : ''}
      ${each((i) => `let next${i} = ${nameOf(step.next[i])};`)}
      ${each((i) => `state${i} = next${i};`)}
    }
    ${spikes ? WRITE_WORDS : ''}
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
