// Pools of spikes and of real values and their gradients against plain loops in float64.
import test, { type ExecutionContext } from 'ava';
import { blocksOf } from '../../../../src/engines/plan/geometry.js';
import { BUILDS, type Build } from '../../../../src/engines/event/module.js';
import type { Op } from '../../../../src/engines/event/op.js';
import {
  averageBackward,
  averageDense,
  averageOfPlanes,
  averageSpikes,
  maxDense,
  maxDenseBackward,
  maxSpikes,
  maxSpikesBackward,
  planeUnits,
  poolPlanes,
} from '../../../../src/engines/event/ops/pool.js';
import { planesOfAverage } from '../../../helpers/planes.js';
import {
  averagePool,
  averagePoolGradient,
  maxPool,
  maxPoolGradient,
  pooledSize,
  type PoolSite,
} from '../../../../src/engines/plain/pool.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { openKernels, type KernelBench } from '../../../helpers/kernels.js';
import {
  DenseTarget,
  onesIn,
  putDense,
  putWords,
  runOps,
  spikesIn,
  spikesOf,
  Target,
} from '../../../helpers/operands.js';
import { normals } from '../../../helpers/tensors.js';

const site = (
  channels: number,
  images: number,
  [height, width]: number[],
  [poolHeight, poolWidth]: number[],
) => ({
  ...{ channels, images, height, width, poolHeight, poolWidth },
  what: `${images} × ${height}×${width}×${channels} by ${poolHeight}×${poolWidth}`,
});
const SITES = [
  site(32, 1, [2, 2], [2, 2]),
  site(5, 3, [7, 5], [2, 2]), // a remainder at both edges
  site(33, 2, [9, 9], [3, 3]),
  site(70, 1, [8, 5], [2, 3]),
  site(40, 4, [4, 4], [4, 4]), // everything
  site(3, 2, [5, 6], [1, 1]),
  site(8, 1, [3, 3], [4, 4]), // nothing is left
];
const RATES = [0, 0.1, 0.5, 1];

const sizeOf = ({ images, height, width, channels }: PoolSite): number => images * height * width * channels;
const pixelsAfter = (s: PoolSite): number => pooledSize(s) / s.channels;

/** Runs an op that writes a dense signal; its values. */
function dense(
  t: ExecutionContext,
  bench: KernelBench,
  { channels, pixels, what }: { channels: number; pixels: number; what: string },
  op: (target: number) => Op,
): Float32Array {
  const target = new DenseTarget(bench, channels, pixels);
  runOps(t, bench, op(target.address), { targets: [target], backwards: pixels % 2 === 1 });
  t.true(target.padded, what);
  return target.values;
}

/** Real values: few different ones, so that maxima tie, or all different. */
const valuesOf = (s: PoolSite, ties: boolean): Float32Array =>
  normals('x', sizeOf(s)).map((z) => (ties ? Math.sign(Math.trunc(z)) : z));

function averages(t: ExecutionContext, build: Build): void {
  const agreement = new Agreement();
  for (const s of SITES) {
    const bench = openKernels(build);
    const [x, g] = [valuesOf(s, false), normals('g', pooledSize(s))];
    const pooled = { ...s, pixels: pixelsAfter(s) };
    const got = dense(t, bench, pooled, (to) => averageDense(s, putDense(bench, x, s.channels), to));
    agreement.compare('average', s.what, got, averagePool(s, x));
    const whole = { ...s, pixels: sizeOf(s) / s.channels };
    const source = g.length > 0 ? putDense(bench, g, s.channels) : bench.alloc(64);
    const dx = dense(t, bench, whole, (to) => averageBackward(s, source, to));
    agreement.compare('gradient', s.what, dx, averagePoolGradient(s, g));
    for (const rate of RATES) {
      const spikes = spikesOf('x', sizeOf(s), rate);
      const words = putWords(bench, spikes, s.channels);
      const share = dense(t, bench, pooled, (to) => averageSpikes(s, words, to));
      agreement.compare('spikes', `${s.what}, rate ${rate}`, share, averagePool(s, spikes), 1);
    }
  }
  within(t, agreement, { average: 4e-7, gradient: 2e-7, spikes: 1.5e-7 });
}

for (const build of BUILDS) {
  test(`${build}: averages of real values within 4e-7 of the largest, their gradients within 2e-7, averages of spikes within 1.5e-7 at rates 0 to 1`, (t) =>
    averages(t, build));

  test(`${build}: maxima of real values exact; their gradients too, also where several are the largest`, (t) => {
    const agreement = new Agreement();
    for (const s of SITES)
      for (const ties of [false, true]) {
        const bench = openKernels(build);
        const [x, g] = [valuesOf(s, ties), normals('g', pooledSize(s))];
        const source = putDense(bench, x, s.channels);
        const where = `${s.what}, ties ${ties}`;
        const got = dense(t, bench, { ...s, pixels: pixelsAfter(s) }, (to) => maxDense(s, source, to));
        agreement.compare('maximum', where, got, maxPool(s, x));
        const gradient = g.length > 0 ? putDense(bench, g, s.channels) : bench.alloc(64);
        const whole = { ...s, pixels: sizeOf(s) / s.channels };
        const dx = dense(t, bench, whole, (to) => maxDenseBackward(s, gradient, to, source));
        agreement.compare('gradient', where, dx, maxPoolGradient(s, x, g));
      }
    within(t, agreement, { maximum: 0, gradient: 0 });
  });

  test(`${build}: maxima of spikes, how many there are, and their gradients exact at rates 0 to 1`, (t) => {
    const agreement = new Agreement();
    for (const s of SITES)
      for (const rate of RATES) {
        const bench = openKernels(build);
        const where = `${s.what}, rate ${rate}`;
        const [x, g] = [spikesOf('x', sizeOf(s), rate), normals('g', pooledSize(s))];
        const source = putWords(bench, x, s.channels);
        const units = blocksOf(s.channels) * s.images;
        const target = new Target(bench, blocksOf(s.channels) * pixelsAfter(s));
        const counts = new Target(bench, units);
        const op = maxSpikes(s, source, target.address, counts.address);
        runOps(t, bench, op, { targets: [target, counts], backwards: true });
        const expected = maxPool(s, x);
        agreement.compare('maximum', where, spikesIn(target.words, s.channels), expected);
        const ones = counts.words.reduce((a, b) => a + b, 0);
        t.deepEqual([ones, onesIn(target.words)], Array(2).fill(expected.reduce((a, b) => a + b, 0)), where);
        const gradient = g.length > 0 ? putDense(bench, g, s.channels) : bench.alloc(64);
        const whole = { ...s, pixels: sizeOf(s) / s.channels };
        const dx = dense(t, bench, whole, (to) => maxSpikesBackward(s, gradient, to, source));
        agreement.compare('gradient', where, dx, maxPoolGradient(s, x, g));
      }
    within(t, agreement, { maximum: 0, gradient: 0 });
  });

  test(`${build}: the three planes of 2×2 averages of spikes, the ones in each and the averages again exact, at rates 0 to 1`, (t) => {
    const sizes = [
      { channels: 5, images: 3, height: 7, width: 5 },
      { channels: 33, images: 1, height: 2, width: 2 },
      { channels: 70, images: 5, height: 4, width: 9 },
      { channels: 2, images: 66, height: 17, width: 16 }, // more output pixels than the 4096 of one unit
    ];
    for (const size of sizes)
      for (const rate of RATES) {
        const bench = openKernels(build);
        const spikes = spikesOf('x', size.images * size.height * size.width * size.channels, rate);
        const expected = planesOfAverage(size, spikes);
        const words = (expected[0].length / size.channels) * blocksOf(size.channels);
        const units = planeUnits(size);
        const [planes, counts] = [new Target(bench, 3 * words), new Target(bench, 3 * units)];
        const op = poolPlanes(size, putWords(bench, spikes, size.channels), planes.address, counts.address);
        runOps(t, bench, op, { targets: [planes, counts], backwards: true });
        const pixels = expected[0].length / size.channels;
        const again = dense(t, bench, { ...size, pixels, what: 'averages' }, (to) =>
          averageOfPlanes(size.channels, pixels, planes.address, to),
        );
        const averages = averagePool({ ...size, poolHeight: 2, poolWidth: 2 }, spikes);
        t.deepEqual([...again], [...averages], `${JSON.stringify(size)}, rate ${rate}`);
        for (const [plane, ones] of expected.entries()) {
          const where = `${JSON.stringify(size)}, rate ${rate}, plane ${plane}`;
          const own = planes.words.subarray(plane * words, (plane + 1) * words);
          t.deepEqual(spikesIn(own, size.channels), ones, where);
          const total = ones.reduce((a, b) => a + b, 0);
          t.is(onesIn(own), total, where); // none in the padding
          const counted = counts.words.filter((_, i) => i % 3 === plane);
          t.is(
            counted.reduce((a, b) => a + b, 0),
            total,
            where,
          );
        }
      }
  });
}
