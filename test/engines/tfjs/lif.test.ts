// The layer of neurons on tensors: backpropagation through time worked out by hand, and against plain numbers.
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import { createTfjsEngine } from '../../../src/engines/tfjs/engine.js';
import { lif } from '../../../src/engines/tfjs/lif.js';
import { defaultNeuron, lifTrace, type LifInForce } from '../../../src/neurons/lif.js';
import { stream } from '../../../src/random.js';
import { SURROGATE_NAMES } from '../../../src/surrogates/index.js';
import { surrogateParameter } from '../../../src/surrogates/settings.js';
import { firingGradient } from '../../../src/surrogates/sgs.js';

/** Spikes, and the gradients of `Σ_t cotangent[t]·o[t]` by input current, of neurons that share settings: `[T][neuron]`. */
function runEngine(
  currents: number[][],
  cotangents: number[][],
  settings: LifInForce,
): { spikes: number[][]; gradients: number[][] } {
  return tf.tidy(() => {
    const steps = currents.length;
    const input = tf.tensor1d(currents.flat()); // [T·neurons]
    const loss = (x: tf.Tensor): tf.Tensor =>
      lif(x, steps, false, settings).mul(tf.tensor1d(cotangents.flat())).sum();
    const read = (x: tf.Tensor): number[][] => x.reshape([steps, -1]).arraySync() as number[][];
    return { spikes: read(lif(input, steps, false, settings)), gradients: read(tf.grad(loss)(input)) };
  });
}

/**
 * The same gradients of one neuron in double precision, from the last step to the first:
 * `g_o[t] = c[t] − v[t]·tau·G[t+1]` (soft reset: theta for v; detached: without), and
 * `G[t] = firing(g_o[t]) + (1 − o[t])·tau·G[t+1]` (soft: without 1 − o).
 */
function gradientsByHand(currents: number[], cotangents: number[], settings: LifInForce): number[] {
  const { tau, theta, reset, detachReset } = settings;
  const gradients: number[] = [];
  let later = 0; // tau·G[t+1], the gradient of u[t]
  for (const [i, { v, o }] of lifTrace(currents, settings).reverse().entries()) {
    const throughReset = detachReset ? 0 : -(reset === 'hard' ? v : theta) * later;
    const gO = cotangents[cotangents.length - 1 - i] + throughReset;
    const total = firingGradient(gO, v, o, settings) + (reset === 'hard' ? 1 - o : 1) * later;
    gradients.unshift(total);
    later = tau * total;
  }
  return gradients;
}

// One neuron, three steps, tau = theta = 1/2, triangle h(u) = 1 − |u|; x = (0.4, 0.5, 0.3), dL/do = (1, 2, −4).
// Hard reset: v = (0.4, 0.7, 0.3), o = (0, 1, 0), h = (0.9, 0.8, 0.8).
//   G3 = h3·c3 = −3.2
//   G2 = h2·(c2 − v2·tau·G3) + (1 − o2)·tau·G3 = 0.8·(2 + 1.12)           = 2.496
//   G1 = h1·(c1 − v1·tau·G2) + (1 − o1)·tau·G2 = 0.9·(1 − 0.4992) + 1.248 = 1.69872
// SGS with delta = 1/2 multiplies each firing term by 1 + sign(g_o)·(v − o)/2 = 1.2, 0.85, 0.85.
// Soft reset: v3 = 0.4, h3 = 0.9; g_o[t] = c[t] − theta·tau·G[t+1] and tau·G[t+1] passes whole.
const byHand: { what: string; settings: Partial<LifInForce>; gradients: number[] }[] = [
  { what: 'hard reset', settings: {}, gradients: [1.69872, 2.496, -3.2] },
  { what: 'hard reset, SGS', settings: { delta: 0.5 }, gradients: [1.65009024, 2.00736, -2.72] },
  { what: 'hard reset, detached', settings: { detachReset: true }, gradients: [1.7, 1.6, -3.2] },
  { what: 'soft reset', settings: { reset: 'soft' }, gradients: [1.043, 0.52, -3.6] },
  {
    what: 'soft reset, detached',
    settings: { reset: 'soft', detachReset: true },
    gradients: [0.8, -0.2, -3.6],
  },
];

// TensorFlow.js has one current backend in a process: the tests run one after the other.
for (const backend of ['cpu', 'wasm'] as const) {
  for (const { what, settings, gradients } of byHand)
    test.serial(
      `${backend}: ${what}: three steps of one neuron give the gradients worked out by hand within 1e-6`,
      async (t) => {
        await createTfjsEngine({ backend });
        const neuron: LifInForce = {
          ...defaultNeuron,
          surrogate: { name: 'triangle' },
          delta: 0,
          ...settings,
        };
        const got = runEngine([[0.4], [0.5], [0.3]], [[1], [2], [-4]], neuron);
        t.deepEqual(got.spikes, [[0], [1], [0]]);
        const plain = gradientsByHand([0.4, 0.5, 0.3], [1, 2, -4], neuron);
        for (const [step, [gradient]] of got.gradients.entries()) {
          t.true(
            Math.abs(gradient - gradients[step]) < 1e-6,
            `step ${step}: ${gradient}, by hand ${gradients[step]}`,
          );
          t.true(
            Math.abs(plain[step] - gradients[step]) < 1e-12,
            `step ${step}: plain numbers ${plain[step]}`,
          );
        }
      },
    );

  test.serial(
    `${backend}: 300 random neurons over 6 steps, every surrogate and reset: spikes equal plain numbers, gradients within 1e-6 of the largest`,
    async (t) => {
      await createTfjsEngine({ backend });
      const random = stream(2023, 'probe', 'lif.test');
      const [steps, candidates] = [6, 300];
      let compared = 0;
      let worst = { off: 0, where: '' };
      for (const name of SURROGATE_NAMES)
        for (const reset of ['hard', 'soft'] as const)
          for (const [detachReset, delta] of [
            [false, 0.5],
            [true, 0.1],
          ] as const) {
            const settings: LifInForce = {
              ...defaultNeuron,
              ...{ tau: 0.75, theta: 0.625, surrogate: { name }, delta, reset, detachReset },
            };
            const numbers = (): number[][] =>
              Array.from({ length: candidates }, () =>
                Array.from({ length: steps }, () => Math.fround(random.normal())),
              );
            // Rounding must not decide a spike or a window: neurons that come near a jump or a corner are left out.
            const half = surrogateParameter({ name }) / (name === 'rectangle' ? 2 : 1);
            const jumps = [0, -half, half].map((distance) => settings.theta + distance);
            const currents = numbers().filter((x) =>
              lifTrace(x, settings).every(({ v }) => jumps.every((jump) => Math.abs(v - jump) > 1e-4)),
            );
            const cotangents = numbers().slice(0, currents.length);
            const byStep = (rows: number[][]): number[][] =>
              Array.from({ length: steps }, (_, step) => rows.map((row) => row[step]));
            const got = runEngine(byStep(currents), byStep(cotangents), settings);
            const traces = currents.map((x) => lifTrace(x, settings).map(({ o }) => o));
            t.deepEqual(got.spikes, byStep(traces));
            const want = byStep(currents.map((x, i) => gradientsByHand(x, cotangents[i], settings)));
            const scale = Math.max(...want.flat().map(Math.abs));
            const gradients = got.gradients.flat();
            want.flat().forEach((value, i) => {
              const off = Math.abs(gradients[i] - value) / scale;
              if (!(off <= worst.off)) worst = { off, where: `${name}, ${reset}, detached ${detachReset}` };
            });
            compared += currents.length;
          }
      t.log(`${compared} neurons, worst ${worst.off.toExponential(1)} (${worst.where})`);
      t.true(compared > 0.9 * candidates * SURROGATE_NAMES.length * 4);
      t.true(worst.off < 1e-6, JSON.stringify(worst)); // worst seen 2.6e-7
    },
  );

  test.serial(
    `${backend}: at the threshold there is no spike, one float32 step above it there is`,
    async (t) => {
      await createTfjsEngine({ backend });
      const near = [0.5 - 2 ** -25, 0.5, 0.5 + 2 ** -24];
      t.deepEqual(runEngine([near], [[1, 1, 1]], defaultNeuron).spikes, [[0, 0, 1]]);
    },
  );

  test.serial(
    `${backend}: at the edge of the rectangle (v = 0 and v = 1) the gradient is 0, inside it is not`,
    async (t) => {
      await createTfjsEngine({ backend });
      const currents = [0, 1, 2 ** -20, 1 - 2 ** -20];
      const { gradients } = runEngine([currents], [[3, 3, 3, 3]], { ...defaultNeuron, delta: 0 });
      t.deepEqual(gradients, [[0, 0, 3, 3]]);
    },
  );
}
