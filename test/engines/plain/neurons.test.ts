// Spikes have no derivative, so the gradient is checked on neurons that have one: their spike is o = H(v − theta), H the
// surrogate's primitive. Backpropagation through time with h = H′ and without SGS then is the gradient itself.
import test from 'ava';
import { neuronGradient, runNeurons } from '../../../src/engines/plain/neurons.js';
import { defaultNeuron, lifTrace, type LifInForce } from '../../../src/neurons/lif.js';
import { surrogates } from '../../../src/surrogates/index.js';
import { type NamedSurrogate, surrogateParameter } from '../../../src/surrogates/settings.js';
import { firingGradient } from '../../../src/surrogates/sgs.js';
import { centralDifferences, dot } from '../../helpers/differences.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

const STEPS = 4;
const NEURONS = 5;

/** The trace of smooth neurons; with `frozen` spikes of another trace in the reset. */
function smoothTrace(current: ArrayLike<number>, settings: LifInForce, frozen?: Float64Array) {
  const { tau, theta, reset } = settings;
  const surrogate = settings.surrogate as NamedSurrogate;
  const { primitive } = surrogates[surrogate.name];
  const [v, o] = [new Float64Array(current.length), new Float64Array(current.length)];
  for (let neuron = 0; neuron < NEURONS; neuron++)
    for (let i = neuron, u = 0; i < v.length; i += NEURONS) {
      v[i] = tau * u + current[i];
      o[i] = primitive(v[i] - theta, surrogateParameter(surrogate));
      const taken = (frozen ?? o)[i];
      u = reset === 'hard' ? (1 - taken) * v[i] : v[i] - theta * taken;
    }
  return { steps: STEPS, v, o };
}

test('of smooth neurons the gradient is the central difference within 1e-7 of the largest, hard and soft reset, detached or not', (t) => {
  const current = normals('x', STEPS * NEURONS);
  const g = normals('g', STEPS * NEURONS);
  for (const name of ['sigmoid', 'atan', 'gaussian', 'identity'] as const)
    for (const reset of ['hard', 'soft'] as const)
      for (const detachReset of [false, true]) {
        const neuron = { ...defaultNeuron, tau: 0.8, delta: 0, reset, detachReset };
        const settings: LifInForce = { ...neuron, surrogate: { name } };
        const trace = smoothTrace(current, settings);
        const frozen = detachReset ? trace.o : undefined;
        const expected = centralDifferences((x) => dot(smoothTrace(x, settings, frozen).o, g), current);
        const worst = worstDifference(neuronGradient(trace, g, settings), expected);
        t.true(worst < 1e-7, `${name}, ${reset}, ${detachReset}: ${worst}`);
      }
});

test('neurons run as lifTrace does, each for itself; the last step has the gradient of firing alone', (t) => {
  const current = normals('x', STEPS * NEURONS);
  const g = normals('g', STEPS * NEURONS);
  const settings: LifInForce = { ...defaultNeuron, delta: 0.5, surrogate: { name: 'atan' } };
  const { v, o, steps } = runNeurons(current, STEPS, settings);
  const gradient = neuronGradient({ v, o, steps }, g, settings);
  for (let n = 0; n < NEURONS; n++) {
    const at = (t: number): number => t * NEURONS + n;
    const alone = lifTrace(
      [0, 1, 2, 3].map((t) => current[at(t)]),
      settings,
    );
    t.deepEqual(
      [0, 1, 2, 3].map((step) => [v[at(step)], o[at(step)]]),
      alone.map((step) => [step.v, step.o]),
    );
    t.is(gradient[at(3)], firingGradient(g[at(3)], v[at(3)], o[at(3)], settings));
  }
});

test('spikes that are known already are taken as they are, and decide the reset', (t) => {
  const current = normals('x', STEPS * NEURONS);
  const { v, o } = runNeurons(current, STEPS, defaultNeuron, { fire: () => 1 });
  t.deepEqual(v, Float64Array.from(current)); // reset to 0 at every step: nothing is carried on
  t.true(o.every((spike) => spike === 1));
});

test("a firing function of one's own sees the whole gradient of every spike, and its answer is what goes on", (t) => {
  const settings: LifInForce = { ...defaultNeuron, surrogate: { name: 'atan' }, detachReset: true };
  const trace = runNeurons(normals('x', STEPS * NEURONS), STEPS, settings);
  const g = normals('g', STEPS * NEURONS);
  const seen = new Float64Array(g.length);
  const gradient = neuronGradient(trace, g, settings, (gO, i) => {
    seen[i] = gO;
    return 0;
  });
  t.deepEqual(seen, Float64Array.from(g)); // the reset is detached
  t.true(gradient.every((value) => value === 0));
});
