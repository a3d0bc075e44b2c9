// Terms of the loss that judge neurons: all built-in neurons, surrogates and places that a layer can stand in.
import test from 'ava';
import type { Batch } from '../../src/data/dataset.js';
import type { Engine } from '../../src/engines/engine.js';
import { openEngine } from '../../src/engines/open.js';
import { experiment, type ExperimentInput } from '../../src/experiment/experiment.js';
import { experimentNetwork } from '../../src/experiment/network.js';
import { sizeOf } from '../../src/network/parameters.js';
import { NEURON_NAMES } from '../../src/neurons/index.js';
import { weightsOf } from '../helpers/networks.js';
import { normals, worstDifference, worstOfAll } from '../helpers/tensors.js';

const plain = await openEngine({ engine: 'plain' });
const others = [
  await openEngine({ engine: 'tfjs', backend: 'wasm' }),
  ...(await Promise.all((['plain', 'fma'] as const).map((build) => openEngine({ engine: 'event', build })))),
];
test.after.always(() => [plain, ...others].forEach((engine) => engine.dispose()));

const loss: ExperimentInput['loss'] = [
  ...[{ kind: 'tet', weight: 0.5 } as const, { kind: 'imLoss' } as const],
  ...[
    { kind: 'distribution', saturation: 2 } as const,
    { kind: 'spikeRate', target: 0.1, weight: 3 } as const,
  ],
];

const CASES: Record<string, ExperimentInput> = Object.fromEntries([
  ...NEURON_NAMES.map((model) => [model, { neuron: { model, delta: 0.1 } } as ExperimentInput]),
  ...(['triangle', 'atan', 'sigmoid'] as const).map((name) => [
    name,
    { neuron: { surrogate: { name }, detachReset: true } } as ExperimentInput,
  ]),
  ['own surrogate', { neuron: { surrogate: { name: 'bell', derivative: 'exp(-u^2)' }, scaleFloor: 0 } }],
  ['liaf that fires at its threshold', { neuron: { model: 'liaf', comparison: '>=' } }],
  ['lif that fires at its threshold', { neuron: { comparison: '>=', reset: 'soft' } }],
  [
    'a width tied to batch norm',
    { neuron: { surrogate: { name: 'rectangle', parameter: { rule: 'norm' } } } },
  ],
  ['stepwise batch norm', { batchNorm: { kind: 'tebn' } }],
  ['stdb', { neuron: { surrogate: { name: 'stdb' } } }],
  [
    'dspike, by ratio',
    { neuron: { surrogate: { name: 'dspike', argument: 'ratio' }, delta: { layers: [0.1, 0, 0.2] } } },
  ],
  ['resnet19', { network: { architecture: 'resnet19', width: 1 / 16 } }],
]);
for (const [name, given] of Object.entries(CASES))
  for (const frames of [false, true])
    test.serial(
      `${name}, ${frames ? 'frames' : 'images'}: tfjs and event as engine plain within 1e-4`,
      async (t) => {
        const network = { architecture: 'convNet', width: 0.3 } as const; // 10, 19 and 38 channels
        const how = experiment({ network, steps: 3, loss, ...given });
        const net = experimentNetwork(how, [9, 9, 3], 4);
        const shape = [...(frames ? [3] : []), 5, ...net.input];
        const batch: Batch = { x: normals(name, sizeOf(shape)), shape, labels: Int32Array.of(0, 1, 2, 3, 0) };
        const of = async (engine: Engine) => {
          const model = engine.createModel(net, how, weightsOf(net, 2));
          const made = await model.gradients(batch);
          model.dispose();
          return made;
        };
        const want = await of(plain);
        for (const engine of others) {
          const got = await of(engine);
          const off = worstOfAll(got.gradients, want.gradients);
          t.log(engine.description, off.toExponential(1));
          t.true(off < 1e-4);
          t.true(worstDifference(got.terms!, want.terms!) < 1e-5);
        }
      },
    );
