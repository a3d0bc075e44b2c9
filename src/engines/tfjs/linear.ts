// Convolution and matrix product with the gradients that every backend runs fast. Tests: test/engines/tfjs/ops.test.ts.
import * as tf from '@tensorflow/tfjs';
import type { Conv2d } from '../../network/layers.js';

/**
 * `y = x·w + b`. TensorFlow.js wasm multiplies transposed operands by a slow path, hence explicit transposes.
 *
 * @param x - `[N, in]`
 * @param w - `[in, out]`
 */
export function linear(x: tf.Tensor, w: tf.Tensor, b?: tf.Tensor): tf.Tensor {
  const product = tf.customGrad((...args) => {
    const [input, weight, save] = args as [tf.Tensor2D, tf.Tensor2D, tf.GradSaveFunc];
    save([input, weight]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => [
      tf.matMul(dy, saved[1].transpose()),
      tf.matMul(saved[0].transpose(), dy),
    ];
    return { value: tf.matMul(input, weight), gradFunc };
  });
  const y = product(x, w);
  return b === undefined ? y : y.add(b);
}

/**
 * A 2-D convolution with zero padding on each side, as PyTorch's.
 *
 * @param x - `[N, H, W, in]`
 * @param w - `[kernel, kernel, in, out]`
 */
export function conv2d(x: tf.Tensor, w: tf.Tensor, layer: Conv2d, b?: tf.Tensor): tf.Tensor {
  const y = tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, layer.stride, layer.padding, 'NHWC', 1, 'floor');
  return b === undefined ? y : y.add(b);
}
