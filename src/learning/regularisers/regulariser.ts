// The form of a regulariser: a penalty on weights, added to the loss. One file each; index.ts lists them.
import type * as Tf from '@tensorflow/tfjs';
import type { z } from 'zod';
import type { ParameterSpec } from '../../network/parameters.js';

/** A penalty on one weight, and its gradient by the weight in the order of the values. */
export interface Penalty {
  penalty: number;
  gradient: Float64Array;
}

/** One regulariser. `Settings` is what an experiment says of it, complete. */
export interface Regulariser<Settings> {
  /** The form of its settings; what is left out gets its default. */
  settings: z.ZodType<Settings>;
  defaults: Settings;
  /** The weights that it looks at; none where it is off. Throws SettingsError where it names some that are not there. */
  weights(specs: ParameterSpec[], settings: Settings): ParameterSpec[];
  /**
   * Of one weight, float64, without its strength.
   *
   * @param values - `[out, in, kernelHeight, kernelWidth]` or `[out, in]`
   */
  plain(values: ArrayLike<number>, out: number): Penalty;
  /**
   * Engine `tfjs`: the same as a scalar that can be differentiated.
   *
   * @param weight - `[kernelHeight, kernelWidth, in, out]` or `[in, out]`
   */
  tensor(tf: typeof Tf, weight: Tf.Tensor): Tf.Scalar;
}
