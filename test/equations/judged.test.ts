// Neurons whose potentials and spikes are judged: with a smooth curve in place of the step the gradients are central differences.
import test from 'ava';
import { judged, neuronGradient, readNeuron, runNeuron } from '../../src/equations/index.js';
import { fromLoss, MARGIN } from '../../src/equations/names.js';
import { neurons } from '../../src/neurons/index.js';
import { lifDescription } from '../../src/neurons/lif.js';
import { defaultNeuron } from '../../src/neurons/lif.js';
import { centralDifferences, dot } from '../helpers/differences.js';
import { normals, worstDifference } from '../helpers/tensors.js';

const STEPS = 3;
const COUNT = 4;
const soft = lifDescription({ ...defaultNeuron, reset: 'soft' });
const smooth = {
  spike: (u: number) => 1 / (1 + Math.exp(-3 * u)),
  surrogate: (u: number) => (3 * Math.exp(-3 * u)) / (1 + Math.exp(-3 * u)) ** 2,
  sgs: () => 1,
};

for (const description of [neurons.lif, soft, neurons.plif, neurons.stl, neurons.clif, neurons.liaf])
  test(`${description.name} (${description.step.at(-1)}): pulled at output, v − θ and spike, gradients are central differences within 1e-8`, (t) => {
    const attached = {
      ...description,
      step: description.step.map((text) => text.replaceAll('detach(o)', 'o')),
    };
    const neuron = judged(readNeuron(attached));
    const spike = neuron.spike!;
    const x = Float64Array.from(normals('x', STEPS * COUNT), (z) => z + 0.4);
    const [g, ofMargin] = ['g', 'margin'].map((name) => normals(name, STEPS * COUNT));
    const learned = Object.fromEntries(neuron.learned.map(({ name, initial }) => [name, [initial]]));
    const run = (at: Float64Array, with_: Record<string, ArrayLike<number>>) =>
      runNeuron(neuron, at, STEPS, { ...smooth, learned: with_ });
    const loss = (at: Float64Array, with_: Record<string, ArrayLike<number>> = learned): number => {
      const { values } = run(at, with_);
      const spikes = values[spike].reduce((sum, o) => sum + o, 0);
      return dot(values[neuron.output], g) + dot(values[MARGIN], ofMargin) + 0.7 * spikes;
    };
    const arriving = { [fromLoss(MARGIN)]: ofMargin, [fromLoss(spike)]: 0.7 };
    const found = neuronGradient(neuron, run(x, learned), g, { ...smooth, learned, arriving });
    t.true(
      worstDifference(
        found.x,
        centralDifferences((at) => loss(at), x),
      ) < 1e-8,
    );
    for (const { name, initial } of neuron.learned) {
      const wanted = centralDifferences((at) => loss(x, { ...learned, [name]: at }), [initial]);
      t.true(worstDifference(found.learned[name], wanted) < 1e-8, name);
    }
  });

test('judged equations run as the others do, and without a pull have their gradients; neurons without spikes stay as they are', (t) => {
  const plain = readNeuron(neurons.clif);
  const x = normals('x', STEPS * COUNT);
  const g = normals('g', STEPS * COUNT);
  const [a, b] = [plain, judged(plain)].map((neuron) => {
    const trace = runNeuron(neuron, x, STEPS, smooth);
    return { o: trace.values.o, x: neuronGradient(neuron, trace, g, smooth).x };
  });
  t.deepEqual(a, b);
  t.is(judged(plain), judged(plain));
  const filter = readNeuron({ name: 'filter', state: { u: 0 }, step: ['u = u / 2 + x'], output: 'u' });
  t.is(judged(filter), filter);
});
