// All that a training continues from after an interruption, as one safetensors file written atomically.
import type { ModelState, Numerics } from './engines/engine.js';
import type { EpochRow } from './record.js';

/** Sums over the batches of the unfinished epoch: float64, kept exactly. */
export interface PartialEpoch {
  /** Sum over examples of the classification loss. */
  loss: number;
  /** Sum over steps of the Lipschitz penalty. */
  lipschitz: number;
  /** Examples classified correctly. */
  correct: number;
  /** Examples seen. */
  seen: number;
  /** Wall-clock seconds spent on it so far. */
  seconds: number;
}

/** The state of a training between two steps. */
export interface Checkpoint {
  runId: string;
  numerics: Numerics;
  /** Epochs completed, which is the 0-based index of the unfinished epoch and the number of rows. */
  epoch: number;
  /** 0-based index of the next batch of the unfinished epoch; 0 between epochs. */
  step: number;
  rows: EpochRow[];
  partial: PartialEpoch;
  /** How many times the run was continued from a checkpoint so far. */
  resumed: number;
  /** Wall-clock seconds of the run so far. */
  seconds: number;
  /** Weights, optimizer slots and the number of updates. */
  state: ModelState;
}

/** The sums of an epoch before its first batch. */
export const emptyPartial = (): PartialEpoch => ({ loss: 0, lipschitz: 0, correct: 0, seen: 0, seconds: 0 });
