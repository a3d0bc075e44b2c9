// Neuron normalisation on tensors, step by step. Tests: test/engines/neu-norm.test.ts.
import type * as tf from '@tensorflow/tfjs';
import { joinSteps, splitSteps } from './steps.js';

/**
 * `x_f[t] − w_f·a[t]` with `a[t] = k·a[t−1] + (1 − k)/F²·Σ_f x_f[t]`.
 *
 * @param x - `[T·B, H, W, C]`
 * @param w - `[H, W, C]`
 */
export function neuNorm(x: tf.Tensor, w: tf.Tensor, k: number, steps: number): tf.Tensor {
  const share = (1 - k) / x.shape[x.rank - 1] ** 2;
  let a: tf.Tensor | undefined;
  const outputs = splitSteps(x, steps).map((now) => {
    const sum = now.sum(-1, true).mul(share);
    a = a === undefined ? sum : a.mul(k).add(sum);
    return now.sub(a.mul(w));
  });
  return joinSteps(outputs);
}
