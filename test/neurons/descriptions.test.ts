// The built-in neurons as equations. Their gradients: test/engines/plain/equations.test.ts.
import test from 'ava';
import { printAssignment } from '../../src/equations/print.js';
import { neuronGradient, readNeuron, runNeuron } from '../../src/equations/index.js';
import { NEURON_NAMES, neurons } from '../../src/neurons/index.js';
import { surrogates } from '../../src/surrogates/index.js';
import { normals } from '../helpers/tensors.js';

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const fires = (a: number): number => (a > 0 ? 1 : 0);

/** Each neuron once more, in its own loop: from the state and the input to the output and the next state. */
type Step = (x: number, s: Record<string, number>) => Record<string, number>;
const BY_HAND: Record<string, Step> = {
  if(x, { u }) {
    const v = u + x;
    return { v, out: fires(v - 1), u: v > 1 ? 0 : v };
  },
  lif(x, { u }) {
    const v = u / 2 + x;
    return { v, out: fires(v - 0.5), u: v > 0.5 ? 0 : v };
  },
  lifDecayInput(x, { u }) {
    const v = (u + x) / 2;
    return { v, out: fires(v - 1), u: v > 1 ? 0 : v };
  },
  plif(x, { u }) {
    const v = u + (x - u) * sigmoid(-Math.log(2 - 1));
    return { v, out: fires(v - 1), u: v > 1 ? 0 : v };
  },
  diet(x, { u }) {
    const v = 0.9 * u + x;
    return { v, out: fires(v - 1), u: v > 1 ? v - 1 : v };
  },
  stl(x, { u }) {
    const v = u / 2 + x;
    return { v, out: fires(v - 2), u: v > 2 ? 0 : v };
  },
  clif(x, { u, m }) {
    const v = u / 2 + x;
    const out = fires(v - 1);
    const complement = m * sigmoid(v / 2) + out;
    return { v, out, m: complement, u: out ? v - 1 - sigmoid(complement) : v };
  },
  liaf(x, { u }) {
    const v = (u + x) / 2;
    return { v, out: v > 0.5 ? v - 0.5 : 0, u: v > 0.5 ? 0 : v };
  },
  trsg(x, { u }) {
    const v = (u + x) / 2;
    return { v, out: v > 2 ? 2 : 0, u: v > 2 ? v - 2 : v };
  },
  glif(x, { v: before, o }) {
    const [a, b, c, tau, leak, r, g] = [0.55, 0.65, 0.55, 0.25, 0.125, 0.5, 0.5];
    const v =
      (1 - a * (1 - tau)) * before * (1 - c * o) - (1 - a) * leak + (1 - b * (1 - g)) * x - (1 - c) * r * o;
    return { v, out: fires(v - 0.5), o: fires(v - 0.5) };
  },
};

test('every neuron stands under its own name and has a loop here', (t) => {
  t.deepEqual(
    NEURON_NAMES.map((name) => neurons[name].name),
    NEURON_NAMES,
  );
  t.deepEqual(Object.keys(BY_HAND).sort(), [...NEURON_NAMES].sort());
});

for (const name of NEURON_NAMES)
  test(`${name}: with its values at first, 200 steps are those of its loop within 1e-12`, (t) => {
    const x = Float64Array.from(normals(`current ${name}`, 200), (n) => 2 * n + 1.2);
    const equations = readNeuron(neurons[name]);
    const { values } = runNeuron(equations, x, x.length);
    let state: Record<string, number> = { u: 0, m: 0, a: 0, v: 0, o: 0 };
    let fired = 0;
    x.forEach((current, i) => {
      state = { ...state, ...BY_HAND[name](current, state) };
      if (!(Math.abs(values.v[i] - state.v) < 1e-12)) t.fail(`v[${i}]: ${values.v[i]}, ${state.v}`);
      if (!(Math.abs(values[equations.output][i] - state.out) < 1e-12)) t.fail(`output ${i}`);
      fired += Number(state.out > 0);
    });
    t.true(fired > 10 && fired < 190);
  });

test('limits: lifDecayInput of tau 1 forgets; diet with lambda 1 keeps; glif with gates 1, 0, 1 is LIF with hard reset', (t) => {
  const x = Float64Array.from(normals('limits', 60), (n) => n + 0.5);
  const run = (name: 'glif' | 'lif', learned?: Record<string, number[]>) =>
    runNeuron(readNeuron(neurons[name]), x, x.length, { learned });
  const gates = { alpha: [40], beta: [-40], gamma: [40], tau: [0], leak: [0], r: [0], g: [0] };
  const [glif, lif] = [run('glif', gates), run('lif')];
  t.deepEqual(glif.values.o, lif.values.o);
  glif.values.v.forEach((v, i) => t.true(Math.abs(v - lif.values.v[i]) < 1e-12));
});

test('the descriptions are in the spelling that is hashed', (t) => {
  for (const name of NEURON_NAMES) {
    const { forward, description } = readNeuron(neurons[name]);
    t.deepEqual(description.step, neurons[name].step, name);
    t.is(forward.map(printAssignment).length, neurons[name].step.length);
  }
});

test('trsg with the rectangle of width 1: ∂y/∂v is 1 and ∂y/∂θ is o − v/θ inside θ/2 < v < 3θ/2, outside 0 and o, within 1e-14', (t) => {
  const equations = readNeuron(neurons.trsg);
  const theta = 2;
  for (const v of [0.5, 0.99, 1.01, 1.9, 2.1, 2.9, 3.1, 5]) {
    const trace = runNeuron(equations, [2 * v], 1); // v = x·σ(0)
    const surrogate = (u: number): number => surrogates.rectangle.derivative(u, 1);
    const { x, learned } = neuronGradient(equations, trace, [1], { surrogate });
    const inside = v > theta / 2 && v < 1.5 * theta;
    const o = Number(v > theta);
    t.is(x[0], inside ? 0.5 : 0); // ∂v/∂x = ½
    const byTheta = inside ? o - v / theta : o;
    const softplus = 1 / (1 + Math.exp(-Math.log(Math.exp(theta) - 1))); // ∂θ/∂w
    t.true(Math.abs(learned.w[0] - byTheta * softplus) < 1e-14, `${v}: ${learned.w[0]}`);
  }
});
