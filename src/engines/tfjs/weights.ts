// Between the layout of weights everywhere else (PyTorch's) and TensorFlow.js's: conv [out, in, k, k] ↔
// [k, k, in, out], linear [out, in] ↔ [in, out], everything else as it is.
import * as tf from '@tensorflow/tfjs';
import { SettingsError } from '../../errors.js';
import type { ParameterSpec } from '../../network.js';
import type { NamedTensor, TensorMap } from '../engine.js';

const toEngine = (rank: number): number[] | undefined =>
  rank === 4 ? [2, 3, 1, 0] : rank === 2 ? [1, 0] : undefined;
const toNamed = (rank: number): number[] | undefined =>
  rank === 4 ? [3, 2, 0, 1] : rank === 2 ? [1, 0] : undefined;

/** A tensor in TensorFlow.js's layout, kept until disposed. */
export function upload({ shape, data }: NamedTensor): tf.Tensor {
  return tf.tidy(() => {
    const tensor = tf.tensor(data, shape, 'float32');
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

/**
 * Checks that tensors are exactly those of the specs.
 *
 * @throws SettingsError naming the first tensor that is missing, unknown or of another shape
 */
export function checkTensors(
  tensors: TensorMap,
  expected: { name: string; shape: number[] }[],
  what: string,
): void {
  const known = new Set(expected.map(({ name }) => name));
  for (const { name, shape } of expected) {
    const given = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
    if (given === undefined)
      throw new SettingsError(`${what}: ${name} is missing; it belongs to another network`);
    if (given.shape.join() !== shape.join())
      throw new SettingsError(`${what}: ${name} has shape [${given.shape}], the network needs [${shape}]`);
  }
  for (const name of Object.keys(tensors))
    if (!known.has(name))
      throw new SettingsError(`${what}: ${name} is not part of the network; it belongs to another`);
}

/** Names and shapes of a spec list, for {@link checkTensors}. */
export const shapesOf = (specs: ParameterSpec[]): { name: string; shape: number[] }[] =>
  specs.map(({ name, shape }) => ({ name, shape }));
