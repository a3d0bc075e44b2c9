// A layer of LIF neurons forward through time: currents are read once, spike words written. Equations: src/neurons/lif.ts.
// Tests: test/engines/webgpu/kernels/neurons.slow.ts.
import type { LifInForce } from '../../../neurons/lif.js';
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import type { Terms } from '../../plan/signal.js';
import { type Dispatch, dispatch, f32 } from '../dispatch.js';
import { currentCode, vectorSize } from './current.js';
import { spread } from './grid.js';
import { FORWARD_HEAD, HALF, keepNibble, WRITE_WORDS } from './words.js';

/** A layer of neurons. */
export interface Neurons {
  settings: LifInForce;
  /** T. */
  steps: number;
  channels: number;
  /** B·H·W. */
  positions: number;
  terms: Terms;
}

/** Where a term has the pixel of position `p` at step `t`: a static one has one step for all. */
export const pixelAt = ({ terms: [{ isStatic }] }: Pick<Neurons, 'terms'>, t: string): string =>
  isStatic ? 'block * P + p' : `block * PIXELS + ${t} * P + p`;

/** What the potential becomes after the reset, from `v` and `fires`. */
export const afterReset = ({ reset }: LifInForce): string =>
  reset === 'hard' ? 'select(v, vec4f(0), fires)' : 'v - select(vec4f(0), vec4f(THETA), fires)';

/** Numbers of both passes. */
export const neuronNumbers = ({ settings, steps, channels, positions }: Neurons) => ({
  P: positions,
  PIXELS: positions * steps,
  VECTOR: vectorSize(channels),
  TAU: f32(settings.tau),
  THETA: f32(settings.theta),
});

/**
 * Spikes of all steps, `[block][T·B·P]` words at `spikes`. An invocation has four channels of a pixel and goes through the steps; of
 * each step the eight that share a word bring it together.
 */
export function neuronsForward(neurons: Neurons, spikes: Region): Dispatch {
  const { settings, steps, channels, positions, terms } = neurons;
  const { bindings, vectors, value } = currentCode(terms);
  const { x, y } = spread(Math.ceil(positions / 32));
  const body = `${FORWARD_HEAD}
  ${vectors}
  var u = vec4f(0);
  for (var t = 0u; t < T; t++) {
    ${HALF}
    if (inside) {
      let v = fma(vec4f(TAU), u, ${value(pixelAt(neurons, 't'))});
      let fires = v ${settings.comparison ?? '>'} vec4f(THETA);
      ${keepNibble('fires')}
      u = ${afterReset(settings)};
    }
    ${WRITE_WORDS}
  }
}`;
  return dispatch(
    'neuronsForward',
    [x, y, blocksOf(channels)],
    [...bindings, { name: 'spikes', type: 'u32', region: spikes }],
    { ...neuronNumbers(neurons), T: steps, GROUPS: x },
    body,
  );
}
