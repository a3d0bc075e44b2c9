// The table of layers (the paper's Table 7) agrees with the network that it is read off.
import test from 'ava';
import { experiment, type ExperimentInput } from '../../src/experiment/experiment.js';
import { experimentNetwork } from '../../src/experiment/network.js';
import { convNet, resnet19, vggsnn } from '../../src/network/architectures.js';
import type { Layer } from '../../src/network/layers.js';
import { countMacs } from '../../src/network/operations.js';
import { countParameters } from '../../src/network/parameters.js';
import { placeLayers } from '../../src/network/shapes.js';
import { architectureRows, operationOf } from '../../src/network/table.js';

/** With norms over time, neuron normalisation, and normalised potentials. */
const VARIED = [
  { batchNorm: { kind: 'bntt' } },
  { batchNorm: { kind: 'tebn' }, neuron: { model: 'mpbn' } },
  { batchNorm: { kind: 'neuNorm' } },
].map((given, i) => ({
  ...experimentNetwork(experiment({ ...given, steps: 3 } as ExperimentInput), [32, 32, 3], 10),
  name: `convNet with ${['bntt', 'tebn and mpbn', 'neuNorm'][i]}`,
}));

for (const network of [
  resnet19({ classes: 10 }),
  resnet19({ classes: 100, width: 0.25 }),
  vggsnn({ classes: 10 }),
  convNet({ classes: 10, convolutions: 5 }),
  ...VARIED,
])
  test(`architectureRows of ${network.name}, ${network.classes} classes: parameters and MACs add up to the network's`, (t) => {
    const rows = architectureRows(network);
    const sum = (value: (row: (typeof rows)[number]) => number): number =>
      rows.reduce((total, row) => total + value(row), 0);
    t.is(
      sum(({ weights, batchNorm }) => weights + batchNorm),
      countParameters(network),
    );
    t.is(
      sum(({ macs }) => macs),
      placeLayers(network).reduce((total, placed) => total + countMacs(placed), 0),
    );
  });

test('architectureRows: ResNet-19 cell by cell at its ends and where its size halves', (t) => {
  const rows = architectureRows(resnet19({ classes: 10 }));
  const [first, second] = rows;
  // 3·3·3·64 weights on 32·32 pixels; batch norm has a scale and a shift for each channel.
  t.deepEqual(first, {
    ...{ layer: 'conv1.conv', operation: 'Conv 3 × 3, stride 1 + BN + LIF' },
    ...{ input: '32 × 32 × 3', output: '32 × 32 × 64' },
    ...{ weights: 1728, batchNorm: 128, macs: 1728 * 1024 },
  });
  t.deepEqual(
    [second.layer, second.input, second.output, second.weights, second.batchNorm],
    ['block1.conv1', '32 × 32 × 64', '32 × 32 × 128', 9 * 64 * 128, 256],
  );
  const halved = rows.find(({ layer }) => layer === 'block4.conv1')!;
  t.deepEqual(
    [halved.operation, halved.input, halved.output, halved.macs],
    ['Conv 3 × 3, stride 2 + BN + LIF', '32 × 32 × 128', '16 × 16 × 256', 9 * 128 * 256 * 256],
  );
  const last = rows.at(-1)!;
  t.deepEqual(last, {
    ...{ layer: 'fc2', operation: 'linear', input: '1 × 1 × 256', output: '1 × 1 × 10' },
    ...{ weights: 2570, batchNorm: 0, macs: 2560 },
  });
  t.is(rows.filter(({ operation }) => operation.endsWith('+ LIF')).length, 18);
});

test('operationOf: each kind of layer in a few words', (t) => {
  const name = 'a';
  const words = (
    [
      { type: 'conv2d', name, in: 1, out: 2, kernel: 5, stride: 2, padding: 0, bias: false },
      { type: 'linear', name, in: 1, out: 2, bias: true },
      { type: 'avgPool2d', name, size: 2 },
      { type: 'maxPool2d', name, size: 3 },
      { type: 'globalAvgPool2d', name },
      { type: 'residual', name, body: [], shortcut: [] },
      { type: 'residual', name, body: [], shortcut: [{ type: 'lif', name }] },
      { type: 'batchNorm', name, channels: 2 },
      { type: 'lif', name },
      { type: 'relu', name },
      { type: 'flatten', name },
    ] as Layer[]
  ).map(operationOf);
  t.deepEqual(words, [
    'Conv 5 × 5, stride 2',
    'linear',
    'average 2 × 2',
    'maximum 3 × 3',
    'average over all pixels',
    'body + input',
    'body + shortcut',
    'BN',
    'LIF',
    'ReLU',
    'flatten',
  ]);
});
