// The form of a batch norm whose map may differ from step to step: which statistics it takes, what it learns, and the factor and
// the addend that come of it for each step and channel. One file each; index.ts lists them. Engines do the rest: they make x̂,
// apply the map, and hand its gradient back here. Tests: test/norms/index.test.ts.
import type * as Tf from '@tensorflow/tfjs';

/** Number of steps and channels. */
export interface NormSize {
  steps: number;
  channels: number;
}

/** `y[t] = scale[t]·x̂[t] + shift[t]` by channel, or the gradients of both: `[T, C]`, row-major. */
export interface StepMap {
  scale: Float64Array;
  shift: Float64Array;
}

/** Something learned: `<layer>.<suffix>`, all of its values begin at `initial`. */
export interface NormParameter {
  suffix: string;
  shape: number[];
  role: 'scale' | 'shift';
  initial: number;
}

/** Learned parameters, by suffix. */
export type NormValues<Values> = Readonly<Record<string, Values>>;

/**
 * One such norm. Where its map differs from step to step it folds into no one convolution: in hardware each step has weights of its own, or
 * each current a multiplication, which the energy model, of synapses alone, does not count.
 */
export interface StepNorm {
  /** `merged`: one mean and variance over T·B·H·W. `steps`: those of each step, over B·H·W. */
  statistics: 'merged' | 'steps';
  /**
   * `shared`: one set of running statistics `[C]`, moved once for each set that a batch gives, so that with statistics of steps
   * the new batch weighs 1 − (1 − momentum)^T. `steps`: a set for each step, `[T, C]`, each moved once.
   */
  running: 'shared' | 'steps';
  /** In inference every step has a map of its own, so that an input which is the same at every step gives what is not. */
  differs: boolean;
  /** Its learned parameters. */
  parameters(size: NormSize): NormParameter[];
  /** The map of each step. */
  map(learned: NormValues<ArrayLike<number>>, size: NormSize): StepMap;
  /**
   * Gradients of what is learned.
   *
   * @param sums - Σ g·x̂ as `scale` and Σ g as `shift`, of each step and channel
   */
  gradients(
    learned: NormValues<ArrayLike<number>>,
    size: NormSize,
    sums: StepMap,
  ): Record<string, Float64Array>;
  /** Engine `tfjs`: the same map as tensors `[T, C]` that can be differentiated. */
  tensors(
    tf: typeof Tf,
    learned: NormValues<Tf.Tensor>,
    size: NormSize,
  ): { scale: Tf.Tensor; shift: Tf.Tensor };
  /** In tables. */
  words: string;
}

/** Rows of steps, added up: `[T, C]` → `[C]`. */
export const summedOverSteps = (rows: Float64Array, { steps, channels }: NormSize): Float64Array =>
  Float64Array.from({ length: channels }, (_, c) => {
    let sum = 0;
    for (let t = 0; t < steps; t++) sum += rows[t * channels + c];
    return sum;
  });

/** The same row for every step: `[C]` → `[T, C]`, each times the factor of its step. */
export const rowForSteps = (
  row: ArrayLike<number>,
  { steps, channels }: NormSize,
  factor: (step: number) => number = () => 1,
): Float64Array =>
  Float64Array.from(
    { length: steps * channels },
    (_, i) => factor(Math.floor(i / channels)) * row[i % channels],
  );
