// Every op of engine tfjs that has a gradient of its own against the plain engine, at odd sizes.
import test, { type ExecutionContext } from 'ava';
import * as tf from '@tensorflow/tfjs';
import { batchNorm, batchNormGradient, channelMoments } from '../../../src/engines/plain/batch-norm.js';
import { convolve, inputGradient, weightGradient } from '../../../src/engines/plain/convolution.js';
import {
  gramPenalty,
  gramPenaltyGradient,
  gramPenaltyOfTensor,
  matrixOf,
  weightsOf,
} from '../../../src/learning/regularisers/gram.js';
import {
  averagePool,
  averagePoolGradient,
  maxPool,
  maxPoolGradient,
} from '../../../src/engines/plain/pool.js';
import { openBackend } from '../../../src/engines/tfjs/backend.js';
import { batchNormTrain } from '../../../src/engines/tfjs/batch-norm.js';
import { conv2d, linear } from '../../../src/engines/tfjs/linear.js';
import { avgPool2d, maxPool2d } from '../../../src/engines/tfjs/pooling.js';
import { defaultBatchNorm } from '../../../src/learning/batch-norm.js';
import { LOSS_KINDS } from '../../../src/learning/losses/index.js';
import { classificationLoss, lossOfTensors } from '../../../src/learning/losses/objective.js';
import {
  defaultAdam,
  defaultSgd,
  slotNames,
  updated,
  updatedTensors,
} from '../../../src/learning/optimizers/index.js';
import { convolutionGeometry, geometryOf } from '../../../src/network/geometry.js';
import { conv2d as convolution } from '../../../src/network/layers.js';
import { sizeOf } from '../../../src/network/parameters.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

const BACKENDS = ['cpu', 'wasm'] as const;
const TOLERANCE = 2e-6; // of the largest of a tensor; worst seen 4.4e-7

/** Compares tensors with what is expected of them. */
function compare(t: ExecutionContext, what: string, got: tf.Tensor[], expected: ArrayLike<number>[]): void {
  t.is(got.length, expected.length);
  got.forEach((tensor, i) => {
    const off = worstDifference(tensor.dataSync(), expected[i]);
    t.log(`${what}, ${i}: ${off.toExponential(1)}`);
    t.true(off < TOLERANCE, `${what}, ${i}: ${off}`);
  });
}
const tensor = (name: string, shape: number[]): tf.Tensor => tf.tensor(normals(name, sizeOf(shape)), shape);
const values = (x: tf.Tensor): Float64Array => Float64Array.from(x.dataSync());

// TensorFlow.js has one current backend in a process: the tests run one after the other.
for (const backend of BACKENDS) {
  test.serial(
    `${backend}: convolutions and linear layers, output and both gradients, within 2e-6 of plain`,
    async (t) => {
      await openBackend(backend);
      tf.tidy(() => {
        for (const [kernel, stride, padding, height, width] of [
          [3, 1, 1, 7, 5],
          [3, 2, 1, 9, 7],
          [1, 2, 0, 7, 8],
          [5, 2, 2, 11, 7],
          [2, 3, 0, 8, 7],
        ]) {
          const layer = convolution('c', 3, 5, { kernel, stride, padding });
          const c = { geometry: geometryOf(layer, [height, width, 3]), images: 2, in: 3, out: 5 };
          const x = tensor('x', [2, height, width, 3]);
          const w = tensor('w', [5, 3, kernel, kernel]);
          const run = (input: tf.Tensor, weight: tf.Tensor): tf.Tensor =>
            conv2d(input, weight.transpose([2, 3, 1, 0]), layer);
          const y = run(x, w);
          const dy = tensor('dy', y.shape);
          const expected = [
            convolve(c, values(x), values(w)),
            inputGradient(c, values(dy), values(w)),
            weightGradient(c, values(x), values(dy)),
          ];
          compare(t, `${kernel} × ${kernel}`, [y, ...tf.grads(run)([x, w], dy)], expected);
        }
        const pixel = convolutionGeometry([1, 1], { kernelHeight: 1, kernelWidth: 1, stride: 1, padding: 0 });
        const c = { geometry: pixel, images: 7, in: 33, out: 5 };
        const [x, w, dy] = [tensor('x', [7, 33]), tensor('w', [5, 33]), tensor('dy', [7, 5])];
        const run = (input: tf.Tensor, weight: tf.Tensor): tf.Tensor => linear(input, weight.transpose());
        const expected = [
          convolve(c, values(x), values(w)),
          inputGradient(c, values(dy), values(w)),
          weightGradient(c, values(x), values(dy)),
        ];
        compare(t, 'linear', [run(x, w), ...tf.grads(run)([x, w], dy)], expected);
      });
    },
  );

  test.serial(
    `${backend}: pools with a remainder and ties, output and gradient, within 2e-6 of plain`,
    async (t) => {
      await openBackend(backend);
      tf.tidy(() => {
        for (const [poolHeight, poolWidth] of [
          [2, 2],
          [3, 3],
          [7, 5],
        ]) {
          const site = { images: 2, height: 7, width: 5, channels: 3, poolHeight, poolWidth };
          const x = tensor('x', [2, 7, 5, 3]).greater(0.3).cast('float32'); // spikes: ties are the rule
          const average = (input: tf.Tensor): tf.Tensor => avgPool2d(input, [poolHeight, poolWidth]);
          const y = average(x);
          const dy = tensor('dy', y.shape);
          const back = averagePoolGradient(site, values(dy));
          compare(
            t,
            `average ${poolHeight}`,
            [y, tf.grad(average)(x, dy)],
            [averagePool(site, values(x)), back],
          );
          if (poolHeight !== poolWidth) continue;
          const most = (input: tf.Tensor): tf.Tensor => maxPool2d(input, poolHeight);
          const first = maxPoolGradient(site, values(x), values(dy));
          compare(
            t,
            `maximum ${poolHeight}`,
            [most(x), tf.grad(most)(x, dy)],
            [maxPool(site, values(x)), first],
          );
        }
      });
    },
  );

  test.serial(
    `${backend}: batch norm, its statistics and three gradients, within 2e-6 of plain, a gain included`,
    async (t) => {
      await openBackend(backend);
      tf.tidy(() => {
        for (const shape of [
          [3, 5, 7, 4],
          [33, 4],
        ]) {
          const [x, gamma, beta] = [tensor('x', shape), tensor('gamma', [4]), tensor('beta', [4])];
          const site = {
            gamma: values(gamma),
            beta: values(beta),
            epsilon: defaultBatchNorm.epsilon,
            gain: 0.7,
          };
          const train = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
            batchNormTrain(a, b as tf.Tensor1D, c as tf.Tensor1D, defaultBatchNorm, site.gain, 2);
          const { y, statistics } = train(x, gamma, beta);
          const dy = tensor('dy', shape);
          const back = batchNormGradient(values(x), values(dy), site);
          const { mean, variance } = channelMoments(values(x), 4);
          const count = 2 * (x.size / 4); // the input stands for two equal steps
          const gradients = tf.grads((a, b, c) => train(a, b, c).y)([x, gamma, beta], dy);
          compare(
            t,
            `${shape}`,
            [y, statistics.mean, statistics.variance, ...gradients],
            [
              batchNorm(values(x), site),
              mean,
              variance.map((v) => (v * count) / (count - 1)),
              back.input,
              back.gamma,
              back.beta,
            ],
          );
        }
      });
    },
  );

  test.serial(
    `${backend}: the Lipschitz penalty and its gradient, tall and wide, within 2e-6 of plain`,
    async (t) => {
      await openBackend(backend);
      tf.tidy(() => {
        for (const [out, channels] of [
          [5, 3],
          [40, 2],
        ]) {
          const w = tensor('w', [out, channels, 3, 3]);
          const penalty = (weight: tf.Tensor): tf.Scalar =>
            gramPenaltyOfTensor(tf, weight.transpose([2, 3, 1, 0]));
          const matrix = matrixOf(values(w), out);
          const gradient = weightsOf({ ...matrix, values: gramPenaltyGradient(matrix) });
          compare(t, `${out}`, [penalty(w), tf.grad(penalty)(w)], [[gramPenalty(matrix)], gradient]);
        }
      });
    },
  );

  for (const kind of LOSS_KINDS)
    test.serial(`${backend}: loss ${kind} and its gradient within 2e-6 of plain`, async (t) => {
      await openBackend(backend);
      tf.tidy(() => {
        const [steps, batch, classes] = [3, 5, 7];
        const logits = tensor('logits', [steps, batch, classes]);
        const labels = Int32Array.of(6, 0, 3, 3, 1);
        const settings = { kind, lambda: 0.3, target: 0.7 };
        const oneHot = tf.oneHot(tf.tensor1d(labels, 'int32'), classes).cast('float32') as tf.Tensor2D;
        const run = (z: tf.Tensor): tf.Scalar => lossOfTensors(tf, z as tf.Tensor3D, oneHot, settings);
        const expected = classificationLoss(
          { steps, batch, classes, values: values(logits) },
          labels,
          settings,
        );
        compare(t, kind, [run(logits), tf.grad(run)(logits)], [[expected.loss], expected.gradient]);
      });
    });

  for (const settings of [
    { ...defaultAdam, weightDecay: 0.1 },
    { ...defaultSgd, weightDecay: 0.1 },
    { ...defaultSgd, momentum: 0 },
  ])
    test.serial(
      `${backend}: an update by ${settings.kind}${settings.kind === 'sgd' ? `, momentum ${settings.momentum}` : ''}: movement and slots within 2e-6 of plain`,
      async (t) => {
        await openBackend(backend);
        tf.tidy(() => {
          const names = slotNames(settings);
          const [w, g] = [tensor('w', [33]), tensor('g', [33])];
          const slots = names.map((name) => tensor(name, [33]).square());
          const got = updatedTensors({ parameter: w, slots }, g, settings, 0.1, 3);
          const old = { parameter: values(w), slots: slots.map(values) };
          const expected = updated(old, values(g), settings, 0.1, 3);
          const movement = expected.parameter.map((value, i) => value - old.parameter[i]);
          compare(t, settings.kind, [got.parameter.sub(w), ...got.slots], [movement, ...expected.slots]);
        });
      },
    );
}
