import test from 'ava';
import { convNet, vggsnn } from '../../src/network/architectures.js';
import { SettingsError } from '../../src/errors.js';
import { conv2d, flatten, linear, residual, type Layer, type Network } from '../../src/network/layers.js';
import { countMacs, placeLayers } from '../../src/network/shapes.js';

const network = (layers: Layer[], input: [number, number, number] = [8, 8, 3]): Network => ({
  name: 'net',
  input,
  classes: 4,
  layers,
});

test('placeLayers: shapes follow PyTorch, odd sizes and strides included', (t) => {
  const odd = network(
    [
      conv2d('a', 3, 5, { stride: 2 }),
      conv2d('b', 5, 6, { kernel: 5, padding: 0 }),
      flatten('f'),
      linear('l', 0, 4),
    ],
    [13, 11, 3],
  );
  (odd.layers[3] as { in: number }).in = 3 * 2 * 6;
  t.deepEqual(
    placeLayers(odd).map(({ output }) => output),
    [
      [7, 6, 5],
      [3, 2, 6],
      [1, 1, 36],
      [1, 1, 4],
    ],
  );
});

test('placeLayers: marks what is computed once for a static image', (t) => {
  const before = placeLayers(convNet({ classes: 10 }))
    .filter(({ beforeFirstNeuron }) => beforeFirstNeuron)
    .map(({ layer }) => layer.name);
  t.deepEqual(before, ['conv1.conv', 'conv1.bn', 'conv1.lif']);
});

test('placeLayers: names the layer that does not fit', (t) => {
  const bad = (layers: Layer[], message: RegExp): void => {
    t.throws(() => placeLayers(network(layers)), { instanceOf: SettingsError, message });
  };
  bad([conv2d('a', 4, 5)], /net: a expects 4 input channels, got 3 from \[8,8,3\]/);
  bad([conv2d('a', 3, 5), conv2d('a', 5, 5)], /two layers are named a/);
  bad([linear('l', 192, 4)], /l needs a flat input, got \[8,8,3\]; put flatten before it/);
  bad([conv2d('a', 3, 5)], /ends with \[8,8,5\], expected \[1,1,4\]/);
  bad([residual('r', [conv2d('a', 3, 5)])], /r: the body gives \[8,8,5\] and the shortcut \[8,8,3\]/);
  bad([conv2d('a', 3, 5, { kernel: 11, padding: 0 })], /a leaves nothing of an input of 8 × 8/);
  t.throws(() => placeLayers(vggsnn({ classes: 4, size: 8 })), {
    instanceOf: SettingsError,
    message: /leaves nothing of an input of 1 × 1/,
  });
});

test('countMacs: O²·N·k²·M for a convolution with stride', (t) => {
  const [placed] = placeLayers({
    ...network([conv2d('c', 3, 4, { stride: 2 }), flatten('f'), linear('l', 64, 4)]),
  });
  t.is(countMacs(placed), 4 * 4 * 3 * 9 * 4);
});
