import test from 'ava';
import { annTwin, convNet, resnet19 } from '../../src/network/architectures.js';
import {
  allEnergies,
  energyOf,
  layerEnergies,
  meanRate,
  type LayerEnergy,
} from '../../src/measures/energy.js';
import type { LayerActivity } from '../../src/engines/engine.js';
import {
  avgPool2d,
  conv2d,
  flatten,
  lif,
  linear,
  type Network,
  neuron,
  residual,
} from '../../src/network/layers.js';
import { neurons } from '../../src/neurons/index.js';
import { placeLayers } from '../../src/network/shapes.js';

/** Activity of `examples` examples in which every synapse's input fires at one rate. */
function uniformActivity(network: Network, steps: number, rate: number, examples = 10): LayerActivity[] {
  return placeLayers(network)
    .filter(({ layer }) => layer.type === 'conv2d' || layer.type === 'linear')
    .map(({ layer, input }) => {
      const size = examples * input[0] * input[1] * input[2];
      const perStep = (value: number): number[] => Array.from({ length: steps }, () => value);
      return {
        layer: layer.name,
        kind: 'synapse',
        nonZero: perStep(rate * size),
        size,
        operations: perStep(100),
      };
    });
}

const paper = { cost: 'int32', firstLayer: 'ac', averages: 'ac' } as const;

test("energyOf: the paper's counting gives 32/(T·S) whatever the network", (t) => {
  for (const [steps, rate] of [
    [2, 0.15],
    [6, 0.157],
    [1, 1],
  ]) {
    const layers = layerEnergies(
      resnet19({ classes: 10 }),
      uniformActivity(resnet19({ classes: 10 }), steps, rate),
    );
    t.true(Math.abs(energyOf(layers, steps, paper).ratio - 32 / (steps * rate)) < 1e-9);
    t.true(Math.abs(meanRate(layers) - rate) < 1e-12);
  }
});

test('energyOf: ResNet-19 on CIFAR10 takes 7.093 mJ as an ANN', (t) => {
  const network = resnet19({ classes: 10 });
  const { ann } = energyOf(layerEnergies(network, uniformActivity(network, 2, 0.15)), 2, paper);
  t.true(Math.abs(ann * 1e-9 - 7.093) < 5e-4, String(ann));
});

test('energyOf: at S = 0.15 and T = 2 the first layer as MAC lowers the ratio from 106.7 to 91.2', (t) => {
  const network = resnet19({ classes: 10 });
  const layers = layerEnergies(network, uniformActivity(network, 2, 0.15));
  const ratio = (firstLayer: 'ac' | 'macEveryStep'): number =>
    energyOf(layers, 2, { ...paper, firstLayer }).ratio;
  t.is(ratio('ac').toFixed(1), '106.7');
  t.is(ratio('macEveryStep').toFixed(1), '91.2');
});

test('energyOf: every counting by hand on two layers', (t) => {
  const base = { synapticOperations: 0, layer: '' };
  const layers: LayerEnergy[] = [
    { ...base, macs: 100, inputRate: 1, input: 'image' },
    { ...base, macs: 1000, inputRate: 0.2, input: 'spikes' },
    { ...base, macs: 10, inputRate: 0.5, input: 'averages' },
  ];
  const snn = (firstLayer: 'ac' | 'macEveryStep' | 'macOnce', averages: 'ac' | 'mac'): number =>
    energyOf(layers, 4, { cost: 'fp32', firstLayer, averages }).snn;
  const hidden = 4 * 1000 * 0.2 * 0.9;
  t.true(Math.abs(snn('ac', 'ac') - (4 * 100 * 0.9 + hidden + 4 * 10 * 0.5 * 0.9)) < 1e-9);
  t.true(Math.abs(snn('macEveryStep', 'ac') - (4 * 100 * 4.6 + hidden + 4 * 10 * 0.5 * 0.9)) < 1e-9);
  t.true(Math.abs(snn('macOnce', 'mac') - (100 * 4.6 + hidden + 4 * 10 * 4.6)) < 1e-9);
  t.is(allEnergies(layers, 4).length, 12);
});

test('layerEnergies: knows image, spikes and averages; operations are per example', (t) => {
  const network = convNet({ classes: 10, width: 0.25 });
  const layers = layerEnergies(network, uniformActivity(network, 2, 0.3));
  t.deepEqual(
    layers.map(({ input }) => input),
    ['image', 'averages', 'averages', 'averages'],
  );
  t.true(layers.every(({ synapticOperations }) => synapticOperations === 20));
  const resnet = layerEnergies(
    resnet19({ classes: 10, width: 0.1 }),
    uniformActivity(resnet19({ classes: 10, width: 0.1 }), 2, 0.3),
  );
  const kinds = resnet.map(({ input }) => input);
  t.is(kinds.filter((kind) => kind === 'spikes').length, resnet.length - 2); // all but conv1 and fc1
  t.deepEqual([kinds[0], kinds.at(-2)], ['image', 'averages']);
});

test('an ANN twin multiplies real numbers in every layer: its energy is the same on both sides, but for the first layer', (t) => {
  const twin = annTwin(convNet({ classes: 10, width: 0.25 }));
  const layers = layerEnergies(twin, uniformActivity(twin, 1, 0.3));
  t.deepEqual(
    layers.map(({ input }) => input),
    ['image', 'activations', 'activations', 'activations'],
  );
  for (const averages of ['ac', 'mac'] as const) {
    const { ann, snn } = energyOf(layers, 1, { cost: 'int32', firstLayer: 'macOnce', averages });
    t.is(snn, ann);
  }
});

test('layerEnergies: spikes scaled by a number of the layer are spikes, an analog output is not; averages of each likewise', (t) => {
  const inputsBehind = (first: keyof typeof neurons): string[] => {
    const network: Network = {
      ...{ name: 'two', input: [4, 4, 3], classes: 2 },
      layers: [
        ...[conv2d('conv1', 3, 4), neuron('n1', neurons[first]), conv2d('conv2', 4, 4)],
        ...[neuron('n2', neurons[first]), avgPool2d('pool', 2), flatten('flatten'), linear('fc', 16, 2)],
      ],
    };
    return layerEnergies(network, uniformActivity(network, 2, 0.5)).map(({ input }) => input);
  };
  t.deepEqual(inputsBehind('trsg'), ['image', 'spikes', 'averages']);
  t.deepEqual(inputsBehind('plif'), ['image', 'spikes', 'averages']);
  t.deepEqual(inputsBehind('liaf'), ['image', 'activations', 'activations']);
});

test('layerEnergies: a shortcut is fed by what feeds its block, and so is what follows a block without a neuron', (t) => {
  const conv = (name: string, channelsIn: number, kernel = 1) =>
    conv2d(name, channelsIn, 4, { kernel, padding: (kernel - 1) / 2 });
  const block = (name: string, channelsIn: number) =>
    residual(
      name,
      [conv(`${name}.body`, channelsIn, 3), lif(`${name}.lif`), conv(`${name}.end`, 4)],
      [conv(`${name}.shortcut`, channelsIn)],
    );
  const network: Network = {
    ...{ name: 'blocks', input: [4, 4, 3], classes: 2 },
    layers: [
      ...[block('image', 3), conv('behind', 4), lif('lif1')],
      ...[block('spikes', 4), lif('lif2'), avgPool2d('pool', 2)],
      ...[block('averages', 4), lif('lif3'), flatten('flatten'), linear('fc', 16, 2)],
    ],
  };
  const layers = layerEnergies(network, uniformActivity(network, 2, 0.5));
  t.deepEqual(
    layers.map(({ layer, input }) => [layer, input]),
    [
      ...[
        ['image.body', 'image'] as const,
        ['image.end', 'spikes'] as const,
        ['image.shortcut', 'image'] as const,
      ],
      ['behind', 'image'],
      ...[
        ['spikes.body', 'spikes'] as const,
        ['spikes.end', 'spikes'] as const,
        ['spikes.shortcut', 'spikes'] as const,
      ],
      ...[['averages.body', 'averages'] as const, ['averages.end', 'spikes'] as const],
      ['averages.shortcut', 'averages'],
      ['fc', 'spikes'],
    ],
  );
});

test('allEnergies: cost by first layer by averages, each as energyOf counts it', (t) => {
  const layers: LayerEnergy[] = [
    { layer: 'a', macs: 100, inputRate: 1, input: 'image', synapticOperations: 0 },
    { layer: 'b', macs: 10, inputRate: 0.5, input: 'averages', synapticOperations: 0 },
  ];
  t.deepEqual(
    allEnergies(layers, 4),
    (['int32', 'fp32'] as const).flatMap((cost) =>
      (['ac', 'macEveryStep', 'macOnce'] as const).flatMap((firstLayer) =>
        (['ac', 'mac'] as const).map((averages) => energyOf(layers, 4, { cost, firstLayer, averages })),
      ),
    ),
  );
});
