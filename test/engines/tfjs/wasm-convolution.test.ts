import test from 'ava';
import * as tf from '@tensorflow/tfjs';
import { openBackend } from '../../../src/engines/tfjs/backend.js';
import { stream } from '../../../src/random.js';

/** kernel, stride, padding, height, width: what the networks use, and shapes where a stride leaves a remainder. */
const CASES = [
  [3, 1, 1, 8, 8],
  [3, 2, 1, 8, 8],
  [3, 2, 1, 7, 9],
  [1, 1, 0, 5, 6],
  [1, 2, 0, 8, 7],
  [5, 1, 2, 9, 8],
  [5, 2, 2, 9, 10],
  [3, 2, 0, 8, 8],
  [2, 1, 0, 5, 5],
  [3, 3, 1, 10, 8],
  [1, 1, 1, 4, 4],
] as const;

const values = (name: string, shape: number[]): Float32Array => {
  const { normal } = stream(1, 'probe', name, ...shape);
  return Float32Array.from({ length: shape.reduce((a, b) => a * b) }, normal);
};

/** Input and filter gradient of a convolution with a non-unit upstream gradient. */
async function gradients([kernel, stride, padding, height, width]: (typeof CASES)[number]): Promise<
  Float32Array[]
> {
  const x = tf.tensor(values('x', [2, height, width, 3]), [2, height, width, 3]) as tf.Tensor4D;
  const w = tf.tensor(values('w', [kernel, kernel, 3, 4]), [kernel, kernel, 3, 4]) as tf.Tensor4D;
  const convolve = (a: tf.Tensor, b: tf.Tensor): tf.Tensor =>
    tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, padding, 'NHWC', 1, 'floor');
  const y = convolve(x, w);
  const dy = tf.tensor(values('dy', y.shape), y.shape);
  const [dx, dw] = tf.grads(convolve)([x, w], dy);
  const read = [await dx.data<'float32'>(), await dw.data<'float32'>()].map((data) => new Float32Array(data));
  tf.dispose([x, w, y, dy, dx, dw]);
  return read;
}

test.serial(
  'wasm convolution gradients equal the cpu backend within 1e-5 of the largest, no tensor leaks',
  async (t) => {
    await openBackend('cpu');
    const expected: Float32Array[][] = [];
    for (const shape of CASES) expected.push(await gradients(shape));
    await openBackend('wasm');
    const before = tf.memory().numTensors;
    for (const [i, shape] of CASES.entries()) {
      const got = await gradients(shape);
      got.forEach((values, which) => {
        const scale = Math.max(...expected[i][which].map(Math.abs));
        const worst = Math.max(...values.map((value, k) => Math.abs(value - expected[i][which][k])));
        t.is(values.length, expected[i][which].length);
        t.true(worst <= 1e-5 * scale, `${shape} ${which === 0 ? 'input' : 'filter'}: ${worst / scale}`);
      });
    }
    t.is(tf.memory().numTensors, before);
  },
);
