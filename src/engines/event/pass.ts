// The result of a run of a plan.
import type { Logits } from '../../learning/losses/index.js';
import type { LossResult } from '../../learning/losses/objective.js';

/** Results of a run of a plan. */
export interface PassResult extends Omit<LossResult, 'gradient'> {
  /** By time step, in double precision. */
  logits: Logits;
  /** The penalty; 0 in inference. */
  lipschitz: number;
  /** Weighted sum of the terms of the loss that judge neurons; 0 in inference. */
  neurons: number;
}
