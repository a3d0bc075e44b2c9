import {
  batchNormGradient,
  channelMoments,
  type ChannelMoments,
  normalised,
} from '../../../../src/engines/plain/batch-norm.js';
import type { Region } from '../../../../src/engines/plan/arena.js';
import { blocksOf } from '../../../../src/engines/plan/geometry.js';
import { NORM_VECTORS, normBytes, type NormVector } from '../../../../src/engines/plan/signal.js';
import { MOMENT_CHUNK, momentBytes, moments } from '../../../../src/engines/webgpu/kernels/moments.js';
import {
  moveRunning,
  normalise,
  normGradient,
  normVectors,
  runningVectors,
} from '../../../../src/engines/webgpu/kernels/norm.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { denseValues, GpuBench, testOnDriver } from '../../../helpers/gpu.js';
import { normals } from '../../../helpers/tensors.js';

const test = await testOnDriver();

const EPSILON = 1e-5;
const GAIN = 0.5;

/** A batch norm in a bench. */
function place(bench: GpuBench, channels: number) {
  const [gamma, beta] = [normals('gamma', channels), normals('beta', channels)];
  const operands = {
    ...{ epsilon: EPSILON, gain: GAIN, gamma: bench.vector(gamma), beta: bench.vector(beta) },
    vectors: bench.room(normBytes(channels)),
  };
  const statistics = bench.room(blocksOf(channels) * 256);
  return { site: { gamma, beta, epsilon: EPSILON, gain: GAIN }, operands, statistics };
}

/** One of the vectors. @throws Error where padding is not 0 */
function vector(vectors: Float32Array, channels: number, name: NormVector): Float32Array {
  const floats = blocksOf(channels) * 32;
  const padded = vectors.subarray(NORM_VECTORS.indexOf(name) * floats).subarray(0, floats);
  if (padded.subarray(channels).some((value) => value !== 0)) throw new Error(`${name}: padding is not 0`);
  return padded.subarray(0, channels);
}

/** Compares the forward vectors with those of moments. */
function compareForward(
  agreement: Agreement,
  where: string,
  vectors: Float32Array,
  { mean, variance }: ChannelMoments,
  { gamma, beta }: { gamma: Float32Array; beta: Float32Array },
): void {
  const hat = variance.map((v) => 1 / Math.sqrt(v + EPSILON));
  const scale = hat.map((h, c) => GAIN * gamma[c] * h);
  const wanted = {
    ...{ scale, shift: scale.map((s, c) => beta[c] - mean[c] * s) },
    ...{ hatScale: hat, hatShift: hat.map((h, c) => -mean[c] * h) },
  };
  for (const [name, expected] of Object.entries(wanted))
    agreement.compare(
      'vector',
      `${where}, ${name}`,
      vector(vectors, mean.length, name as NormVector),
      expected,
    );
}

/** Partial sums of a gradient, unit by unit, as a backward pass leaves them; the term that is not asked for holds NaN. */
function partialSums(
  gradient: Float32Array,
  hat: Float64Array,
  { channels, units, term }: { channels: number; units: number; term: 0 | 1 },
): Float32Array {
  const sums = new Float32Array(blocksOf(channels) * units * 96);
  const at = (c: number, unit: number): number => (Math.floor(c / 32) * units + unit) * 96 + (c % 32);
  const other = 32 * (2 - term);
  for (let k = 0; k < sums.length; k++) if (k % 96 >= other && k % 96 < other + 32) sums[k] = NaN;
  for (const [i, g] of gradient.entries()) {
    const unit = Math.floor(i / channels) % units;
    sums[at(i % channels, unit)] += g;
    sums[at(i % channels, unit) + 32 * (term + 1)] += g * hat[i];
  }
  return sums;
}

for (const [channels, pixels, offset, term] of [
  [40, 2 * MOMENT_CHUNK + 37, 2, 0],
  [3, 5, 0, 1],
] as const)
  test(`training, ${channels} channels of ${pixels} pixels: vectors, statistics and gradients 2e-6 of the largest, the same over y`, async (t) => {
    const bench = await GpuBench.ofFile();
    const agreement = new Agreement();
    const shape = { channels, pixels };
    const values = normals('y', channels * pixels).map((value) => value + offset);
    const y = bench.dense(values, channels);
    const { site, operands, statistics } = place(bench, channels);
    const partial = bench.room(momentBytes(shape));
    const forward = [
      moments(shape, y, partial),
      normVectors(
        shape,
        operands,
        { region: partial, chunk: MOMENT_CHUNK },
        { region: statistics, repeats: 3 },
      ),
    ];
    const whole = channelMoments(values, channels);
    const gradient = normals('gradient', channels * pixels);
    const [units, floats] = [5, blocksOf(channels) * 32];
    const sums = bench.put(
      partialSums(gradient, normalised(values, whole, EPSILON), { channels, units, term }),
    );
    const [gammaGradient, betaGradient] = [bench.room(floats * 4), bench.room(floats * 4)];
    const target = bench.denseRoom(channels, pixels);
    const given = { gradient: bench.dense(gradient, channels), y, vectors: operands.vectors };
    const backward = [
      normGradient(shape, {
        ...{ gain: GAIN, vectors: operands.vectors, sums: { region: sums, units }, term },
        ...{ gammaGradient, betaGradient },
      }),
      normalise(shape, { ...given, target }),
      normalise(shape, { ...given, target: y }),
    ];
    const reads: Region[] = [operands.vectors, statistics, gammaGradient, betaGradient, target, y];
    const [vectors, kept, dGamma, dBeta, dy, over] = await bench.run([...forward, ...backward], reads);
    compareForward(agreement, 'training', vectors, whole, site);
    const count = pixels * 3;
    agreement.compare('statistics', 'mean', kept.subarray(0, channels), whole.mean);
    const unbiased = whole.variance.map((v) => (v * count) / (count - 1));
    agreement.compare('statistics', 'variance', kept.subarray(floats, floats + channels), unbiased);
    const expected = batchNormGradient(values, gradient, site);
    agreement.compare('gradient', 'gamma', dGamma.subarray(0, channels), expected.gamma);
    agreement.compare('gradient', 'beta', dBeta.subarray(0, channels), expected.beta);
    agreement.compare('gradient', 'input', denseValues(dy, channels, pixels), expected.input);
    t.deepEqual(over.subarray(0, dy.length), dy);
    within(t, agreement, { vector: 2e-6, statistics: 2e-6, gradient: 2e-6 });
  });

test('a mean 1000 spreads from 0 costs the variance 1e-5 of itself', async (t) => {
  const bench = await GpuBench.ofFile();
  const [channels, pixels] = [33, 3000];
  const values = normals('y', channels * pixels).map((value) => value + 1000);
  const { operands, statistics } = place(bench, channels);
  const partial = bench.room(momentBytes({ channels, pixels }));
  const [kept] = await bench.run(
    [
      moments({ channels, pixels }, bench.dense(values, channels), partial),
      normVectors(
        { channels, pixels },
        operands,
        { region: partial, chunk: MOMENT_CHUNK },
        { region: statistics, repeats: 1 },
      ),
    ],
    [statistics],
  );
  const agreement = new Agreement();
  const { variance } = channelMoments(values, channels);
  const unbiased = variance.map((v) => (v * pixels) / (pixels - 1));
  agreement.compare('variance', 'around 1000', kept.subarray(64, 64 + channels), unbiased);
  within(t, agreement, { variance: 1e-5 });
});

test('inference: vectors from running statistics, 1e-6 of the largest', async (t) => {
  const bench = await GpuBench.ofFile();
  const channels = 40;
  const { site, operands } = place(bench, channels);
  const running = {
    mean: Float64Array.from(normals('mean', channels)),
    variance: Float64Array.from(normals('variance', channels), (v) => Math.fround(v * v)),
  };
  const floats = new Float32Array(128);
  floats.set(running.mean);
  floats.set(running.variance, 64);
  const [vectors] = await bench.run(
    [runningVectors(channels, operands, bench.put(floats))],
    [operands.vectors],
  );
  const agreement = new Agreement();
  compareForward(agreement, 'inference', vectors, running, site);
  within(t, agreement, { vector: 1e-6 });
});

test('running statistics move by momentum: 2e-7 of the largest', async (t) => {
  const bench = await GpuBench.ofFile();
  const [running, batch] = [normals('running', 300), normals('batch', 300)];
  const at = bench.put(running);
  const [moved] = await bench.run([moveRunning(at, bench.put(batch), 300, 0.1)], [at]);
  const agreement = new Agreement();
  agreement.compare(
    'moved',
    'all',
    moved.subarray(0, 300),
    Float64Array.from(running, (r, i) => 0.9 * r + 0.1 * batch[i]),
  );
  within(t, agreement, { moved: 2e-7 });
});
