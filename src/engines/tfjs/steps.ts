// A signal, time-major `[T·B, …]`, cut into its steps and joined again. Of one step nothing is cut: TensorFlow.js cannot
// differentiate a cut into one piece. Tests: test/engines/tfjs/lif.test.ts.
import * as tf from '@tensorflow/tfjs';

/** T tensors of shape `[B, …]`. */
export const splitSteps = (x: tf.Tensor, steps: number): tf.Tensor[] =>
  steps === 1 ? [x] : tf.split(x, steps, 0);

/** The same stacked, `[T·B, …]`. */
export const joinSteps = (parts: tf.Tensor[]): tf.Tensor =>
  parts.length === 1 ? parts[0].clone() : tf.concat(parts, 0);
