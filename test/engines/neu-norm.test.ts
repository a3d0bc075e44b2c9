// Neuron normalisation: by hand, gradients of engine plain against central differences, the fast engines against plain.
import test from 'ava';
import { neuNorm as plainNeuNorm } from '../../src/engines/plain/neu-norm.js';
import { experiment } from '../../src/experiment/experiment.js';
import {
  avgPool2d,
  batchNorm,
  conv2d,
  flatten,
  type Layer,
  lif,
  linear,
  maxPool2d,
  type Network,
  neuNorm,
  relu,
  residual,
} from '../../src/network/layers.js';
import { agreesWithPlain, areCentralDifferences, hasTheSameBits } from '../helpers/engine-agreement.js';
import { examplesOf, threeSteps } from '../helpers/step-norms.js';

const net = (name: string, layers: Layer[]): Network => ({ name, input: [7, 5, 2], classes: 3, layers });

test('two channels over two steps by hand: a = k·a + (1 − k)/F²·Σ o, minus w·a', (t) => {
  const site = { k: 0.5, w: [1, 10], steps: 2, channels: 2 };
  const { y, a } = plainNeuNorm(Float64Array.of(1, 1, 0, 1), site);
  t.deepEqual([...a], [0.25, 0.25]); // 2/8, then 0.5·0.25 + 1/8
  t.deepEqual([...y], [0.75, -1.5, -0.25, -1.5]);
});

test('the gradients of engine plain are central differences within 1e-6 of the largest', (t) => {
  const network = net('smooth', [
    ...[conv2d('c1', 2, 3, { stride: 2 }), batchNorm('b1', 3), relu('r1'), neuNorm('n1', 0.6)],
    ...[conv2d('c2', 3, 4), batchNorm('b2', 4), relu('r2'), neuNorm('n2', 0.9), flatten('f')],
    linear('fc', 48, 3),
  ]);
  return areCentralDifferences(t, network, threeSteps(), examplesOf(network, 3));
});

/** Of an image, of spikes of 33 channels, of pooled ones, of maxima, before and behind a block, and of one place. */
const spiking = net('spiking', [
  ...[neuNorm('n0', 0.8), conv2d('c1', 2, 33), batchNorm('b1', 33), lif('l1'), neuNorm('n1')],
  ...[conv2d('c2', 33, 6), batchNorm('b2', 6), lif('l2'), neuNorm('n2', 0)],
  residual('r', [conv2d('c3', 6, 6), batchNorm('b3', 6), lif('l3'), neuNorm('n3'), conv2d('c4', 6, 6)]),
  ...[lif('l4'), avgPool2d('p1'), neuNorm('n4'), conv2d('c5', 6, 5), batchNorm('b5', 5), lif('l5')],
  ...[
    maxPool2d('p2', 2),
    neuNorm('n5'),
    avgPool2d('p3', 1),
    flatten('f'),
    linear('fc1', 5, 4),
    batchNorm('b6', 4),
  ],
  ...[lif('l6'), neuNorm('n6'), linear('fc2', 4, 3)],
]);

for (const engine of ['tfjs', 'event'] as const)
  test.serial(
    `engine ${engine} agrees with plain: loss within 1e-6, gradients and logits within 2e-5 of the largest, spikes exactly`,
    (t) =>
      agreesWithPlain(
        t,
        engine,
        [undefined, 3, 1].map((steps) => ({
          where: steps ? `${steps} frames` : 'images',
          settings: { ...threeSteps({ momentum: 0.5 }), steps: steps ?? 3 },
          ...{ network: spiking, batch: examplesOf(spiking, steps) },
        })),
      ),
  );

test.serial(
  'engine event: the same bits for 1 and 3 threads, alone or in a batch, and where a training is resumed',
  (t) => {
    const batch = examplesOf(spiking);
    return hasTheSameBits(t, [
      { where: 'images', network: spiking, settings: experiment({ steps: 3 }), batch },
    ]);
  },
);
