// The gradient that a finite step sees: central differences of the training loss by a random subset of a layer's weights. A
// network that spikes has no gradient; this is what a surrogate gradient can be held against. Li et al., Differentiable spike:
// rethinking gradient-descent for training spiking neural networks, NeurIPS 2021, Section 4 and Algorithm 1, who take all
// weights of the first layer.
import { breathe, signalOrInterrupt } from '../cell/interrupt.js';
import type { Batch } from '../data/dataset.js';
import type { Model } from '../engines/engine.js';
import { SettingsError } from '../errors.js';
import type { TensorMap } from '../network/parameters.js';
import { stream } from '../random.js';

/** Options of the differences. */
export interface FiniteDifferenceOptions {
  /** Of the choice of weights, and the more of what tells one choice from others, such as an epoch. */
  seed: number;
  path?: readonly (string | number)[];
  /** The parameter. Default: the first weight of the network, that of its first convolution or linear layer. */
  parameter?: string;
  /** Number of its values that are moved, each there and back: so many pairs of training passes. Default 64, at most all. */
  probes?: number;
  /** Distance of a move, in the unit of the weights. Default 0.01: so far that spikes change. */
  epsilon?: number;
  /** Called after each value. */
  onProgress?(done: number, total: number): void;
  /** Looked at before each value; default a notebook's interrupt. */
  signal?: AbortSignal;
}

/** A finite-difference gradient of some values of a parameter. */
export interface FiniteDifference {
  parameter: string;
  epsilon: number;
  /** The values: flat indices, ascending. */
  indices: Int32Array;
  /** Of each, the rise of the loss by that of the value. */
  gradient: Float64Array;
}

/** The first parameter with the name of a weight that has more than one axis: a kernel, not a batch norm's scale. */
function firstWeight(weights: TensorMap): string {
  const name = Object.keys(weights).find((key) => key.endsWith('.weight') && weights[key].shape.length > 1);
  if (name !== undefined) return name;
  throw new SettingsError(
    'finite differences: the network has no convolution or linear layer; name a parameter',
  );
}

function checkAmounts({ probes = 1, epsilon = 1 }: FiniteDifferenceOptions): void {
  if (!(Number.isInteger(probes) && probes > 0))
    throw new SettingsError(`finite differences: probes must be a positive integer, got ${probes}`);
  if (!(epsilon > 0 && epsilon < Infinity))
    throw new SettingsError(`finite differences: epsilon must be a positive number, got ${epsilon}`);
}

/**
 * Central differences of what a training step minimises (batch norms with the moments of the batch, penalties included) by a
 * random choice of a parameter's values. The model ends with the weights that it had.
 *
 * @throws SettingsError where the network has no such parameter, or a number is out of range; the signal's reason when aborted
 */
export async function finiteDifference(
  model: Model,
  batch: Batch,
  options: FiniteDifferenceOptions,
): Promise<FiniteDifference> {
  checkAmounts(options);
  const { seed, path = [], probes = 64, epsilon = 0.01, onProgress } = options;
  const signal = signalOrInterrupt(options.signal);
  const state = await model.read();
  const parameter = options.parameter ?? firstWeight(state.weights);
  if (!Object.hasOwn(state.weights, parameter))
    throw new SettingsError(
      `finite differences: the network has no parameter ${JSON.stringify(parameter.slice(0, 60))}; it has ${Object.keys(state.weights).join(', ')}`,
    );
  const { shape, data } = state.weights[parameter];
  const order = stream(seed, 'probe', 'finite difference', ...path, parameter).permutation(data.length);
  const indices = order.slice(0, Math.min(probes, data.length)).sort();
  const gradient = new Float64Array(indices.length);
  try {
    for (const [k, i] of indices.entries()) {
      await breathe(signal);
      const lossAt = async (step: number): Promise<{ at: number; loss: number }> => {
        const moved = data.slice();
        moved[i] += step; // rounded to float32 where the weights are
        model.write({ ...state, weights: { ...state.weights, [parameter]: { shape, data: moved } } });
        return { at: moved[i], loss: (await model.gradients(batch)).loss };
      };
      const [above, below] = [await lossAt(epsilon), await lossAt(-epsilon)];
      gradient[k] = (above.loss - below.loss) / (above.at - below.at);
      onProgress?.(k + 1, indices.length);
    }
  } finally {
    model.write(state);
  }
  return { parameter, epsilon, indices, gradient };
}

/** The cosine of the angle between two vectors, in [−1, 1]; null where one of them is zero or not finite. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  let [product, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += a[i] * b[i];
    ofA += a[i] * a[i];
    ofB += b[i] * b[i];
  }
  const size = Math.sqrt(ofA) * Math.sqrt(ofB);
  return size > 0 && size < Infinity ? Math.max(-1, Math.min(1, product / size)) : null;
}

/**
 * Agreement of a gradient's direction with that of finite differences: the cosine of the angle between both, over the values that were
 * moved; null where one of them is zero.
 *
 * @param gradients - what `model.gradients` gave for the same batch and weights, with whatever surrogate
 */
export const cosineWith = (
  { parameter, indices, gradient }: FiniteDifference,
  gradients: TensorMap,
): number | null =>
  cosine(
    Float64Array.from(indices, (i) => gradients[parameter].data[i]),
    gradient,
  );
