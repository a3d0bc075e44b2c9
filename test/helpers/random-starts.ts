// What random networks begin with: weights, running statistics and batch norms that have moved, and a batch; several attempts of each.
import type { Batch } from '../../src/data/dataset.js';
import { SettingsError } from '../../src/errors.js';
import { countMacs } from '../../src/network/operations.js';
import { parameterSpecs, sizeOf, type TensorMap } from '../../src/network/parameters.js';
import { placeLayers } from '../../src/network/shapes.js';
import { stream } from '../../src/random.js';
import { weightsOf } from './networks.js';
import type { Candidate } from './random-networks.js';

/** Multiply–accumulates of a pass at most. */
const MOST_MACS = 250_000;

/** True where plain loops are quick. */
export function isSmall({ network, settings, examples }: Candidate): boolean {
  const most = MOST_MACS / settings.steps / examples;
  try {
    return placeLayers(network).reduce((sum, place) => sum + countMacs(place), 0) <= most;
  } catch (error) {
    if (error instanceof SettingsError) return false; // too large for any memory
    throw error;
  }
}

/** Weights, running statistics and batch norms that have moved. */
export function startOf({ network, seed }: Candidate, attempt: number): TensorMap {
  const weights = weightsOf(network, seed + attempt);
  const random = stream(seed, 'probe', 'start', attempt);
  for (const { name, role } of parameterSpecs(network)) {
    const { data } = weights[name];
    if (role === 'scale') data.forEach((_, i) => (data[i] = 0.5 + random.uniform()));
    if (role === 'shift') data.forEach((_, i) => (data[i] = 0.5 * random.normal()));
    if (role === 'weight') data.forEach((value, i) => (data[i] = 1.5 * value));
  }
  return weights;
}

/** Normal values, labels at random. */
export function batchOf({ network, settings, examples, dynamic, seed }: Candidate, attempt: number): Batch {
  const shape = [...(dynamic ? [settings.steps] : []), examples, ...network.input];
  const random = stream(seed, 'probe', 'batch', attempt);
  return {
    x: Float32Array.from({ length: sizeOf(shape) }, () => random.normal()),
    shape,
    labels: Int32Array.from({ length: examples }, () => random.integer(0, network.classes - 1)),
  };
}
