// Built-in neurons that are equations, as they come with the package: one pass against engine plain. All neurons, surrogates of
// one's own and every place that a layer can stand in: equations.slow.ts.
import test from 'ava';
import { openEngine } from '../../../src/engines/open.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { convNet, withNeurons } from '../../../src/network/architectures.js';
import { initialWeights } from '../../../src/network/initialise.js';
import { sizeOf } from '../../../src/network/parameters.js';
import { neurons } from '../../../src/neurons/index.js';
import { normals, worstDifference, worstOfAll } from '../../helpers/tensors.js';

for (const model of ['plif', 'clif', 'stl', 'liaf'] as const)
  test(`${model}: loss, gradients and logits within 2e-5 of engine plain`, async (t) => {
    const network = withNeurons(convNet({ classes: 3, width: 0.125, size: 8 }), neurons[model]);
    const settings = experiment({ steps: 2, neuron: { model, delta: 0.1 } });
    const shape = [4, ...network.input];
    const batch = { x: normals('x', sizeOf(shape)), shape, labels: Int32Array.of(0, 1, 2, 0) };
    const [got, wanted] = await Promise.all(
      (['event', 'plain'] as const).map(async (name) => {
        const engine = await openEngine(name === 'event' ? { engine: name, threads: 2 } : { engine: name });
        const one = engine.createModel(network, settings, initialWeights(network, 1));
        const made = { ...(await one.gradients(batch)), logits: (await one.evaluate(batch)).logits };
        one.dispose();
        engine.dispose();
        return made;
      }),
    );
    t.true(Math.abs(got.loss / wanted.loss - 1) <= 2e-5);
    const off = worstOfAll(got.gradients, wanted.gradients);
    t.log(off.toExponential(1));
    t.true(off <= 2e-5);
    t.true(worstDifference(got.logits, wanted.logits) <= 2e-5);
  });
