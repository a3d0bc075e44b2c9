import test from 'ava';
import { conv2d } from '../../src/network/layers.js';

test('conv2d: without other words a kernel of 3, stride 1, no bias; the padding keeps the size', (t) => {
  t.deepEqual(conv2d('c', 3, 4), {
    type: 'conv2d',
    name: 'c',
    in: 3,
    out: 4,
    kernel: 3,
    stride: 1,
    padding: 1,
    bias: false,
  });
  t.is(conv2d('c', 3, 4, { kernel: 5 }).padding, 2);
  t.is(conv2d('c', 3, 4, { kernel: 1 }).padding, 0);
  t.is(conv2d('c', 3, 4, { kernel: 5, padding: 0 }).padding, 0);
});
