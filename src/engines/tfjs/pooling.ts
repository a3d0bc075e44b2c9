// Average pooling with a gradient made of two broadcasts, which every backend runs fast.
import * as tf from '@tensorflow/tfjs';

/** Repeats every element of axis 1 of `[rows, columns, width]` `times` times. */
const repeatColumns = (
  x: tf.Tensor,
  rows: number,
  columns: number,
  width: number,
  times: number,
): tf.Tensor => x.reshape([rows * columns, 1, width]).mul(tf.ones([1, times, 1]));

/**
 * Average over `[height, width]` blocks, stride = block; a remainder at the edge is dropped.
 *
 * @param x - `[N, H, W, C]`
 */
export function avgPool2d(x: tf.Tensor, block: [height: number, width: number]): tf.Tensor {
  const pool = tf.customGrad((...args) => {
    const input = args[0] as tf.Tensor4D;
    const [n, height, width, channels] = input.shape;
    const y = tf.avgPool(input, block, block, 'valid');
    const [, rows, columns] = y.shape;
    const gradFunc = (dy: tf.Tensor): tf.Tensor => {
      const share = dy.mul(1 / (block[0] * block[1]));
      const wide = repeatColumns(share, n * rows, columns, channels, block[1]);
      const lineWidth = columns * block[1] * channels;
      const full = repeatColumns(wide, n, rows, lineWidth, block[0]);
      const covered = [n, rows * block[0], columns * block[1], channels] as [number, number, number, number];
      const dx = full.reshape(covered) as tf.Tensor4D;
      if (covered[1] === height && covered[2] === width) return dx;
      return tf.pad(dx, [
        [0, 0],
        [0, height - covered[1]],
        [0, width - covered[2]],
        [0, 0],
      ]);
    };
    return { value: y, gradFunc };
  });
  return pool(x);
}

/** Maximum over `size × size` blocks, stride = size; a remainder at the edge is dropped. */
export const maxPool2d = (x: tf.Tensor, size: number): tf.Tensor =>
  tf.maxPool(x as tf.Tensor4D, size, size, 'valid');
