// Batch normalisation by channel with its closed-form gradient: fewer passes over memory than the composed one.
import * as tf from '@tensorflow/tfjs';
import type { BatchNormSettings } from '../../training.js';

/**
 * Sums over all axes but the last, `[N, …, C]` → `[C]`. In two stages (examples, then positions), which keeps
 * float32 rounding small, each a product with ones: the fastest reduction that TensorFlow.js wasm has.
 */
export function sumByChannel(x: tf.Tensor): tf.Tensor1D {
  const channels = x.shape[x.rank - 1];
  const examples = x.shape[0];
  const positions = x.size / (examples * channels);
  const byPosition = tf.matMul(tf.ones([1, examples]), x.reshape([examples, positions * channels]));
  const total = tf.matMul(tf.ones([1, positions]), byPosition.reshape([positions, channels]));
  return total.reshape([channels]);
}

/** What the running statistics are moved towards. */
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
    const mean = sumByChannel(input).div(n) as tf.Tensor1D;
    const centred = input.sub(mean);
    const variance = sumByChannel(centred.square()).div(n) as tf.Tensor1D;
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
      const sumDy = sumByChannel(dy);
      const sumDyHat = sumByChannel(dy.mul(xHat));
      const centredDy = dy.sub(sumDy.div(n)).sub(xHat.mul(sumDyHat.div(n)));
      const dx = centredDy.mul(scaleSaved.mul(inverseSaved).mul(gain));
      return [dx, sumDyHat.mul(gain), sumDy];
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
