// Memory of a run on TensorFlow.js: measured on small batches, extended to larger ones. Tests: test/engines/tfjs/model.test.ts.
import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../../data/dataset.js';
import { initialWeights } from '../../network/initialise.js';
import type { Network } from '../../network/layers.js';
import type { ModelSettings, PeakOptions } from '../engine.js';
import type { OpenBackend } from './backend.js';
import { TfjsModel } from './model.js';

/**
 * Peak bytes of tensors in training steps, weights and optimizer included, and in evaluations where some are to be made.
 *
 * Every tensor of a step has a fixed part and a part in proportion to the batch, so steps on one and on two
 * examples tell the rest. Backends add their own buffers (wasm: the packed operands of one convolution).
 */
export async function peakBytes(
  network: Network,
  settings: ModelSettings,
  batchSize: number,
  backend: Pick<OpenBackend, 'use'>,
  { frames = false, evaluation = 0 }: PeakOptions = {},
): Promise<number> {
  const model = new TfjsModel(network, settings, initialWeights(network, 0), backend);
  const batchOf = (examples: number): Batch => {
    const shape = [...(frames ? [settings.steps] : []), examples, ...network.input];
    const x = new Float32Array(shape.reduce((a, b) => a * b)).fill(0.5);
    return { x, shape, labels: new Int32Array(examples) };
  };
  const peakOf = async (examples: number, work: (batch: Batch) => Promise<unknown>): Promise<number> => {
    const measured = async (batch: Batch): Promise<number> => {
      const profile = await tf.profile(async () => {
        await work(batch);
        return [];
      });
      return profile.peakBytes;
    };
    const [one, two] = [await measured(batchOf(1)), await measured(batchOf(2))];
    return one + (two - one) * (examples - 1);
  };
  try {
    const training = await peakOf(batchSize, (batch) => model.trainStep(batch, 1e-3));
    if (evaluation === 0) return training;
    return Math.max(training, await peakOf(evaluation, (batch) => model.evaluate(batch)));
  } finally {
    model.dispose();
  }
}
