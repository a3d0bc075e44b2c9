import test from 'ava';
import { conv2d, flatten, lif, linear } from '../../src/network/layers.js';
import { parameterSpecs } from '../../src/network/parameters.js';

test('parameterSpecs: PyTorch layouts, fan-in, and roles', (t) => {
  const specs = parameterSpecs({
    name: 'net',
    input: [8, 8, 3],
    classes: 4,
    layers: [
      conv2d('c', 3, 4, { bias: true, kernel: 1, padding: 0 }),
      lif('n'),
      flatten('f'),
      linear('l', 256, 4),
    ],
  });
  t.deepEqual(
    specs.map(({ name, shape, fanIn, role }) => [name, shape.join('×'), fanIn, role]),
    [
      ['c.weight', '4×3×1×1', 3, 'weight'],
      ['c.bias', '4', 3, 'bias'],
      ['l.weight', '4×256', 256, 'weight'],
      ['l.bias', '4', 256, 'bias'],
    ],
  );
});
