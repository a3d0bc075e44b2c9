// The form of a term of the loss that judges neurons and not logits: a value for each layer of neurons that spike, of which the
// loss has the mean over the layers. One file each; neuron-terms.ts lists them. A layer is seen by its moments alone, so that what
// a term pulls each potential by is affine in the potential, and each spike by the same.
import type * as Tf from '@tensorflow/tfjs';
import type { z } from 'zod';

/** Moments of one layer of neurons that spike in a pass; `v − θ` is what stands in its `spike(…)`. */
export interface LayerMoments {
  /** Number of neurons and steps: T·B·H·W·C. */
  count: number;
  /** Mean of `v − θ` over batch, steps, space and channels. */
  mean: number;
  /** Its standard deviation, biased. */
  spread: number;
  /** Share that fires. */
  rate: number;
}

/** The value of a layer and its derivatives by the moments. */
export interface Judgement {
  value: number;
  byMean: number;
  bySpread: number;
  byRate: number;
}

/** One kind of such a term. `Settings` is what an experiment says of it, complete. */
export interface NeuronTermOf<Settings extends { kind: string }> {
  kind: Settings['kind'];
  /** Its fields besides `kind` and `weight`. */
  fields: z.core.$ZodLooseShape;
  plain(moments: LayerMoments, settings: Settings): Judgement;
  /** Engine `tfjs`: the same of scalars, a scalar that can be differentiated. */
  tensor(
    tf: typeof Tf,
    moments: { mean: Tf.Scalar; spread: Tf.Scalar; rate: Tf.Scalar },
    settings: Settings,
  ): Tf.Scalar;
}
