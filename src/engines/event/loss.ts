// Losses on logits over time, with their gradients, in double precision on the calling thread: a few thousand numbers.
import type { LossSettings } from '../../learning/loss.js';

/** Logits by time step, plain: `[T, B, classes]`. */
export interface Logits {
  steps: number;
  batch: number;
  classes: number;
  values: Float64Array;
}

/** The loss, how many examples are right, and the gradient of the logits. */
export interface LossResult {
  loss: number;
  correct: number;
  /** Time mean of the logits, `[B, classes]`. */
  mean: Float32Array;
  /** `[T, B, classes]`. */
  gradient: Float64Array;
}

/** The classification loss of `src/learning/loss.ts`: cross entropy of the time mean, or TET. */
export function classificationLoss(logits: Logits, labels: Int32Array, settings: LossSettings): LossResult {
  const { steps, batch, classes, values } = logits;
  const mean = timeMean(logits);
  const gradient = new Float64Array(values.length);
  let loss = 0;
  if (settings.kind === 'mean')
    for (let b = 0; b < batch; b++) {
      const row = mean.subarray(b * classes, (b + 1) * classes);
      const p = softmax(row);
      loss -= logProbability(row, labels[b]) / batch;
      for (let t = 0; t < steps; t++)
        for (let c = 0; c < classes; c++)
          gradient[(t * batch + b) * classes + c] = (p[c] - Number(c === labels[b])) / (batch * steps);
    }
  else {
    const { lambda, target } = settings;
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
  }
  let correct = 0;
  for (let b = 0; b < batch; b++) correct += Number(argMax(mean, b * classes, classes) === labels[b]);
  return { loss, correct, mean: Float32Array.from(mean), gradient };
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
