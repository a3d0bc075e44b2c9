// Sums by channel and the backward pass of batch norm against plain loops in float64.
import test from 'ava';
import {
  backwardVectors,
  mergeMoments,
  mergeSums,
  normalisation,
} from '../../../../src/engines/event/batch-norm.js';
import { blocksOf } from '../../../../src/engines/plan/geometry.js';
import { BUILDS } from '../../../../src/engines/event/module.js';
import {
  channelSums,
  chunkSizes,
  chunkUnits,
  normaliseBackward,
  statistics,
} from '../../../../src/engines/event/ops/batch-norm.js';
import { batchNormGradient, channelMoments } from '../../../../src/engines/plain/batch-norm.js';
import { gradientSums } from '../../../../src/engines/plain/currents.js';
import { Agreement, largest, within } from '../../../helpers/agreement.js';
import { gradientDots } from '../../../helpers/currents.js';
import { type KernelBench, openKernels } from '../../../helpers/kernels.js';
import { DenseTarget, putDense, putVector, runOps, spikesOf, Target } from '../../../helpers/operands.js';
import { normals } from '../../../helpers/tensors.js';

// A unit takes 1024 pixels, and a float32 sum 64 of them: sizes on both sides of either.
const SIZES = [
  { pixels: 1, channels: 3 },
  { pixels: 63, channels: 32 },
  { pixels: 65, channels: 33 },
  { pixels: 1024, channels: 5 },
  { pixels: 1025, channels: 70 },
  { pixels: 2 * 1024 + 77, channels: 34 },
];

/** Values whose channels differ in mean and spread. */
function valuesOf(name: string, pixels: number, channels: number): Float32Array {
  const spread = normals(`${name} spread`, channels);
  const mean = normals(`${name} mean`, channels);
  return normals(name, pixels * channels).map((z, i) => z * spread[i % channels] + mean[i % channels]);
}

for (const build of BUILDS) {
  const momentsOf = (
    t: Parameters<typeof runOps>[0],
    bench: KernelBench,
    y: Float32Array,
    pixels: number,
    channels: number,
  ) => {
    const partial = new Target(bench, chunkUnits(channels, pixels) * 64 * 2);
    const op = statistics(putDense(bench, y, channels), channels, pixels, partial.address);
    runOps(t, bench, op, { targets: [partial], backwards: pixels % 2 === 0 });
    return mergeMoments(partial.doubles, chunkSizes(pixels), channels);
  };

  test(`${build}: means and variances within 5e-7 of the largest, for any number of pixels and channels`, (t) => {
    const agreement = new Agreement();
    for (const { pixels, channels } of SIZES) {
      const y = valuesOf('y', pixels, channels);
      const got = momentsOf(t, openKernels(build), y, pixels, channels);
      const expected = channelMoments(y, channels);
      const where = `${pixels} pixels, ${channels} channels`;
      agreement.compare('mean', where, got.mean, expected.mean);
      agreement.compare('variance', where, got.variance, expected.variance);
      t.is(got.count, pixels);
    }
    within(t, agreement, { mean: 5e-7, variance: 5e-7 });
  });

  test(`${build}: where means are a thousand times the spread, variances are within 8e-6 of their own value`, (t) => {
    const [pixels, channels] = [3 * 1024 + 5, 33];
    const y = normals('far', pixels * channels).map((z, i) => (1000 + z) * ((i % channels) + 1));
    const { variance } = momentsOf(t, openKernels(build), y, pixels, channels);
    const expected = channelMoments(y, channels).variance;
    const agreement = new Agreement();
    const ratios = variance.map((value, c) => value / expected[c]);
    agreement.compare('variance', 'mean 1000', ratios, new Float64Array(channels).fill(1));
    within(t, agreement, { variance: 8e-6 });
  });

  test(`${build}: of channels that are all zero or all one, mean and variance are exact`, (t) => {
    for (const value of [0, 1]) {
      const y = new Float32Array(1500 * 40).fill(value);
      const { mean, variance } = momentsOf(t, openKernels(build), y, 1500, 40);
      t.deepEqual([...new Set(mean), ...new Set(variance)], [value, 0]);
    }
  });

  test(`${build}: sums by channel within 1e-6 of the largest; of spikes exact, at rates 0 to 1`, (t) => {
    const agreement = new Agreement();
    for (const { pixels, channels } of SIZES)
      for (const rate of [undefined, 0, 0.03, 0.5, 1]) {
        const bench = openKernels(build);
        const size = pixels * channels;
        const y = rate === undefined ? normals('y', size) : Float32Array.from(spikesOf('y', size, rate));
        const units = chunkUnits(channels, pixels);
        const partial = new Target(bench, units * 32 * 2);
        const op = channelSums(putDense(bench, y, channels), channels, pixels, partial.address);
        runOps(t, bench, op, { targets: [partial], backwards: rate === 1 });
        const got = mergeSums(partial.doubles, units / blocksOf(channels), channels, 32, 0);
        const where = `${pixels} pixels, ${channels} channels, rate ${rate}`;
        agreement.compare(rate === undefined ? 'sum' : 'spikes', where, got, gradientSums(y, channels));
      }
    within(t, agreement, { sum: 1e-6, spikes: 0 });
  });

  test(`${build}: the input gradient within 6e-7 of its largest term, in the place of the gradient, of y, or elsewhere`, (t) => {
    const agreement = new Agreement();
    for (const { pixels, channels } of SIZES)
      for (const [i, place] of (['gradient', 'y', 'elsewhere'] as const).entries()) {
        const bench = openKernels(build);
        const y = valuesOf('y', pixels, channels);
        const gradient = normals('g', pixels * channels);
        const gain = [1, 0.35][i % 2];
        const site = { gamma: normals('γ', channels), beta: normals('β', channels), epsilon: 1e-5, gain };
        const norm = normalisation(channelMoments(y, channels), site.gamma, site.beta, site.epsilon, gain);
        const dots = gradientDots(gradient, { y, ...norm }, channels);
        const { a, b, c } = backwardVectors(norm, gradientSums(gradient, channels), dots, pixels);
        const target = new DenseTarget(bench, channels, pixels);
        const operands = {
          gradient: place === 'gradient' ? target.set(gradient).address : putDense(bench, gradient, channels),
          y: place === 'y' ? target.set(y).address : putDense(bench, y, channels),
          target: target.address,
        };
        const vectors = { a: putVector(bench, a), b: putVector(bench, b), c: putVector(bench, c) };
        const op = normaliseBackward({ ...operands, channels, pixels }, vectors);
        runOps(t, bench, op, { targets: [target], backwards: pixels % 2 === 0 });
        const where = `${pixels} pixels, ${channels} channels, place: ${place}`;
        const terms = gradient.map((g, j) => g * a[j % channels]); // of one pixel's gradient nothing else is left
        const expected = batchNormGradient(y, gradient, site).input;
        agreement.compare('gradient', where, target.values, expected, largest(terms));
        t.true(target.padded, where);
      }
    within(t, agreement, { gradient: 6e-7 });
  });
}
