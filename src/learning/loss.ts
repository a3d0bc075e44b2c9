// The classification loss on logits over time: its settings, and every kind with its gradient in plain loops, float64. It
// is a few thousand numbers a step, so engine event computes it with these too. Adding a kind: a name in LOSS_KINDS, an
// entry in `losses`, and one in the table of engine tfjs; the compiler asks for both.
import { z } from 'zod';
import { number, settings, share } from '../settings.js';

/** What the logits of the time steps are turned into: cross entropy of their mean over time, or TET. */
export const LOSS_KINDS = ['mean', 'tet'] as const;
/** One of {@link LOSS_KINDS}. */
export type LossKind = (typeof LOSS_KINDS)[number];

/** How the logits are judged. */
export interface LossSettings {
  /** `mean`: cross entropy of the time-mean of the logits. `tet`: TET (Deng et al. 2022), see below. */
  kind: LossKind;
  /** TET only: `(1 − lambda)·mean_t CE(o[t], y) + lambda·MSE(o, target)`; in [0, 1], default 1e-3. */
  lambda: number;
  /** TET only: the value that every logit is drawn to, default 1. */
  target: number;
}

export const defaultLoss: LossSettings = { kind: 'mean', lambda: 1e-3, target: 1 };

/** What an experiment may say of it. */
export const lossSchema = settings({
  kind: z.enum(LOSS_KINDS).default(defaultLoss.kind),
  lambda: share.default(defaultLoss.lambda),
  target: number.default(defaultLoss.target),
});

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

/** The loss, how many examples are right, and the gradient of the logits. */
export interface LossResult extends Loss {
  correct: number;
  /** Time mean of the logits, `[B, classes]`. */
  mean: Float32Array;
}

/** Every kind: from logits, their time mean and the labels. */
const losses: Record<
  LossKind,
  (logits: Logits, mean: Float64Array, labels: Int32Array, settings: LossSettings) => Loss
> = {
  /** `L = −mean_b log softmax(z̄)[y]` with `z̄ = mean_t z[t]`; `∂L/∂z[t] = (softmax(z̄) − onehot(y)) / (B·T)`. */
  mean({ steps, batch, classes, values }, mean, labels) {
    const gradient = new Float64Array(values.length);
    let loss = 0;
    for (let b = 0; b < batch; b++) {
      const row = mean.subarray(b * classes, (b + 1) * classes);
      const p = softmax(row);
      loss -= logProbability(row, labels[b]) / batch;
      for (let t = 0; t < steps; t++)
        for (let c = 0; c < classes; c++)
          gradient[(t * batch + b) * classes + c] = (p[c] - Number(c === labels[b])) / (batch * steps);
    }
    return { loss, gradient };
  },
  /** `L = (1 − λ)·mean_{t,b} CE(z[t], y) + λ·mean (z − target)²`. */
  tet({ steps, batch, classes, values }, _mean, labels, { lambda, target }) {
    const gradient = new Float64Array(values.length);
    let loss = 0;
    for (let i = 0; i < steps * batch; i++) {
      const row = values.subarray(i * classes, (i + 1) * classes);
      const label = labels[i % batch];
      const p = softmax(row);
      loss -= ((1 - lambda) * logProbability(row, label)) / (steps * batch);
      for (let c = 0; c < classes; c++) {
        const pull = row[c] - target;
        loss += (lambda * pull * pull) / values.length;
        gradient[i * classes + c] =
          ((1 - lambda) * (p[c] - Number(c === label))) / (steps * batch) +
          (2 * lambda * pull) / values.length;
      }
    }
    return { loss, gradient };
  },
};

/** The classification loss. */
export function classificationLoss(logits: Logits, labels: Int32Array, settings: LossSettings): LossResult {
  const { batch, classes } = logits;
  const mean = timeMean(logits);
  let correct = 0;
  for (let b = 0; b < batch; b++) correct += Number(argMax(mean, b * classes, classes) === labels[b]);
  return {
    ...losses[settings.kind](logits, mean, labels, settings),
    correct,
    mean: Float32Array.from(mean),
  };
}

function timeMean({ steps, batch, classes, values }: Logits): Float64Array {
  const mean = new Float64Array(batch * classes);
  for (let t = 0; t < steps; t++)
    for (let i = 0; i < mean.length; i++) mean[i] += values[t * mean.length + i] / steps;
  return mean;
}

/** Largest value's place, the first of equals; −1 where there is none but NaN, which is never the largest. */
function argMax(values: Float64Array, start: number, count: number): number {
  let best = -1;
  for (let c = 0; c < count; c++)
    if (best < 0 ? !Number.isNaN(values[start + c]) : values[start + c] > values[start + best]) best = c;
  return best;
}

function softmax(row: Float64Array): Float64Array {
  const largest = Math.max(...row);
  const powers = row.map((z) => Math.exp(z - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / sum);
}

function logProbability(row: Float64Array, label: number): number {
  const largest = Math.max(...row);
  return row[label] - largest - Math.log(row.reduce((sum, z) => sum + Math.exp(z - largest), 0));
}
