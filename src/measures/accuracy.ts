// Runs a model over a part of a data set in inference and adds up the results of the batches.
import { breathe, signalOrInterrupt } from '../cell/interrupt.js';
import { makeBatch, type BatchNoise } from '../data/batches.js';
import type { Dataset } from '../data/dataset.js';
import { addActivity } from '../engines/activity.js';
import type { LayerActivity, Model } from '../engines/engine.js';

/** Examples looked at in one go. Fixed: nothing in a record may depend on how much memory there was. */
export const EVALUATION_BATCH = 100;

/** Predictions of a model for many examples. */
export interface EvaluationSummary {
  /** Number of examples. */
  count: number;
  /** Mean classification loss. */
  loss: number;
  /** Share classified correctly, in [0, 1]. */
  accuracy: number;
  /** The class predicted for each example, in the order given. */
  predictions: Int32Array;
  /** Activity by layer, summed over the examples looked at; only where asked for. */
  activity?: LayerActivity[];
}

/** Measurements besides the prediction. */
export interface EvaluationOptions {
  /** Also count spikes, non-zero inputs and synaptic operations: of all examples, or of the first `EVALUATION_BATCH`. */
  activity?: boolean | 'first batch';
  /** Noise put on every example. */
  noise?: BatchNoise;
  /** Called after each batch. */
  onProgress?(done: number, total: number): void;
  /** Stops after the current batch. Default: a notebook's interrupt. */
  signal?: AbortSignal;
}

/**
 * Evaluates a model on examples of a data set.
 *
 * @param model - from `engine.createModel` or `loadModel`
 * @param dataset - where the examples are
 * @param part - `train` or `test`
 * @param indices - which examples of the part, in order, `[N]`
 * @param options - `noise` on every example; `activity: true` counts spikes too
 * @returns loss, accuracy and the class predicted for each, `[N]`, in the order given
 * @throws the signal's reason when aborted
 */
export async function evaluateExamples(
  model: Model,
  dataset: Dataset,
  part: 'train' | 'test',
  indices: Int32Array,
  options: EvaluationOptions = {},
): Promise<EvaluationSummary> {
  const { steps } = model.settings;
  const signal = signalOrInterrupt(options.signal);
  const predictions = new Int32Array(indices.length);
  let loss = 0;
  let correct = 0;
  let activity: LayerActivity[] | undefined;
  for (let start = 0; start < indices.length; start += EVALUATION_BATCH) {
    await breathe(signal);
    const chosen = indices.subarray(start, start + EVALUATION_BATCH);
    const batch = makeBatch(dataset, part, chosen, { steps, noise: options.noise });
    const counted = options.activity === 'first batch' ? start === 0 : options.activity;
    const result = await model.evaluate(batch, { activity: counted });
    loss += result.loss * chosen.length;
    correct += result.correct;
    predictions.set(argMaxRows(result.logits, model.network.classes), start);
    if (result.activity) activity = activity ? addActivity(activity, result.activity) : result.activity;
    options.onProgress?.(start + chosen.length, indices.length);
  }
  const count = indices.length;
  return { count, loss: loss / count, accuracy: correct / count, predictions, ...(activity && { activity }) };
}

/** The index of the greatest value of each row; the first one where several are equal. */
function argMaxRows(values: Float32Array, width: number): Int32Array {
  return Int32Array.from({ length: values.length / width }, (_, row) => {
    let best = 0;
    for (let i = 1; i < width; i++) if (values[row * width + i] > values[row * width + best]) best = i;
    return best;
  });
}

/** Counts by true class (row) and predicted class (column), `classes × classes`. */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predictions: Int32Array,
  classes: number,
): number[][] {
  const matrix = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  predictions.forEach((predicted, i) => (matrix[labels[i]][predicted] += 1));
  return matrix;
}

/** Share of non-zero values by time step. */
export const ratesOf = ({ nonZero, size }: LayerActivity): number[] => nonZero.map((count) => count / size);
