// How much memory a training step takes on TensorFlow.js: measured on small batches, extended to larger ones.
import * as tf from '@tensorflow/tfjs';
import { initialWeights } from '../../initialise.js';
import type { Network } from '../../network.js';
import type { ModelSettings } from '../engine.js';
import type { OpenBackend } from './backend.js';
import { TfjsModel } from './model.js';

/**
 * Peak bytes of tensors in one training step, weights and optimizer included.
 *
 * Every tensor of a step has a fixed part and a part in proportion to the batch, so steps on one and on two
 * examples tell the rest. Backends add their own buffers (wasm: the packed operands of one convolution).
 */
export async function peakBytes(
  network: Network,
  settings: ModelSettings,
  batchSize: number,
  backend: Pick<OpenBackend, 'use'>,
): Promise<number> {
  const model = new TfjsModel(network, settings, initialWeights(network, 0), backend);
  const peakOf = async (examples: number): Promise<number> => {
    const shape = [examples, ...network.input];
    const x = new Float32Array(shape.reduce((a, b) => a * b)).fill(0.5);
    const labels = new Int32Array(examples);
    const profile = await tf.profile(async () => {
      await model.trainStep({ x, shape, labels }, 1e-3);
      return [];
    });
    return profile.peakBytes;
  };
  try {
    const [one, two] = [await peakOf(1), await peakOf(2)];
    return one + (two - one) * (batchSize - 1);
  } finally {
    model.dispose();
  }
}
