// The form of an optimizer: its settings in an experiment, its slots for each parameter, one update in plain loops, float64, and
// on tensors of engine tfjs. One file each; index.ts lists them. Engine event has a kernel for each
// (src/engines/event/ops/optimizer.ts).
import type * as Tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { atLeastZero } from '../../settings.js';

/** Settings that every optimizer has. */
export interface CommonSettings {
  kind: string;
  /** Before the schedule. */
  learningRate: number;
  /**
   * λ ≥ 0, of every parameter but what neurons learn. Coupled, as in PyTorch: λ·w is added to the gradient. Default 0.
   */
  weightDecay: number;
  /**
   * Weight decay beside the gradient, `w ← (1 − η·λ)·w` before each update: Loshchilov and Hutter 2019, PyTorch's AdamW. Absent:
   * coupled.
   */
  decoupled?: boolean;
  /** What neurons learn (leaks, thresholds, gates) has this times the learning rate, at least 0. Absent: 1. */
  neuronRate?: number;
  /** Weight decay of what neurons learn, at least 0. Absent: 0, for it pulls to 0 and not the network to smaller weights. */
  neuronDecay?: number;
}

/** The form of {@link CommonSettings}. Any rate of 32 bits: one that is far too large diverges, and a record says so. */
export const commonFields = {
  learningRate: z.number().positive().max(1e38),
  weightDecay: atLeastZero,
  decoupled: z.boolean().optional(),
  neuronRate: atLeastZero.optional(),
  neuronDecay: atLeastZero.optional(),
};

/** A parameter and what is remembered of it, in the order of `slots`. */
export type Updated<Values> = {
  parameter: Values;
  slots: Values[];
};

/** One optimizer. `Settings` is what an experiment says of it, complete. */
export interface Optimizer<Settings extends CommonSettings> {
  kind: Settings['kind'];
  /** The form of its settings, all of them given. */
  settings: z.ZodType<Settings>;
  /** Of what an experiment leaves out: PyTorch's. */
  defaults: Settings;
  /** Names of what it remembers of each parameter, one tensor of the parameter's shape each. */
  slots(settings: Settings): string[];
  /**
   * One update of one parameter, float64.
   *
   * @param g - the gradient, coupled weight decay included
   * @param update - 1 for the first update ever
   */
  plain(
    before: Updated<Float64Array>,
    g: Float64Array,
    settings: Settings,
    learningRate: number,
    update: number,
  ): Updated<Float64Array>;
  /** The same on tensors; nothing given is disposed. */
  tensor(
    before: Updated<Tf.Tensor>,
    g: Tf.Tensor,
    settings: Settings,
    learningRate: number,
    update: number,
  ): Updated<Tf.Tensor>;
}
