import test from 'ava';
import { SettingsError } from '../../../src/errors.js';
import { conv2d } from '../../../src/network/layers.js';

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

test('conv2d: an even kernel needs a padding, which none keeps the size by itself', (t) => {
  for (const kernel of [2, 4])
    t.throws(() => conv2d('c', 3, 4, { kernel }), {
      instanceOf: SettingsError,
      message: `conv2d c: kernel is ${kernel}, and no equal padding of both sides keeps the size of an image under an even kernel; give a padding`,
    });
  t.is(conv2d('c', 3, 4, { kernel: 2, padding: 0 }).padding, 0);
  t.is(conv2d('c', 3, 4, { kernel: 4, padding: 1 }).padding, 1);
});
