// Average pooling with a gradient made of two broadcasts, which every backend runs fast.
// Tests: test/engines/tfjs/ops.test.ts.
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

/**
 * Maximum over `size × size` blocks, stride = size; a remainder at the edge is dropped.
 *
 * The gradient goes to the first of several largest values in row order, as in PyTorch: among spikes a tie is the
 * rule, and TensorFlow.js wasm's own gradient takes the last.
 *
 * @param x - `[N, H, W, C]`
 */
export function maxPool2d(x: tf.Tensor, size: number): tf.Tensor {
  const pool = tf.customGrad((...args) => {
    const [input, save] = args as [tf.Tensor4D, tf.GradSaveFunc];
    const y = tf.maxPool(input, size, size, 'valid');
    save([input, y]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor =>
      maxPoolGradient(dy, saved[0], saved[1], size);
    return { value: y, gradFunc };
  });
  return pool(x);
}

function maxPoolGradient(dy: tf.Tensor, x: tf.Tensor, y: tf.Tensor, size: number): tf.Tensor {
  const [n, height, width, channels] = x.shape as [number, number, number, number];
  const [, rows, columns] = y.shape as [number, number, number, number];
  const lines = [n * rows, columns, channels] as [number, number, number];
  const [largest, gradient] = [y.reshape(lines), dy.reshape(lines)];
  // [N·rows, size, columns, size·C]: the block's own row and column are axis 1 and the blocks of axis 3.
  const blocks = tf
    .slice(x as tf.Tensor4D, [0, 0, 0, 0], [n, rows * size, columns * size, channels])
    .reshape([n * rows, size, columns, size * channels]) as tf.Tensor4D;
  let open: tf.Tensor = tf.onesLike(gradient); // 1 where the block has not yet given its gradient away
  const parts = Array.from({ length: size }, (_, i) => {
    const row = Array.from({ length: size }, (_, j) => {
      const values = blocks.slice([0, i, 0, j * channels], [n * rows, 1, columns, channels]).reshape(lines);
      const takes = open.mul(tf.sub(1, tf.step(largest.sub(values))));
      open = open.sub(takes);
      return gradient.mul(takes);
    });
    return tf.concat(row, 2).reshape([n * rows, 1, columns * size * channels]);
  });
  const dx = tf.concat(parts, 1).reshape([n, rows * size, columns * size, channels]);
  return tf.pad(dx, [
    [0, 0],
    [0, height - rows * size],
    [0, width - columns * size],
    [0, 0],
  ]);
}
