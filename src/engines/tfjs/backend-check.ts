// Checks a backend before it is used: a strided convolution, both of its gradients and one custom gradient, against stored values.
// Tests: test/engines/tfjs/backend.test.ts.
import * as tf from '@tensorflow/tfjs';
import { defaultNeuron } from '../../neurons/lif.js';
import { spike } from './spike.js';

// Every number is a small multiple of 1/16, so float32 and even TF32 sums are exact. The convolution's values
// were computed with PyTorch 2.13 in float64 (stride 2, padding 1), the firing gradient by hand from Eq. (5).
const IMAGE = Array.from({ length: 32 }, (_, i) => (((i * 7) % 11) - 5) / 4); // [1, 4, 4, 2]
const FILTER = Array.from({ length: 54 }, (_, i) => (((i * 5) % 13) - 6) / 8); // [3, 3, 2, 3]
const UPSTREAM = Array.from({ length: 12 }, (_, i) => (((i * 3) % 7) - 3) / 2); // [1, 2, 2, 3]
const OUTPUT = [
  0.8125, -0.28125, -0.15625, -0.3125, 1.28125, 0.03125, -0.90625, 2.96875, -0.875, 1.9375, -3.5625, -1.34375,
];
const IMAGE_GRADIENT = [
  -0.5625, -0.5625, -1.5625, -0.875, 1.1875, 1.0625, 0.9375, -0.8125, 1.1875, -1.5, -0.8125, 0.125, -1.5625,
  0.4375, 1.625, 0.375, -0.5625, -0.8125, 0.5625, 0.8125, -1.4375, -0.9375, -0.4375, 0.875, -0.4375, -0.6875,
  0.4375, 0.6875, -0.0625, -1.1875, -0.6875, 0.625,
];
const FILTER_GRADIENT = [
  -0.375, 0.125, -0.25, -1.875, 0.625, -1.25, 0.25, 1.25, 0.5, -0.375, -0.875, -0.5, 1.75, -0.25, 1.25, -0.25,
  1.75, 0.25, 0.25, -0.5, 0.5, -2.125, 1.75, -2.25, 2.5, 1.0, -1.375, -0.25, -2.125, 1.25, -1.625, 1.625,
  -3.0, -1.625, 1.25, 2.375, 0.5, -0.375, 0.5, -0.5, -0.875, 0.5, 2.5, 0.75, -1.0, -0.25, -2.375, 1.625,
  -1.625, 1.375, -2.625, 2.5, 1.0, -1.375,
];
const POTENTIAL = [-0.25, 0.25, 0.5, 0.75, 1.25];
const SPIKE_UPSTREAM = [1, -2, 1, -1, 2];
const SPIKE_GRADIENT = [0, -1.75, 1.25, -1.125, 0]; // rectangle, theta = 0.5, delta = 0.5

const TOLERANCE = 1e-4;

/** Runs the check on the current backend. Returns undefined when all is right, else what is wrong. */
export async function checkBackendValues(): Promise<string | undefined> {
  const results = tf.tidy(() => {
    const image = tf.tensor(IMAGE, [1, 4, 4, 2]);
    const filter = tf.tensor(FILTER, [3, 3, 2, 3]);
    const convolve = (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
      tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 1, 'NHWC', 1, 'floor');
    const [imageGradient, filterGradient] = tf.grads(convolve)(
      [image, filter],
      tf.tensor(UPSTREAM, [1, 2, 2, 3]),
    );
    const fire = (v: tf.Tensor): tf.Tensor => spike(v, { ...defaultNeuron, delta: 0.5 });
    return {
      'the convolution': [convolve(image, filter), OUTPUT] as const,
      "the convolution's input gradient": [imageGradient, IMAGE_GRADIENT] as const,
      "the convolution's filter gradient": [filterGradient, FILTER_GRADIENT] as const,
      'the firing gradient': [
        tf.grad(fire)(tf.tensor1d(POTENTIAL), tf.tensor1d(SPIKE_UPSTREAM)),
        SPIKE_GRADIENT,
      ] as const,
    };
  });
  let failure: string | undefined;
  for (const [what, [tensor, expected]] of Object.entries(results)) {
    const values = await tensor.data();
    tensor.dispose();
    const worst = Math.max(...expected.map((value, i) => Math.abs(values[i] - value)));
    if (!(worst <= TOLERANCE))
      failure ??= `it computes ${what} wrong: off by ${worst}, at most ${TOLERANCE} is right`;
  }
  return failure;
}
