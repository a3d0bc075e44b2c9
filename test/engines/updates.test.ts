// What moves parameters besides gradients, on all engines: the Parseval step, weight decay beside the gradient, and what neurons learn.
import test from 'ava';
import { experiment, type ExperimentInput } from '../../src/experiment/experiment.js';
import { openEngine } from '../../src/engines/open.js';
import { convNet, withNeurons } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';
import { sizeOf } from '../../src/network/parameters.js';
import { neurons } from '../../src/neurons/index.js';
import { normals, weightsOf, worstOfAll } from '../helpers/tensors.js';

const engines = [
  await openEngine({ engine: 'plain' }),
  await openEngine({ engine: 'tfjs', backend: 'wasm' }),
  await openEngine({ engine: 'event', threads: 2 }),
];
test.after.always(() => engines.forEach((engine) => engine.dispose()));

const UPDATES: Record<string, ExperimentInput> = {
  'the Parseval step': { parseval: { beta: 0.05 } },
  'the Parseval step of two layers beside LR': {
    ...{ parseval: { beta: 0.1, layers: ['conv2.conv', 'fc'] }, lipschitz: { beta: 0.01 } },
  },
  'decoupled weight decay, and rate and decay of what neurons learn': {
    optimizer: { kind: 'adam', weightDecay: 0.5, decoupled: true, neuronRate: 20, neuronDecay: 0.1 },
  },
  'SGD, coupled weight decay, neurons frozen': {
    optimizer: { kind: 'sgd', learningRate: 0.05, weightDecay: 0.1, neuronRate: 0 },
  },
};
for (const [name, given] of Object.entries(UPDATES))
  test(`${name}: after three updates the weights of tfjs and event are those of engine plain within 2e-5`, async (t) => {
    const how = experiment({ steps: 2, neuron: { model: 'plif' }, ...given });
    const network = withNeurons(convNet({ classes: 3, width: 1.2, size: 6, convolutions: 2 }), neurons.plif); // 38 and 77 channels
    const shape = [4, ...network.input];
    const batch = { x: normals('x', sizeOf(shape)), shape, labels: Int32Array.of(0, 1, 2, 0) };
    const start = initialWeights(network, 1);
    const after = [];
    for (const engine of engines) {
      const model = engine.createModel(network, how, start);
      for (let i = 0; i < 3; i++) await model.trainStep(batch, how.optimizer.learningRate);
      after.push(await weightsOf(model));
      model.dispose();
    }
    const [plain, ...others] = after;
    for (const weights of others) {
      const off = worstOfAll(weights, plain);
      t.log(off.toExponential(1));
      t.true(off < 2e-5);
    }
    const leak = plain['conv1.lif.w'].data[0] - start['conv1.lif.w'].data[0];
    t.is(leak === 0, how.optimizer.neuronRate === 0);
  });
