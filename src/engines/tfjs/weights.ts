// Between the layout of weights everywhere else (PyTorch's) and TensorFlow.js's: conv [out, in, k, k] ↔
// [k, k, in, out], linear [out, in] ↔ [in, out], everything else as it is. Tests: test/engines/tfjs/model.test.ts.
import * as tf from '@tensorflow/tfjs';
import type { NamedTensor } from '../../network/parameters.js';

const toEngine = (rank: number): number[] | undefined =>
  rank === 4 ? [2, 3, 1, 0] : rank === 2 ? [1, 0] : undefined;
const toNamed = (rank: number): number[] | undefined =>
  rank === 4 ? [3, 2, 0, 1] : rank === 2 ? [1, 0] : undefined;

/** A tensor in TensorFlow.js's layout, kept until disposed. */
export function upload({ shape, data }: NamedTensor): tf.Tensor {
  return tf.tidy(() => {
    const tensor = tf.tensor(Float32Array.from(data), shape, 'float32');
    const order = toEngine(shape.length);
    return tf.keep(order === undefined ? tensor : tensor.transpose(order));
  });
}

/** Reads a tensor back into the named layout. */
export async function download(tensor: tf.Tensor): Promise<NamedTensor> {
  const order = toNamed(tensor.rank);
  const ordered = tf.tidy(() => (order === undefined ? tensor.clone() : tensor.transpose(order)));
  const data = new Float32Array(await ordered.data<'float32'>()); // a copy: wasm hands out views of its memory
  const shape = ordered.shape.slice();
  ordered.dispose();
  return { shape, data };
}
