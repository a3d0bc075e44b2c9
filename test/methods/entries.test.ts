// Settings of methods against the formulas of their papers, written once more in plain numbers.
import test from 'ava';
import { checkNeuron } from '../../src/neurons/by-name.js';
import { neuronGradient, runNeuron } from '../../src/equations/run-neuron.js';
import type { NeuronDescription } from '../../src/equations/index.js';
import { experiment, type Experiment } from '../../src/experiment/experiment.js';
import { experimentNetwork } from '../../src/experiment/network.js';
import { createPlainEngine } from '../../src/engines/plain/engine.js';
import { composeMethods } from '../../src/methods/compose.js';
import { method, methods } from '../../src/methods/index.js';
import { initialWeights } from '../../src/network/initialise.js';
import { equationsOf, isEquations } from '../../src/neurons/settings.js';
import { scheduledAt, type Scheduled } from '../../src/surrogates/schedules.js';
import { derivativeOf, type NamedSurrogate } from '../../src/surrogates/settings.js';
import { normals } from '../helpers/tensors.js';

const surrogateOf = (name: string): NamedSurrogate =>
  experiment(method(name).equal).neuron.surrogate as NamedSurrogate;

/** The equations of a method's neuron in preset equal. */
const modelOf = (name: string): NeuronDescription => {
  const { neuron } = experiment(method(name).equal);
  return isEquations(neuron) ? neuron.model : (undefined as never);
};

test('baseline is the default neuron without SGS and LR, so that both have one id', (t) => {
  const off = { neuron: { delta: 0 }, lipschitz: { beta: 0 } };
  t.deepEqual(experiment(method('baseline').equal), experiment(off));
  t.deepEqual(experiment(method('sgsLr').equal), experiment());
});

test('esg: h of an epoch is the derivative of ½·tanh(K·u) + ½, K from 1 to 10 as IM-Loss has it', (t) => {
  const { name, parameter } = surrogateOf('esg');
  const epochs = 20;
  for (let i = 0; i < epochs; i++) {
    const K = ((10 ** (i / epochs) - 1) * 10 + (10 - 10 ** (i / epochs)) * 1) / 9;
    const h = derivativeOf({ name, parameter: scheduledAt(parameter as Scheduled, i, epochs) });
    for (const u of [-0.7, -0.1, 0, 0.3, 2])
      t.true(Math.abs(h(u) - (K / 2) * (1 - Math.tanh(K * u) ** 2)) < 1e-12, `epoch ${i}, ${u}`);
  }
});

test('dspike: h is the derivative of the clamped, scaled tanh that MPBN ships, about θ = ½', (t) => {
  const h = derivativeOf(surrogateOf('dspike'));
  const smooth = (v: number): number => {
    const inside = Math.min(1, Math.max(0, v));
    return (Math.tanh(3 * (inside - 0.5)) + Math.tanh(1.5)) / (2 * Math.tanh(1.5));
  };
  for (const v of [-0.2, 0.1, 0.45, 0.8, 1.3])
    t.true(Math.abs(h(v - 0.5) - (smooth(v + 1e-6) - smooth(v - 1e-6)) / 2e-6) < 1e-8, String(v));
});

test('learnableRectangle: the gradients of the ramp of N2UQ at one bit, of potential, place and width', (t) => {
  const equations = equationsOf(modelOf('learnableRectangle'));
  const [start, a] = [-0.2, 1.4];
  const x = [-0.5, -0.1, 0.4, 0.6, 1.1, 1.5];
  const learned = { start: [start], a: [a] };
  const trace = runNeuron(equations, x, 1, { learned });
  const by = { x: [] as number[], start: 0, a: 0 };
  x.forEach((v, i) => {
    t.is(trace.values.o[i], v > start + a / 2 ? 1 : 0); // the threshold is the middle of the ramp
    const inside = v > start && v < start + a ? 1 : 0; // ramp (v − start)/a
    by.x.push(inside / a);
    by.start -= inside / a;
    by.a -= (inside * (v - start)) / a ** 2;
  });
  const found = neuronGradient(
    equations,
    trace,
    x.map(() => 1),
    {
      learned,
      surrogate: (u: number) => (Math.abs(u) < 0.5 ? 1 : 0),
    },
  );
  const near = (got: number, want: number, what: string): void =>
    void t.true(Math.abs(got - want) < 1e-12, what);
  x.forEach((_, i) => near(found.x[i], by.x[i], `x ${i}`));
  near(found.learned.start[0], by.start, 'start');
  near(found.learned.a[0], by.a, 'a');
});

test('learnableRectangle begins as the baseline: loss and gradients of all weights are the same', async (t) => {
  const base = { network: { architecture: 'convNet', width: 0.0625, convolutions: 2 } } as const;
  const x = normals('x', 3 * 8 * 8 * 3);
  const batch = { x, shape: [3, 8, 8, 3], labels: Int32Array.from([0, 1, 2]) };
  const gradients = async (settings: Experiment) => {
    const network = experimentNetwork(settings, [8, 8, 3], 10);
    const model = createPlainEngine().createModel(network, settings, initialWeights(network, 2));
    return model.gradients(batch);
  };
  const plain = await gradients(experiment(composeMethods(base, ['baseline'])));
  const learned = await gradients(experiment(composeMethods(base, ['learnableRectangle'])));
  t.true(Math.abs(learned.loss - plain.loss) < 1e-12);
  for (const [name, { data }] of Object.entries(plain.gradients)) {
    const most = Math.max(...data.map(Math.abs));
    data.forEach((value, i) =>
      t.true(Math.abs(learned.gradients[name].data[i] - value) <= 1e-9 * most, name),
    );
  }
});

test('neurons of every preset equal: derived gradients are central differences', (t) => {
  const described = methods.filter(({ equal: { neuron } }) => neuron?.model !== undefined);
  t.true(described.length >= 8);
  for (const { name } of described) t.true(checkNeuron(modelOf(name)).ok, name);
});
