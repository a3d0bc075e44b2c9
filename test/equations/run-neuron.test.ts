// The interpreter against the hand-written neuron and its gradients, which is what the engines are held to.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { neuronGradient, runNeuron, readNeuron } from '../../src/equations/index.js';
import * as plain from '../../src/engines/plain/neurons.js';
import { defaultNeuron, type LifInForce } from '../../src/neurons/lif.js';
import { surrogates, SURROGATE_NAMES } from '../../src/surrogates/index.js';
import { surrogateParameter } from '../../src/surrogates/settings.js';
import { sgsScale } from '../../src/surrogates/sgs.js';
import { clif, lifDescription, liaf, plif, stl } from '../helpers/descriptions.js';
import { normals } from '../helpers/tensors.js';

const STEPS = 6;
const NEURONS = 35;
const x = normals('x', STEPS * NEURONS);
const g = normals('g', STEPS * NEURONS);

test('LIF as equations: potentials, spikes and states are those of the plain engine to the bit, gradients within 1e-15 of each', (t) => {
  for (const reset of ['hard', 'soft'] as const)
    for (const detachReset of [false, true])
      for (const delta of [0, 1e-4, 3])
        for (const scaleFloor of [null, 0])
          for (const name of SURROGATE_NAMES) {
            const settings: LifInForce = {
              ...{ ...defaultNeuron, tau: 0.7, theta: 0.4, reset, detachReset, delta, scaleFloor },
              surrogate: { name },
            };
            const what = JSON.stringify(settings);
            const neuron = readNeuron(lifDescription(reset, detachReset, settings));
            const expected = plain.runNeurons(x, STEPS, settings);
            const trace = runNeuron(neuron, x, STEPS);
            t.deepEqual(trace.values.v, expected.v, what);
            t.deepEqual(trace.values.o, expected.o, what);

            const parameter = surrogateParameter({ name });
            const made = neuronGradient(neuron, trace, g, {
              surrogate: (u) => surrogates[name].derivative(u, parameter),
              sgs: (gO, v, o) => sgsScale(gO, v, o, settings),
            });
            const wanted = plain.neuronGradient(expected, g, settings);
            t.true(wanted.some((value) => value !== 0));
            wanted.forEach((value, i) => {
              if (!(Math.abs(made.x[i] - value) <= 1e-15 * Math.abs(value)))
                t.fail(`${what}: ${made.x[i]}, ${value}`);
            });
          }
});

test('CLIF by hand: two steps, worked out with its own loops, to the bit', (t) => {
  const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
  const current = [1.5, 0.9, -0.3, 1.25];
  let [u, m] = [0, 0];
  const by = current.map((input) => {
    const v = 0.5 * u + input;
    const o = v > 1 ? 1 : 0;
    m = m * sigmoid(0.5 * v) + o;
    u = v - o * (1 + sigmoid(m));
    return { v, o, m, u };
  });
  const { values } = runNeuron(readNeuron(clif), current, 4);
  for (const name of ['v', 'o', 'm', 'u'] as const)
    t.deepEqual(
      [...values[name]],
      by.map((made) => made[name]),
      name,
    );
  t.deepEqual([...values.o], [1, 0, 0, 1]);
});

test('LIAF hands on something analog while its spike resets', (t) => {
  const { values } = runNeuron(readNeuron(liaf), [2, 0.5], 2);
  t.deepEqual([...values.v], [1, 0.25]);
  t.deepEqual([...values.o], [1, 0]);
  t.deepEqual([...values.y], [0.5, 0]);
});

test('a learned parameter that neurons share has the sum of their gradients within 1e-14; one a neuron has each its own', (t) => {
  const surrogate = (u: number): number => surrogates.atan.derivative(u, 2);
  const neuron = readNeuron(plif);
  const gradientOf = (w: number[], n: number[]) => {
    const pick = (all: ArrayLike<number>) =>
      Array.from(
        { length: STEPS * n.length },
        (_, i) => all[Math.floor(i / n.length) * NEURONS + n[i % n.length]],
      );
    const settings = { learned: { w }, surrogate };
    return neuronGradient(neuron, runNeuron(neuron, pick(x), STEPS, settings), pick(g), settings).learned.w;
  };
  const own = [0.3, -0.2, 0.1, 0.5];
  const each = own.map((w, n) => gradientOf([w], [n])[0]);
  t.deepEqual([...gradientOf(own, [0, 1, 2, 3])], each);
  const alone = [0, 1, 2, 3].map((n) => gradientOf([0.3], [n])[0]);
  const near = (got: ArrayLike<number>, expected: number[]): void =>
    expected.forEach((value, i) => t.true(Math.abs(got[i] - value) < 1e-14));
  near(gradientOf([0.3], [0, 1, 2, 3]), [alone.reduce((sum, value) => sum + value, 0)]);
  near(gradientOf([0.3, 0.3], [0, 1, 2, 3]), [alone[0] + alone[2], alone[1] + alone[3]]);
});

test('states before the first step are taken as they are given, and have gradients', (t) => {
  const neuron = readNeuron(stl);
  const settings = { initial: { u: [1, -1] }, learned: { theta: [10, 0.1] }, surrogate: () => 1 };
  const trace = runNeuron(neuron, [0, 0.25, 0, 0], 2, settings);
  t.deepEqual([...trace.values.v], [0.5, -0.25, 0.25, -0.125]);
  const { initial, x: toInput, learned } = neuronGradient(neuron, trace, [0, 0, 1, 1], settings);
  // ∂v = ½·(1 − h·v) of the step after, by the decay and the reset, which is not detached; h = 1.
  t.deepEqual([...toInput], [0.25, 0.625, 1, 1]);
  t.deepEqual([...initial.u], [0.125, 0.3125]);
  t.deepEqual([...learned.theta], [-0.75, -1.125]);
});

test('sizes that do not fit are refused by name', (t) => {
  const neuron = readNeuron(plif);
  for (const [run, message] of [
    [() => runNeuron(neuron, [1, 2, 3], 2), /runNeuron: 3 input currents in 2 steps/],
    [() => runNeuron(neuron, [], 2), /0 input currents/],
    [
      () => runNeuron(neuron, [1, 2, 3], 1, { learned: { w: [1, 2] } }),
      /w: 2 values for 3 neurons; give one, one a channel or one a neuron/,
    ],
    [() => runNeuron(neuron, [1, 2, 3], 1, { learned: { w: [] } }), /w: 0 values/],
    [() => runNeuron(neuron, [1, 2, 3], 1, { initial: { u: [1] } }), /initial u: 1 values for 3 neurons/],
  ] as const)
    t.throws(run, { instanceOf: SettingsError, message });
});
