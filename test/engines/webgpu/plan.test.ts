// Plans of engine webgpu: how many dispatches and how much memory, known without a card; all their WGSL through the package's null
// backend; and what is refused.
import test from 'ava';
import { UnsupportedError } from '../../../src/errors.js';
import { layModel } from '../../../src/engines/webgpu/model-layout.js';
import { compilePlan, type GpuPlan } from '../../../src/engines/webgpu/plan.js';
import { Gpu } from '../../../src/engines/webgpu/gpu.js';
import { type ExperimentInput, experiment } from '../../../src/experiment/experiment.js';
import {
  annTwin,
  convNet,
  resnet19,
  vggsnn,
  withLayers,
  withNeurons,
} from '../../../src/network/architectures.js';
import { batchNorm, lif, linear, mpbn, type Network } from '../../../src/network/layers.js';
import { modelOf, type NeuronInput } from '../../../src/neurons/settings.js';
import { CASES, NETWORK, TIGHT } from '../../helpers/equation-places.js';
import { NULL_BACKEND, testWithPackage } from '../../helpers/gpu.js';

interface Wanted {
  batch?: number;
  training?: boolean;
  dynamicInput?: boolean;
  activity?: boolean;
}

function planOf(network: Network, given: ExperimentInput, wanted: Wanted = {}): GpuPlan {
  const settings = experiment(given);
  const key = { batch: 2, training: true, dynamicInput: false, activity: false, probe: false, ...wanted };
  return compilePlan(layModel(network, settings), network, settings, key);
}

test('ResNet-19, T = 2, batch 100: a training step has 186 dispatches, 1.46 GiB and no binding above 100 MiB', (t) => {
  const { work, update, end } = planOf(resnet19({ classes: 10 }), { steps: 2 }, { batch: 100 });
  const all = [...work, ...update];
  t.is(all.length, 186);
  t.is(all.filter(({ kernel }) => kernel.startsWith('gram')).length, 3); // Lipschitz regularisation of all layers
  t.true(end <= 1.46 * 2 ** 30, `${end}`);
  const largest = Math.max(...all.flatMap(({ regions }) => regions.map(({ bytes }) => bytes)));
  t.is(largest, 100 * 2 ** 20);
});

test('vggsnn, T = 4, frames, batch 100: 98 dispatches and 1.93 GiB; words of spikes that stay leave no holes among signals', (t) => {
  const frames = { batch: 100, dynamicInput: true };
  const { work, update, end } = planOf(vggsnn({ classes: 10 }), { steps: 4 }, frames);
  t.is(work.length + update.length, 98);
  t.true(end <= 1.93 * 2 ** 30, `${end}`);
});

test('learned neurons behind two norms and before a pool: no dispatch binds more than the eight ranges that every device has', (t) => {
  const { work } = planOf(withNeurons(TIGHT, modelOf('plif')), { neuron: { model: 'plif' } });
  const kernels = work.filter(({ layer }) => layer === 'n2').map(({ kernel }) => kernel);
  t.true(kernels.includes('describedBackward'), kernels.join(', '));
  t.is(Math.max(...work.map(({ regions }) => regions.length)), 8);
});

test('no dispatch binds two ranges that touch the same memory, and all begin on 256 bytes', (t) => {
  for (const { work, update } of [
    planOf(resnet19({ classes: 10, width: 1 / 16, size: 16 }), { steps: 2 }),
    planOf(vggsnn({ classes: 10, width: 1 / 16 }), { steps: 3, parseval: {} }, { dynamicInput: true }),
    planOf(annTwin(convNet({ classes: 10, width: 0.25, size: 12 })), {}),
  ])
    for (const { kernel, regions } of [...work, ...update]) {
      const sorted = [...regions].sort((a, b) => a.address - b.address);
      for (const [i, { address }] of sorted.entries()) {
        t.is(address % 256, 0, kernel);
        if (i > 0) t.true(sorted[i - 1].address + sorted[i - 1].bytes <= address, kernel);
      }
    }
});

testWithPackage(
  'three nets, training and inference with activity: every kernel compiles, and every range can be bound',
  async (t) => {
    const gpu = await Gpu.open(NULL_BACKEND);
    const nets: [Network, ExperimentInput, Wanted][] = [
      [resnet19({ classes: 10, width: 1 / 16, size: 16 }), { steps: 2 }, {}],
      [
        vggsnn({ classes: 10, width: 1 / 16, size: 16 }),
        {
          ...{ steps: 3, loss: { kind: 'tet' }, parseval: {}, optimizer: { kind: 'sgd' } },
          neuron: { reset: 'soft', surrogate: { name: 'atan' } },
        },
        { dynamicInput: true },
      ],
      [annTwin(convNet({ classes: 10, width: 0.25, size: 12 })), { loss: [{ kind: 'rateMse' }] }, {}],
    ];
    for (const [network, given, wanted] of nets)
      for (const training of [true, false]) {
        const plan = planOf(network, given, { ...wanted, training, activity: !training });
        const memory = await gpu.allocate(plan.end);
        await t.notThrowsAsync(memory.prepare([...plan.work, ...plan.update]), network.name);
        memory.dispose();
      }
    t.log(`${gpu.pipelineCount} kernels`);
    gpu.dispose();
  },
);

testWithPackage(
  'every neuron, and surrogates of one’s own: every kernel compiles, forward and backward',
  async (t) => {
    const gpu = await Gpu.open(NULL_BACKEND);
    const cases: NeuronInput[] = [
      ...CASES.map(([, neuron]) => neuron),
      { surrogate: { name: 'stdb' } },
      { surrogate: { name: 'atan', argument: 'ratio', height: 0.3 }, comparison: '>=', scaleFloor: 0 },
    ];
    for (const neuron of cases) {
      const given = 'model' in neuron && neuron.model !== 'lif' ? neuron.model : undefined;
      const network = given === undefined ? NETWORK : withNeurons(NETWORK, modelOf(given as never));
      for (const training of [true, false]) {
        const plan = planOf(network, { steps: 3, neuron } as ExperimentInput, { training });
        const memory = await gpu.allocate(plan.end);
        await t.notThrowsAsync(memory.prepare([...plan.work, ...plan.update]), JSON.stringify(neuron));
        memory.dispose();
      }
    }
    gpu.dispose();
  },
);

test('refused by name, with the engine that can: norms over time, surrogates that follow a batch norm, terms that judge neurons', (t) => {
  const network = convNet({ classes: 10, width: 0.25, size: 12 });
  const refused = (given: ExperimentInput, named: RegExp, net = network): void => {
    const error = t.throws(() => planOf(net, given), { instanceOf: UnsupportedError })!;
    t.regex(error.message, named);
    t.regex(error.message, /use `--engine event`, which can/);
  };
  const tied = { surrogate: { name: 'rectangle', parameter: { rule: 'norm' } } } as never;
  refused({ neuron: tied }, /conv1\.lif \(lif\): the width of its surrogate follows a batch norm/);
  refused({ loss: [{ kind: 'mean' }, { kind: 'spikeRate' }] as never }, /loss term spikeRate judges neurons/);
  const normed = withLayers(network, (layer) => (layer.name === 'conv1.lif' ? mpbn('conv1.lif') : layer));
  refused({}, /conv1\.lif \(mpbn\): this engine has no such layer/, normed);
});

test('refused as by engine event, which cannot either: the message names engine tfjs', (t) => {
  const network: Network = {
    ...{ name: 'normed spikes', input: [1, 1, 4], classes: 4 },
    layers: [linear('fc1', 4, 4), lif('lif1'), batchNorm('norm', 4), linear('fc2', 4, 4)],
  };
  t.throws(() => planOf(network, {}), {
    instanceOf: UnsupportedError,
    message:
      'engine webgpu: normed spikes: norm (batchNorm): it normalises spikes; use `--engine tfjs`, which can',
  });
});
