// Bits of what feeds a layer.
import test from 'ava';
import { convNet, resnet19 } from '../../src/network/architectures.js';
import { conv2d, flatten, linear, neuron } from '../../src/network/layers.js';
import { neurons } from '../../src/neurons/index.js';
import { countMacs, exactMacs, inputBits } from '../../src/network/operations.js';
import { type PlacedLayer, placeLayers } from '../../src/network/shapes.js';

test('inputBits: one for spikes and scaled ones, three for averages of four, seven of 64, 32 of what is analog; none for the image', (t) => {
  const resnet = inputBits(resnet19({ classes: 10, width: 0.1 }));
  t.false(resnet.has('conv1.conv'));
  t.is(resnet.get('fc1'), 7);
  t.deepEqual([...new Set([...resnet].filter(([name]) => name !== 'fc1').map(([, bits]) => bits))], [1]);
  const conv = inputBits(convNet({ classes: 10, width: 0.1, convolutions: 3 }));
  t.deepEqual([...conv.values()], [3, 3, 3]);
  for (const [name, bits] of [
    ['trsg', 1],
    ['liaf', 32],
  ] as const) {
    const layers = [conv2d('conv1', 3, 4), neuron('n', neurons[name]), flatten('f'), linear('fc', 64, 2)];
    t.is(inputBits({ name, input: [4, 4, 3], classes: 2, layers }).get('fc'), bits);
  }
});

/** Counts by visiting every output, input channel and place of the kernel. */
function visited({ layer, input, output }: PlacedLayer): number {
  if (layer.type !== 'conv2d') throw new Error('a convolution');
  let macs = 0;
  for (let y = 0; y < output[0]; y++)
    for (let x = 0; x < output[1]; x++)
      for (let i = 0; i < layer.kernel; i++)
        for (let j = 0; j < layer.kernel; j++) {
          const [row, column] = [y * layer.stride + i - layer.padding, x * layer.stride + j - layer.padding];
          if (row >= 0 && row < input[0] && column >= 0 && column < input[1]) macs += layer.in * layer.out;
        }
  return macs;
}

test('exactMacs: as many as visiting every place of the kernel finds, for strides and paddings', (t) => {
  for (const [height, width, kernel, stride, padding] of [
    [6, 5, 3, 1, 1],
    [8, 8, 3, 2, 1],
    [7, 7, 5, 2, 2],
    [4, 4, 1, 1, 0],
    [6, 9, 2, 2, 1],
    [9, 7, 4, 3, 2],
    [5, 8, 6, 1, 5],
    [1, 9, 3, 2, 1],
  ]) {
    const layer = conv2d('c', 2, 3, { kernel, stride, padding });
    const size = (n: number): number => Math.floor((n + 2 * padding - kernel) / stride) + 1;
    const placed: PlacedLayer = {
      layer,
      input: [height, width, 2],
      unflattened: [height, width, 2],
      output: [size(height), size(width), 3],
      beforeFirstNeuron: true,
    };
    t.is(exactMacs(placed), visited(placed));
    t.is(exactMacs(placed) === countMacs(placed), padding === 0);
  }
});

test('exactMacs: a 2 × 2 image under a padded 3 × 3 kernel needs 4/9 of what is counted; linear layers need all', (t) => {
  const placed = placeLayers(convNet({ classes: 10, width: 0.5, convolutions: 5 }));
  const conv5 = placed.find(({ layer }) => layer.name === 'conv5.conv')!;
  t.deepEqual(conv5.input.slice(0, 2), [2, 2]);
  t.true(Math.abs(exactMacs(conv5) / countMacs(conv5) - 4 / 9) < 1e-12);
  const fc: PlacedLayer = {
    layer: linear('fc', 7, 3),
    input: [1, 1, 7],
    unflattened: [1, 1, 7],
    output: [1, 1, 3],
    beforeFirstNeuron: false,
  };
  t.is(exactMacs(fc), 21);
  t.is(exactMacs(placed.find(({ layer }) => layer.type === 'lif')!), 0);
});
