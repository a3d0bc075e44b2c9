// GLIF with an input scale for each step: against the one that shares it.
import test from 'ava';
import { checkNeuron, readNeuron, runNeuron, neuronGradient } from '../../src/equations/index.js';
import { SettingsError } from '../../src/errors.js';
import { glif, glifByStep } from '../../src/neurons/glif.js';
import { normals } from '../helpers/tensors.js';

const STEPS = 3;
const x = Float64Array.from(normals('x', STEPS * 8), (value) => value + 0.5);
const g = Float64Array.from(normals('g', STEPS * 8));
const meanings = { surrogate: (u: number) => Math.exp(-u * u), sgs: () => 1 };

test('equal scales give what one gives, to 1e-15; the gradients of the scales add up to that of the one; θ is learned', (t) => {
  const [one, each] = [
    readNeuron({ ...glif, parameters: { ...glif.parameters, T: STEPS } }),
    readNeuron(glifByStep(STEPS)),
  ];
  const [a, b] = [one, each].map((neuron) => runNeuron(neuron, x, STEPS));
  a.values.v.forEach((value, i) => t.true(Math.abs(value - b.values.v[i]) < 1e-15));
  t.deepEqual([...a.values.o], [...b.values.o]);
  t.true(a.values.o.some((o) => o === 1));
  const [from, to] = [neuronGradient(one, a, g, meanings), neuronGradient(each, b, g, meanings)];
  const total = ['g0', 'g1', 'g2'].reduce((sum, name) => sum + to.learned[name][0], 0);
  t.true(Math.abs(total - from.learned.g[0]) < 1e-14);
  t.true(new Set(['g0', 'g1', 'g2'].map((name) => to.learned[name][0])).size === 3);
  from.x.forEach((value, i) => t.true(Math.abs(value - to.x[i]) < 1e-14));
  t.not(to.learned.threshold[0], 0);
});

test('its gradients are the central differences; T of 1 and of 20 can be read, 0 and 21 are refused', (t) => {
  t.true(checkNeuron(glifByStep(STEPS)).ok);
  for (const steps of [1, 20]) t.notThrows(() => readNeuron(glifByStep(steps)));
  for (const steps of [0, 21, 1.5])
    t.throws(() => glifByStep(steps), {
      instanceOf: SettingsError,
      message: /a whole number from 1 to 20, got/,
    });
});
