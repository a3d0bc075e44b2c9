import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { convNet, resnet19, vggsnn } from '../../src/network/architectures.js';
import {
  batchNorm,
  conv2d,
  flatten,
  type Layer,
  lif,
  linear,
  mpbn,
  type Network,
  neuNorm,
  residual,
  scaledNorm,
  stepNorm,
} from '../../src/network/layers.js';
import { countMacs } from '../../src/network/operations.js';
import { placeLayers } from '../../src/network/shapes.js';

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

test('placeLayers: behind a norm that differs from step to step, or neurons, nothing is the same at every step', (t) => {
  const behind = (norm: Layer): boolean => {
    const layers = [norm, flatten('f'), linear('fc', 8, 2)];
    return placeLayers({ name: 'n', input: [2, 2, 2], classes: 2, layers }).at(-1)!.beforeFirstNeuron;
  };
  t.deepEqual([stepNorm('n', 2, 'stepwise', 3), scaledNorm('n', 2, 0.5), batchNorm('n', 2)].map(behind), [
    true,
    true,
    true,
  ]);
  t.deepEqual(
    [stepNorm('n', 2, 'tebn', 3), stepNorm('n', 2, 'bntt', 3), neuNorm('n'), mpbn('n')].map(behind),
    [false, false, false, false],
  );
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

test('placeLayers: of a linear layer it says how high and wide the input was before it was flattened', (t) => {
  const placed = placeLayers(
    network([
      conv2d('c', 3, 5, { stride: 2 }),
      flatten('f1'),
      lif('l1'),
      flatten('f2'),
      linear('a', 80, 6),
      residual('r', [linear('b', 6, 4), flatten('f3')], [linear('d', 6, 4)]),
      flatten('f4'),
      linear('e', 4, 4),
    ]),
  );
  const unflattened = Object.fromEntries(placed.map((place) => [place.layer.name, place.unflattened]));
  t.deepEqual(unflattened, {
    c: [8, 8, 3],
    ...{ f1: [4, 4, 5], l1: [4, 4, 5], f2: [4, 4, 5], a: [4, 4, 5] },
    ...{ b: [1, 1, 6], f3: [1, 1, 4], d: [1, 1, 6], r: [1, 1, 6], f4: [1, 1, 4], e: [1, 1, 4] },
  });
});

test('placeLayers: both branches of a block begin where it does, before the first neuron or behind it', (t) => {
  const branches = residual('r', [conv2d('a', 3, 4), lif('l')], [conv2d('b', 3, 4)]);
  const placed = placeLayers(network([branches, flatten('f'), linear('fc', 256, 4)]));
  const before = placed.filter(({ beforeFirstNeuron }) => beforeFirstNeuron).map(({ layer }) => layer.name);
  t.deepEqual(before, ['a', 'l', 'b', 'r']);
});

test('placeLayers: what is too large for any memory is refused before anything is built, with the number', (t) => {
  const bad = (given: Network, message: RegExp): void => {
    t.throws(() => placeLayers(given), { instanceOf: SettingsError, message });
  };
  bad(
    network([linear('a', 20_000, 20_000), linear('b', 20_000, 4)], [1, 1, 20_000]),
    /^net: the parameters are 400,080,000 values, the most is 268,435,456; take a smaller width or size$/,
  );
  bad(
    network(
      [conv2d('a', 3, 1024, { kernel: 1 }), { type: 'globalAvgPool2d', name: 'g' }, linear('b', 1024, 4)],
      [1024, 1024, 3],
    ),
    /^net: a gives 1,073,741,824 values, the most is 268,435,456/,
  );
  bad(network([], [2 ** 20, 2 ** 20, 3]), /^net: ends with/);
  bad(
    network([{ type: 'globalAvgPool2d', name: 'g' }], [2 ** 20, 2 ** 20, 4]),
    /^net: an image has 4,398,046,511,104 values/,
  );
  bad(resnet19({ classes: 4, width: 1000 }), /^resnet19-w1000: the parameters are 12,/);
});
