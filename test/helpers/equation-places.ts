// A network with every place that a layer of neurons can stand in, and the neurons and surrogates of equations that it is run with.
import type { Batch } from '../../src/data/dataset.js';
import {
  avgPool2d,
  batchNorm,
  conv2d,
  flatten,
  lif,
  linear,
  type Network,
  residual,
} from '../../src/network/layers.js';
import { sizeOf } from '../../src/network/parameters.js';
import { NEURON_NAMES } from '../../src/neurons/index.js';
import type { NeuronInput } from '../../src/neurons/settings.js';
import { normals } from './tensors.js';

/** Every place that a layer of neurons can stand in: before a pool, in and behind residual blocks, behind a linear layer. */
export const NETWORK: Network = {
  name: 'places',
  input: [7, 5, 2],
  classes: 3,
  layers: [
    conv2d('c1', 2, 5),
    batchNorm('b1', 5),
    lif('n1'),
    residual('r', [conv2d('c2', 5, 5), batchNorm('b2', 5)]),
    lif('n2'),
    avgPool2d('p', 2),
    conv2d('c3', 5, 34, { kernel: 2, padding: 0 }),
    batchNorm('b3', 34),
    lif('n3'),
    flatten('f'),
    linear('l1', 2 * 34, 6),
    lif('n4'),
    linear('l2', 6, 3),
  ],
};

/** Neurons that add up two norms, and whose gradient comes from a pool: nothing needs more at once. */
export const TIGHT: Network = {
  name: 'tight',
  input: [7, 5, 2],
  classes: 3,
  layers: [
    conv2d('c1', 2, 5),
    batchNorm('b1', 5),
    lif('n1'),
    residual(
      'r',
      [conv2d('c2', 5, 5), batchNorm('b2', 5)],
      [conv2d('c3', 5, 5, { kernel: 1 }), batchNorm('b3', 5)],
    ),
    lif('n2'),
    avgPool2d('p', 2),
    flatten('f'),
    linear('l1', 3 * 2 * 5, 3),
  ],
};

/** A surrogate of one's own. */
export const OWN = {
  ...{ name: 'bump', parameters: { k: 3 } },
  derivative: 'k * exp(-k * u) / (1 + exp(-k * u))^2',
};

/** Normal values, labels in turn; with `steps` a frame for each. */
export function batchOf(network: Network, count: number, name: string, steps?: number): Batch {
  const shape = [...(steps ? [steps] : []), count, ...network.input];
  const labels = Int32Array.from({ length: count }, (_, i) => i % network.classes);
  return { x: normals(`${name} ${shape.join(' ')}`, sizeOf(shape)), shape, labels };
}

/** Neurons by what they are called in titles. */
export const CASES: [name: string, neuron: NeuronInput][] = [
  ...NEURON_NAMES.filter((name) => name !== 'lif').map((model): [string, NeuronInput] => [
    model,
    { model, surrogate: { name: 'atan' }, delta: 0.1 },
  ]),
  ['clif with a surrogate of one’s own', { model: 'clif', surrogate: OWN, delta: 0.1 }],
  ['lif with a surrogate of one’s own', { surrogate: OWN, reset: 'soft', delta: 0.1 }],
];
