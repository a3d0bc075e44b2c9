// Small networks for tests, and weights whose running statistics have moved.
import { initialWeights } from '../../src/network/initialise.js';
import {
  avgPool2d,
  batchNorm,
  conv2d,
  flatten,
  lif,
  linear,
  maxPool2d,
  type Network,
} from '../../src/network/layers.js';
import type { TensorMap } from '../../src/network/parameters.js';
import { stream } from '../../src/random.js';

/** Initial weights with running statistics that are not 0 and 1. */
export function weightsOf(network: Network, seed: number): TensorMap {
  const weights = initialWeights(network, seed);
  const random = stream(seed, 'probe', 'statistics');
  for (const [name, { data }] of Object.entries(weights)) {
    if (name.endsWith('.runningMean')) data.forEach((_, i) => (data[i] = 0.1 * random.normal()));
    if (name.endsWith('.runningVariance')) data.forEach((_, i) => (data[i] = 0.05 + 0.2 * random.uniform()));
  }
  return weights;
}

/** A net with a bias, a stride, a convolution without batch norm, and both poolings. */
export const pooled: Network = {
  name: 'pooled',
  input: [8, 8, 2],
  classes: 3,
  layers: [
    conv2d('c1', 2, 4, { bias: true }),
    batchNorm('b1', 4),
    lif('l1'),
    maxPool2d('p1'),
    conv2d('c2', 4, 4, { stride: 2 }),
    lif('l2'),
    avgPool2d('p2'),
    flatten('f'),
    linear('fc', 4, 3),
  ],
};
