// Small networks of norms over time, and batches for them, for the tests of engines.
import type { Batch } from '../../src/data/dataset.js';
import { experiment, type Experiment } from '../../src/experiment/experiment.js';
import {
  avgPool2d,
  conv2d,
  flatten,
  type Layer,
  lif,
  linear,
  type Network,
  relu,
  residual,
} from '../../src/network/layers.js';
import { sizeOf } from '../../src/network/parameters.js';
import { normals } from './tensors.js';

/** Makes the norm of a place. */
export type MakeNorm = (name: string, channels: number) => Layer;

const net = (name: string, layers: Layer[]): Network => ({ name, input: [7, 5, 2], classes: 3, layers });

/** Norms before ReLU, one of them behind a norm: smooth nearly everywhere, so that central differences exist. */
export const smooth = (norm: MakeNorm): Network =>
  net('smooth', [
    ...[conv2d('c1', 2, 3, { stride: 2 }), norm('n1', 3), relu('r1')],
    ...[conv2d('c2', 3, 4), norm('n2', 4), norm('n3', 4), relu('r2'), flatten('f'), linear('fc', 48, 3)],
  ]);

/**
 * Norms of 3, 33 and 6 channels: of an input that may be the same at every step, in a block and its shortcut, before a pool, and
 * last.
 */
export const spiking = (norm: MakeNorm): Network =>
  net('spiking', [
    ...[conv2d('c1', 2, 33), norm('n1', 33), conv2d('c2', 33, 6), norm('n2', 6), lif('l2')],
    residual(
      'r',
      [conv2d('c3', 6, 6), norm('n3', 6), lif('l3'), conv2d('c4', 6, 6), norm('n4', 6)],
      [conv2d('c5', 6, 6, { kernel: 1 }), norm('n5', 6)],
    ),
    ...[lif('l5'), conv2d('c6', 6, 5), norm('n6', 5), avgPool2d('p'), lif('l6'), flatten('f')],
    ...[linear('fc', 30, 3), norm('n7', 3)],
  ]);

/** Settings for three steps. */
export const threeSteps = (given: Partial<Experiment['batchNorm']> = {}): Experiment =>
  experiment({ steps: 3, batchNorm: given, loss: { kind: 'tet', lambda: 0.1 }, optimizer: { kind: 'adam' } });

/** Four examples: an image each, or a frame for each of `steps` steps. */
export function examplesOf({ input }: Network, steps?: number): Batch {
  const shape = [...(steps === undefined ? [] : [steps]), 4, ...input];
  return { x: normals('x', sizeOf(shape)), shape, labels: Int32Array.from([0, 1, 2, 1]) };
}
