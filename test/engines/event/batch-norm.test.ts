// The arithmetic between the kernels, without the kernels: partial sums are made here in float64.
import test from 'ava';
import {
  backwardVectors,
  mergeMoments,
  mergeSums,
  normalisation,
} from '../../../src/engines/event/batch-norm.js';
import { batchNorm, batchNormGradient, channelMoments } from '../../../src/engines/plain/batch-norm.js';
import { gradientSums } from '../../../src/engines/plain/currents.js';
import { gradientDots, sumOfTerms } from '../../helpers/currents.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

const SIZES = [40, 40, 7];
const PIXELS = 87;
const CHANNELS = 35;
const y = normals('y', PIXELS * CHANNELS).map((z, i) => 3 + (i % CHANNELS) + z);
const gradient = normals('g', y.length);

/** For each unit, block by block, `stride` doubles: what `fill` makes of the values of one channel at its offsets. */
function partials(stride: number, fill: (values: number[]) => Record<number, number>): Float64Array {
  const partial = new Float64Array(2 * SIZES.length * stride);
  for (let channel = 0; channel < CHANNELS; channel++)
    for (let unit = 0, first = 0; unit < SIZES.length; first += SIZES[unit++]) {
      const values = Array.from({ length: SIZES[unit] }, (_, p) => y[(first + p) * CHANNELS + channel]);
      const base = (Math.floor(channel / 32) * SIZES.length + unit) * stride + (channel % 32);
      for (const [offset, value] of Object.entries(fill(values))) partial[base + Number(offset)] = value;
    }
  return partial;
}
const sumOf = (values: number[]): number => values.reduce((a, b) => a + b, 0);

test('mergeMoments: mean and variance of units of different sizes within 1e-13 of the largest; squares refer to rounded means', (t) => {
  const partial = partials(64, (values) => {
    const rounded = Math.fround(sumOf(values) / values.length);
    return { 0: sumOf(values), 32: sumOf(values.map((value) => (value - rounded) ** 2)) };
  });
  const { mean, variance, count } = mergeMoments(partial, SIZES, CHANNELS);
  const expected = channelMoments(y, CHANNELS);
  t.is(count, PIXELS);
  t.true(worstDifference(mean, expected.mean) < 1e-13);
  t.true(worstDifference(variance, expected.variance) < 1e-13);
});

test('mergeMoments: a variance that rounding makes negative is 0', (t) => {
  const partial = new Float64Array(64);
  [partial[0], partial[32]] = [3, -1e-9];
  t.is(mergeMoments(partial, [10], 1).variance[0], 0);
});

test('mergeSums: sums by channel at any offset within 1e-13 of the largest', (t) => {
  const partial = partials(96, (values) => ({ 0: sumOf(values), 64: 2 * sumOf(values) }));
  const expected = gradientSums(y, CHANNELS);
  t.true(worstDifference(mergeSums(partial, SIZES.length, CHANNELS, 96, 0), expected) < 1e-13);
  const doubled = mergeSums(partial, SIZES.length, CHANNELS, 96, 64);
  t.true(
    worstDifference(
      doubled,
      expected.map((sum) => 2 * sum),
    ) < 1e-13,
  );
  t.true(mergeSums(partial, SIZES.length, CHANNELS, 96, 32).every((sum) => sum === 0));
});

test('normalisation and backwardVectors: output and gradients of a batch norm within 1e-12 of the largest, with a gain', (t) => {
  for (const gain of [1, 0.35]) {
    const site = { gamma: normals('γ', CHANNELS), beta: normals('β', CHANNELS), epsilon: 1e-5, gain };
    const norm = normalisation(channelMoments(y, CHANNELS), site.gamma, site.beta, site.epsilon, gain);
    const term = { y, ...norm };
    t.true(worstDifference(sumOfTerms([term], CHANNELS), batchNorm(y, site)) < 1e-12);
    const [sums, dots] = [gradientSums(gradient, CHANNELS), gradientDots(gradient, term, CHANNELS)];
    const expected = batchNormGradient(y, gradient, site);
    t.true(
      worstDifference(
        dots.map((dot) => gain * dot),
        expected.gamma,
      ) < 1e-12,
    );
    t.true(worstDifference(sums, expected.beta) < 1e-12);
    const { a, b, c } = backwardVectors(norm, sums, dots, PIXELS);
    const got = Float64Array.from(gradient, (g, i) => {
      const channel = i % CHANNELS;
      return a[channel] * g + b[channel] * y[i] + c[channel];
    });
    t.true(worstDifference(got, expected.input) < 1e-12);
  }
});
