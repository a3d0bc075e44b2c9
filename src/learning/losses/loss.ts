// The form of a classification loss: its settings in an experiment, its value and gradient in plain loops, float64, the form that
// engine tfjs differentiates, and its statements for engine webgpu. One file each; index.ts lists them. It is a few thousand numbers
// a step, so that engine event computes it by the plain form too.
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

/**
 * A loss on engine `webgpu`, WGSL for example `b`. At hand: `logit(b, t, c)`, where t = STEPS is the time mean; `soften(b, t)`, the
 * largest logit of a row and Σ exp(z − largest); `labels[b]`; BATCH, STEPS, CLASSES and WEIGHT.
 */
export interface Shader<Settings> {
  /** Numbers of the code by name, upper case. */
  numbers(settings: Settings): Record<string, number>;
  /** Statements that add the example's part to `own`, and its gradient times WEIGHT by `give(b, t, c, g)`. */
  code: string;
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
  shader: Shader<Settings>;
}
