// Batch normalisation by channel with its closed-form gradient: fewer passes over memory than the composed one.
// Tests: test/engines/tfjs/ops.test.ts.
import * as tf from '@tensorflow/tfjs';
import type { BatchNormSettings } from '../../learning/batch-norm.js';

/**
 * Means over all axes but the last, `[N, H, W, C]` or `[N, C]` → `[C]`. In two stages (positions, then examples),
 * which keeps float32 rounding small, each an average pooling over everything: on TensorFlow.js wasm that is some
 * ten times faster than a sum over leading axes or a product with ones.
 */
export function meanByChannel(x: tf.Tensor): tf.Tensor1D {
  const channels = x.shape[x.rank - 1];
  const examples = x.shape[0];
  const byExample = x.rank === 4 ? tf.avgPool(x as tf.Tensor4D, [x.shape[1]!, x.shape[2]!], 1, 'valid') : x;
  const rows = byExample.reshape([1, examples, 1, channels]) as tf.Tensor4D;
  return tf.avgPool(rows, [examples, 1], 1, 'valid').reshape([channels]);
}

/** Targets of the running statistics. */
export interface BatchStatistics {
  mean: tf.Tensor1D;
  /** Unbiased: divided by n − 1. */
  variance: tf.Tensor1D;
}

/**
 * Normalises with the statistics of the batch: `y = gain·gamma·(x − mean)/√(variance + eps) + beta`.
 *
 * @param x - `[N, H, W, C]` or `[N, C]`, N = T·B, or N = B for a static input that stands for `repeats` equal steps
 * @param gain - 1, or alpha·theta for tdBN
 * @param repeats - how many equal time steps x stands for: it changes n in the unbiased variance, nothing else
 */
export function batchNormTrain(
  x: tf.Tensor,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  settings: BatchNormSettings,
  gain: number,
  repeats: number,
): { y: tf.Tensor; statistics: BatchStatistics } {
  const n = x.size / x.shape[x.rank - 1];
  let statistics: BatchStatistics | undefined;
  const normalise = tf.customGrad((...args) => {
    const [input, scale, shift] = args as tf.Tensor[];
    const save = args[3] as tf.GradSaveFunc;
    const mean = meanByChannel(input);
    const centred = input.sub(mean);
    const variance = meanByChannel(centred.square());
    const inverse = tf.rsqrt(variance.add(settings.epsilon));
    const hat = centred.mul(inverse);
    const count = n * repeats;
    statistics = {
      mean: tf.keep(mean),
      variance: tf.keep(variance.mul(count / Math.max(1, count - 1)) as tf.Tensor1D),
    };
    save([hat, inverse, scale]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [xHat, inverseSaved, scaleSaved] = saved;
      const meanDy = meanByChannel(dy);
      const meanDyHat = meanByChannel(dy.mul(xHat));
      const centredDy = dy.sub(meanDy).sub(xHat.mul(meanDyHat));
      const dx = centredDy.mul(scaleSaved.mul(inverseSaved).mul(gain));
      return [dx, meanDyHat.mul(n * gain), meanDy.mul(n)];
    };
    return { value: hat.mul(scale.mul(gain)).add(shift), gradFunc };
  });
  const y = normalise(x, gamma, beta);
  return { y, statistics: statistics! };
}

/** Normalises with running statistics. */
export function batchNormEvaluate(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  mean: tf.Tensor,
  variance: tf.Tensor,
  settings: BatchNormSettings,
  gain: number,
): tf.Tensor {
  const scale = gamma.mul(gain).mul(tf.rsqrt(variance.add(settings.epsilon)));
  return x.sub(mean).mul(scale).add(beta);
}
