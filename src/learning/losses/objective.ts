// The objective of a pass: value and gradient in plain loops, float64, which engines plain and event use, and the same on tensors
// for engine tfjs. Tests: test/learning/losses/index.test.ts.
import type * as Tf from '@tensorflow/tfjs';
import type { Network } from '../../network/layers.js';
import { outputsOf, readLogits } from '../readout.js';
import { losses, type LogitLossSettings, type LossSettings, type LossTerm } from './index.js';
import type { Logits, Loss } from './loss.js';
import {
  isNeuronTerm,
  type LayerMoments,
  type LayerTensors,
  neuronTermOfTensors,
  neuronTermValue,
} from './neuron-terms.js';

/** The loss of the logits, how many examples are right, and the gradient of the logits. */
export interface LossResult extends Loss {
  correct: number;
  /** Time mean of the logits, `[B, classes]`. */
  mean: Float32Array;
  /** Of a list: the value of each term, without its weight; 0 of those that judge neurons. */
  terms?: number[];
}

/** The loss of the logits in plain loops, float64: of a list its terms that judge them. */
export function classificationLoss(logits: Logits, labels: Int32Array, loss: LossSettings): LossResult {
  const { batch, classes } = logits;
  const mean = timeMean(logits);
  let correct = 0;
  for (let b = 0; b < batch; b++) correct += Number(argMax(mean, b * classes, classes) === labels[b]);
  const of = (one: { kind: string }): Loss =>
    losses.get(one.kind)!.plain(logits, mean, labels, one as LogitLossSettings);
  return {
    ...(Array.isArray(loss) ? weighted(loss, of) : of(loss)),
    correct,
    mean: Float32Array.from(mean),
  };
}

function weighted(terms: readonly LossTerm[], of: (term: LossTerm) => Loss): Loss & { terms: number[] } {
  const found = terms.map((term) => (isNeuronTerm(term) ? undefined : of(term)));
  let sum: Loss | undefined;
  found.forEach((one, i) => {
    if (!one) return;
    const { weight } = terms[i];
    const [loss, gradient] = [weight * one.loss, one.gradient.map((value) => weight * value)];
    sum = sum
      ? { loss: sum.loss + loss, gradient: sum.gradient.map((value, k) => value + gradient[k]) }
      : { loss, gradient };
  });
  return { ...sum!, terms: found.map((one) => one?.loss ?? 0) };
}

/**
 * The loss of what the last layer of a network gives, read as the network says; its gradient is that of these outputs.
 *
 * @param values - `[T, B, classes·voting]`
 * @param labels - `[B]`
 * @param steps - T
 */
export function lossOfOutputs(
  values: Float64Array,
  labels: Int32Array,
  steps: number,
  network: Network,
  loss: LossSettings,
): LossResult {
  const outputs = { steps, batch: labels.length, classes: outputsOf(network), values };
  const { logits, back } = readLogits(outputs, network);
  const found = classificationLoss(logits, labels, loss);
  return { ...found, gradient: back(found.gradient) };
}

/** All that a loss says of a training pass. */
export interface Objective {
  /** Weighted sum of the terms that judge neurons. */
  neurons: number;
  /** Of a list: the value of each term, without its weight. */
  terms?: number[];
}

/**
 * Adds what the terms that judge neurons find.
 *
 * @param ofLogits - `terms` of the classification loss
 * @param layers - the layers of neurons that spike
 */
export function objective(
  loss: LossSettings,
  ofLogits: number[] | undefined,
  layers: readonly LayerMoments[],
): Objective {
  if (!Array.isArray(loss) || !ofLogits) return { neurons: 0 };
  const terms = loss.map((term, i) => (isNeuronTerm(term) ? neuronTermValue(term, layers) : ofLogits[i]));
  const neurons = loss.reduce((sum, term, i) => sum + (isNeuronTerm(term) ? term.weight * terms[i] : 0), 0);
  return { neurons, terms };
}

/** The same on tensors; what is not there is not asked for. */
export interface ObjectiveTensors {
  /** The loss of the logits. */
  classification: Tf.Scalar;
  neurons?: Tf.Scalar;
  terms?: Tf.Scalar[];
}

/**
 * The loss on tensors, for engine `tfjs`.
 *
 * @param logits - `[T, B, classes]`
 * @param oneHot - `[B, classes]`
 * @param layers - the layers of neurons that spike; undefined: the logits alone are judged, as in inference
 */
export function objectiveOfTensors(
  tf: typeof Tf,
  logits: Tf.Tensor3D,
  oneHot: Tf.Tensor2D,
  loss: LossSettings,
  layers?: readonly LayerTensors[],
): ObjectiveTensors {
  const of = (one: { kind: string }): Tf.Scalar =>
    losses.get(one.kind)!.tensor(tf, logits, oneHot, one as LogitLossSettings);
  if (!Array.isArray(loss)) return { classification: of(loss) };
  const asked = loss.filter((term) => layers !== undefined || !isNeuronTerm(term));
  const terms = asked.map((term) => (isNeuronTerm(term) ? neuronTermOfTensors(tf, term, layers!) : of(term)));
  const sumOf = (chosen: (term: LossTerm) => boolean): Tf.Scalar | undefined => {
    const parts = terms.flatMap((value, i) => (chosen(asked[i]) ? [value.mul(asked[i].weight)] : []));
    return parts.length > 0 ? (tf.addN(parts) as Tf.Scalar) : undefined;
  };
  const neurons = sumOf(isNeuronTerm);
  return {
    classification: sumOf((term) => !isNeuronTerm(term))!,
    terms,
    ...(neurons && { neurons }),
  };
}

/** The loss of the logits on tensors: {@link objectiveOfTensors}. */
export const lossOfTensors = (
  tf: typeof Tf,
  logits: Tf.Tensor3D,
  oneHot: Tf.Tensor2D,
  loss: LossSettings,
): Tf.Scalar => objectiveOfTensors(tf, logits, oneHot, loss).classification;

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
