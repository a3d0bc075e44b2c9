// Neurons of the literature against PyTorch's autograd in float64 (test/fixtures/make_neurons.py), which knows nothing of equations.
import { readFileSync } from 'node:fs';
import test from 'ava';
import { readNeuron } from '../../../src/equations/index.js';
import { runEquations } from '../../../src/engines/plain/equations.js';
import { type NeuronName, neurons } from '../../../src/neurons/index.js';
import { worstDifference } from '../../helpers/tensors.js';

interface Fixture {
  steps: number;
  cases: {
    neuron: NeuronName;
    /** `[T, B, H, W, C]`, as all of its length. */
    x: number[];
    upstream: number[];
    y: number[];
    toX: number[];
    learned: Record<string, { values: number[]; gradient: number[] }>;
  }[];
}
const { steps, cases } = JSON.parse(readFileSync('test/fixtures/neurons.json', 'utf8')) as Fixture;

test('plif, diet, stl, clif and glif are there', (t) => {
  t.deepEqual(cases.map(({ neuron }) => neuron).sort(), ['clif', 'diet', 'glif', 'plif', 'stl']);
});

for (const { neuron, x, upstream, y, toX, learned } of cases)
  test(`${neuron}: spikes are PyTorch's, gradients of currents and of all that is learned within 1e-13 of the largest`, (t) => {
    const values = Object.fromEntries(Object.entries(learned).map(([name, given]) => [name, given.values]));
    const gradient = { surrogate: { name: 'atan' }, delta: 0, scaleFloor: null } as const;
    const run = runEquations(readNeuron(neurons[neuron]), Float64Array.from(x), steps, gradient, values);
    t.deepEqual([...run.y], y);
    t.true(y.includes(0) && y.includes(1));
    const made = run.back(Float64Array.from(upstream));
    t.true(worstDifference(made.x, toX) < 1e-13);
    t.deepEqual(Object.keys(made.learned).sort(), Object.keys(learned).sort());
    for (const [name, wanted] of Object.entries(learned))
      t.true(worstDifference(made.learned[name], wanted.gradient) < 1e-13, name);
  });
