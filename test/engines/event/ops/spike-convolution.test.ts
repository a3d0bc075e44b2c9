// List and lookup kernels against plain loops in float64.
import test from 'ava';
import { blocksOf } from '../../../../src/engines/plan/geometry.js';
import {
  fromDense,
  fromMaster,
  toDense,
  toMaster,
  toWords,
  weightFloats,
} from '../../../../src/engines/plan/layout.js';
import {
  listWeightsFit,
  slicesOf,
  spikeForward,
  type SpikeKernel,
  spikeWeights,
} from '../../../../src/engines/event/ops/spike-convolution.js';
import { convolve, weightGradient } from '../../../../src/engines/plain/convolution.js';
import { convolutionGeometry, type Geometry, tapsOf } from '../../../../src/network/geometry.js';
import { stream } from '../../../../src/random.js';
import { openKernels } from '../../../helpers/kernels.js';
import { normals, worstDifference } from '../../../helpers/tensors.js';

interface Case {
  what: string;
  geometry: Geometry;
  images: number;
  in: number;
  out: number;
}
const square = (size: number, kernel: number, stride: number, padding: number): Geometry =>
  convolutionGeometry([size, size], { kernelHeight: kernel, kernelWidth: kernel, stride, padding });
const cases: Case[] = [
  { what: '3×3', geometry: square(8, 3, 1, 1), images: 5, in: 64, out: 64 },
  {
    what: '3×3 on 7×5, odd channels',
    geometry: convolutionGeometry([7, 5], { kernelHeight: 3, kernelWidth: 3, stride: 1, padding: 1 }),
    images: 3,
    in: 5,
    out: 33,
  },
  { what: '3×3 stride 2, odd size', geometry: square(9, 3, 2, 1), images: 2, in: 40, out: 16 },
  { what: '1×1 stride 2', geometry: square(8, 1, 2, 0), images: 3, in: 32, out: 70 },
  { what: '5×5', geometry: square(6, 5, 1, 2), images: 2, in: 33, out: 8 },
  { what: '5×5 without padding', geometry: square(9, 5, 1, 0), images: 1, in: 8, out: 8 },
  { what: 'a linear layer over 4×4', geometry: square(4, 4, 1, 0), images: 37, in: 40, out: 10 },
  { what: 'a linear layer over features', geometry: square(1, 1, 1, 0), images: 66, in: 100, out: 50 },
];
const RATES = [0, 0.03, 0.2, 1];

/** Seeded zeros and ones. */
const spikesOf = (name: string, count: number, rate: number): Uint8Array => {
  const { uniform } = stream(1, 'probe', name, count, rate * 100);
  return Uint8Array.from({ length: count }, () => (rate === 1 || uniform() < rate ? 1 : 0));
};

for (const build of ['plain', 'fma'] as const)
  for (const kernel of ['list', 'lookup'] as SpikeKernel[]) {
    test(`${kernel}, ${build}: forward within 2e-6 of the largest output for every geometry at rates 0 to 1, alone and accumulating`, (t) => {
      for (const c of cases)
        for (const rate of RATES) {
          const bench = openKernels(build);
          const g = c.geometry;
          const inPixels = c.images * g.inHeight * g.inWidth;
          const outPixels = c.images * g.outHeight * g.outWidth;
          const spikes = spikesOf(c.what, inPixels * c.in, rate);
          const weights = normals(`w ${c.what}`, c.out * c.in * tapsOf(g));
          const bias = normals(`b ${c.what}`, c.out);
          const shape = { ...g, in: c.in, out: c.out };
          const address = {
            words: bench.alloc(blocksOf(c.in) * inPixels * 4),
            weights: bench.alloc(weightFloats(shape) * 4),
            bias: bench.alloc(blocksOf(c.out) * 128),
            y: bench.alloc(blocksOf(c.out) * outPixels * 128),
          };
          toWords(spikes, c.in, bench.words(address.words, blocksOf(c.in) * inPixels));
          toMaster(weights, shape, 'conv2d', bench.floats(address.weights, weightFloats(shape)));
          bench.floats(address.bias, c.out).set(bias);
          const y = bench.floats(address.y, blocksOf(c.out) * outPixels * 32).fill(7);
          const operands = {
            ...address,
            geometry: g,
            images: c.images,
            wordsStride: inPixels * 4,
            blocks: blocksOf(c.in),
            rows: blocksOf(c.in) * 32,
            yStride: outPixels * 128,
            outBlocks: blocksOf(c.out),
          };
          bench.run(spikeForward(kernel, { ...operands, accumulate: false }));
          const expected = convolve(c, spikes, weights, bias);
          const what = `${c.what}, rate ${rate}`;
          t.true(worstDifference(fromDense(y, c.out, outPixels), expected) < 2e-6, what);
          bench.run(spikeForward(kernel, { ...operands, bias: 0, accumulate: true }), true);
          const twice = expected.map((value, i) => 2 * value - bias[i % c.out]);
          t.true(worstDifference(fromDense(y, c.out, outPixels), twice) < 2e-6, `${what}, accumulating`);
        }
    });

    test(`${kernel}, ${build}: weight gradient within 2e-6 of the largest for every geometry that fits, at rates 0 to 1`, (t) => {
      for (const c of cases)
        for (const rate of RATES) {
          const g = c.geometry;
          if (kernel === 'list' && !listWeightsFit(g)) continue;
          const bench = openKernels(build);
          const inPixels = c.images * g.inHeight * g.inWidth;
          const outPixels = c.images * g.outHeight * g.outWidth;
          const spikes = spikesOf(c.what, inPixels * c.in, rate);
          const dy = normals(`dy ${c.what}`, outPixels * c.out);
          const shape = { ...g, in: c.in, out: c.out };
          const floats = weightFloats(shape);
          const slices = slicesOf(c.images, floats * 4);
          const address = {
            words: bench.alloc(blocksOf(c.in) * inPixels * 4),
            dy: bench.alloc(blocksOf(c.out) * outPixels * 128 + 4096),
            gradient: bench.alloc(slices * floats * 4),
          };
          toWords(spikes, c.in, bench.words(address.words, blocksOf(c.in) * inPixels));
          toDense(dy, c.out, bench.floats(address.dy, blocksOf(c.out) * outPixels * 32));
          const partial = bench.floats(address.gradient, slices * floats).fill(NaN);
          bench.run(
            spikeWeights(kernel, {
              ...address,
              geometry: g,
              images: c.images,
              wordsStride: inPixels * 4,
              blocks: blocksOf(c.in),
              rows: blocksOf(c.in) * 32,
              dyStride: outPixels * 128,
              outBlocks: blocksOf(c.out),
              sliceBytes: floats * 4,
              slices,
            }),
            rate === 0.2,
          );
          const sum = new Float32Array(floats);
          for (let s = 0; s < slices; s++) for (let i = 0; i < floats; i++) sum[i] += partial[s * floats + i];
          const expected = weightGradient(c, spikes, dy);
          t.true(
            worstDifference(fromMaster(sum, shape, 'conv2d'), expected) < 2e-6,
            `${c.what}, rate ${rate}`,
          );
        }
    });
  }

test('list: a kernel that lies where its address less that of a column is 0 takes part like any other, within 2e-6', (t) => {
  const bench = openKernels('plain');
  const weights = bench.put(normals('at 0', 9 * 32 * 32)); // first, so that it lies at 16 · 4096: column 16's distance
  t.is(weights, 16 * 4096);
  const geometry = square(20, 3, 1, 1);
  const pixels = 20 * 20;
  const words = bench.alloc(pixels * 4);
  toWords(spikesOf('at 0', pixels * 32, 0.3), 32, bench.words(words, pixels));
  const results = (['list', 'lookup'] as const).map((kernel) => {
    const y = bench.alloc(pixels * 128);
    bench.run(
      spikeForward(kernel, {
        ...{ geometry, images: 1, words, wordsStride: pixels * 4, blocks: 1, weights, rows: 32 },
        ...{ y, yStride: pixels * 128, outBlocks: 1, bias: 0, accumulate: false },
      }),
    );
    return bench.floats(y, pixels * 32);
  });
  t.true(worstDifference(results[0], results[1]) < 2e-6);
});

for (const build of ['plain', 'fma'] as const)
  test(`${build}: of the images that are named, and of no others, either kernel makes the bits that it makes of all`, (t) => {
    for (const c of cases)
      for (const kernel of ['list', 'lookup'] as const) {
        const bench = openKernels(build);
        const g = c.geometry;
        const inPixels = c.images * g.inHeight * g.inWidth;
        const perImage = g.outHeight * g.outWidth;
        const outPixels = c.images * perImage;
        const words = new Uint32Array(blocksOf(c.in) * inPixels);
        toWords(spikesOf(c.what, inPixels * c.in, 0.2), c.in, words);
        const shape = { ...g, in: c.in, out: c.out };
        const master = new Float32Array(weightFloats(shape));
        toMaster(normals(`w ${c.what}`, c.out * c.in * tapsOf(g)), shape, 'conv2d', master);
        const operands = {
          ...{ geometry: g, words: bench.put(words), wordsStride: inPixels * 4, blocks: blocksOf(c.in) },
          ...{ weights: bench.put(master), rows: blocksOf(c.in) * 32, bias: 0, accumulate: false },
          ...{ yStride: outPixels * 128, outBlocks: blocksOf(c.out) },
        };
        const run = (of: { images: number; which?: number }): Float32Array => {
          const y = bench.alloc(blocksOf(c.out) * outPixels * 128);
          const floats = bench.floats(y, blocksOf(c.out) * outPixels * 32).fill(7);
          bench.run(spikeForward(kernel, { ...operands, ...of, y }), true);
          return fromDense(floats, c.out, outPixels);
        };
        const all = run({ images: c.images });
        const named = Uint32Array.from({ length: c.images }, (_, n) => n).filter((n) => n % 3 !== 1);
        const some = run({ images: named.length, which: bench.put(named) });
        const size = perImage * c.out;
        t.deepEqual(
          some,
          all.map((value, i) => (named.includes(Math.floor(i / size)) ? value : 7)),
          `${c.what}, ${kernel}`,
        );
      }
  });
