// The form of a classification loss: its settings in an experiment, its value and gradient in plain loops, float64, and the form
// that engine tfjs differentiates. One file each; index.ts lists them. It is a few thousand numbers a step, so that engine event
// computes it by the plain form too.
import type * as Tf from '@tensorflow/tfjs';
import type { z } from 'zod';

/** Logits by time step, plain: `[T, B, classes]`. */
export interface Logits {
  steps: number;
  batch: number;
  classes: number;
  values: Float64Array;
}

/** A loss, mean over the batch, and its gradient by the logits, `[T, B, classes]`. */
export interface Loss {
  loss: number;
  gradient: Float64Array;
}

/** One kind of loss. `Settings` is what an experiment says of it, complete. */
export interface LossKindOf<Settings extends { kind: string }> {
  kind: Settings['kind'];
  /** The form of its settings where it is the whole loss; what is left out gets its default. */
  settings: z.ZodType<Settings>;
  /** Its fields besides `kind` and `weight` where it is a term among others. */
  fields: z.core.$ZodLooseShape;
  /**
   * Value and gradient, float64.
   *
   * @param mean - time mean of the logits, `[B, classes]`
   * @param labels - `[B]`
   */
  plain(logits: Logits, mean: Float64Array, labels: Int32Array, settings: Settings): Loss;
  /**
   * Engine `tfjs`: the value, a scalar that can be differentiated.
   *
   * @param logits - `[T, B, classes]`
   * @param oneHot - labels, `[B, classes]`
   */
  tensor(tf: typeof Tf, logits: Tf.Tensor3D, oneHot: Tf.Tensor2D, settings: Settings): Tf.Scalar;
}
