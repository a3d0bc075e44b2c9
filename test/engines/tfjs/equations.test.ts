// Neurons that are equations on tensors, against the interpreter in float64.
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import { readNeuron, type NeuronDescription } from '../../../src/equations/index.js';
import { runEquations as runPlain } from '../../../src/engines/plain/equations.js';
import { createTfjsEngine } from '../../../src/engines/tfjs/engine.js';
import { runEquations } from '../../../src/engines/tfjs/equations.js';
import { layerParameters, neuron } from '../../../src/network/layers.js';
import { sizeOf } from '../../../src/network/parameters.js';
import type { SurrogateSettings } from '../../../src/surrogates/settings.js';
import type { GradientInForce } from '../../../src/surrogates/sgs.js';
import { described, lifDescription } from '../../helpers/descriptions.js';
import { sumOverSteps } from '../../helpers/neurons.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

const STEPS = 3;
const SHAPE: [number, number, number] = [3, 2, 5];
const BATCH = 2;
const NEURONS = BATCH * sizeOf(SHAPE);
const LEAK: NeuronDescription = { name: 'leak', state: { u: 0 }, step: ['u = u / 2 + x'], output: 'u' };
const CORNERS: NeuronDescription = {
  name: 'corners',
  parameters: { k: { learned: true, per: 'channel', initial: 0.3 } },
  state: { u: 0, n: 0 },
  step: [
    'v = where(u > k, min(u, 2), abs(u) + k^2) * 0.6 + max(x, k * x)',
    'o = spike(v - 0.5)',
    'n = n + detach(o)',
    'u = (1 - o) * v / sqrt(1 + n)',
  ],
  output: 'o',
};
const ALL = [
  ...Object.values(described),
  ...(['hard', 'soft'] as const).map((reset) => lifDescription(reset, false)),
  ...[LEAK, CORNERS],
];
const OWN: SurrogateSettings = {
  name: 'own',
  parameters: { k: 2 },
  derivative: 'where(abs(u) < 1/k, k * (1 - k * abs(u)), 0)',
};

/** Spikes, gradients of currents and of what is learned, of tensors and of the interpreter. */
function both(description: NeuronDescription, gradient: GradientInForce, isStatic: boolean) {
  const equations = readNeuron(description);
  const specs = layerParameters(neuron('a', description), SHAPE);
  const start = Object.fromEntries(
    specs.map(({ suffix, shape, initial }) => [
      suffix,
      normals(suffix, sizeOf(shape)).map((n) => initial! + 0.05 * n),
    ]),
  );
  const once = normals(`x ${description.name}`, (isStatic ? 1 : STEPS) * NEURONS).map((n) => n + 0.4);
  const g = normals('g', STEPS * NEURONS);
  const x = Float64Array.from({ length: STEPS * NEURONS }, (_, i) => once[i % once.length]);
  const plain = runPlain(equations, x, STEPS, gradient, start);
  const made = plain.back(Float64Array.from(g));
  const expected = {
    y: plain.y,
    x: isStatic ? sumOverSteps(made.x, STEPS) : made.x,
    ...made.learned,
  };
  const shape = [STEPS * BATCH, ...SHAPE];
  const got = tf.tidy(() => {
    const site = { neuron: equations, steps: STEPS, isStatic, gradient };
    const shapes = new Map(specs.map((spec) => [spec.suffix, spec.shape]));
    const learned = equations.learned.map(({ name }) => tf.tensor(start[name], shapes.get(name)));
    const input = tf.tensor(once, [once.length / sizeOf(SHAPE), ...SHAPE]);
    const run = (current: tf.Tensor, ...parameters: tf.Tensor[]): tf.Tensor =>
      runEquations(current, parameters, site);
    const [toInput, ...toLearned] = tf.grads(run)([input, ...learned], tf.tensor(g, shape));
    return {
      y: run(input, ...learned).dataSync(),
      x: toInput.dataSync(),
      ...Object.fromEntries(equations.learned.map(({ name }, i) => [name, toLearned[i].dataSync()])),
    };
  });
  return { got: got as Record<string, Float32Array>, expected: expected as Record<string, Float64Array> };
}

for (const backend of ['cpu', 'wasm'] as const)
  test.serial(
    `${backend}: every neuron, with SGS and without, static and not: what it gives and all gradients are the interpreter's within 2e-5 of the largest`,
    async (t) => {
      await createTfjsEngine({ backend });
      const before = tf.memory().numTensors;
      let most = 0;
      for (const description of ALL)
        for (const surrogate of backend === 'cpu' ? [OWN] : ([{ name: 'sigmoid' }, OWN] as const))
          for (const [delta, scaleFloor] of [
            [0, null],
            [0.4, null],
            [3, 0],
          ] as const)
            for (const isStatic of delta === 0.4 ? [false, true] : [false]) {
              const { got, expected } = both(description, { surrogate, delta, scaleFloor }, isStatic);
              t.deepEqual(Object.keys(got).sort(), Object.keys(expected).sort());
              for (const [name, values] of Object.entries(expected)) {
                const worst = worstDifference(got[name], values);
                most = Math.max(most, worst);
                if (!(worst < 2e-5))
                  t.fail(`${description.name}, ${surrogate.name}, ${delta}, ${isStatic}, ${name}: ${worst}`);
              }
            }
      t.log(`worst ${most.toExponential(1)}`);
      t.is(tf.memory().numTensors, before);
    },
  );
