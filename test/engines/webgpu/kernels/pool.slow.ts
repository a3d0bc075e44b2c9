// Pools and counts on a driver, against plain loops in float64.
import {
  averagePool,
  averagePoolGradient,
  maxPool,
  maxPoolGradient,
  pooledSize,
} from '../../../../src/engines/plain/pool.js';
import { blocksOf } from '../../../../src/engines/plan/geometry.js';
import { counts } from '../../../../src/engines/webgpu/kernels/counts.js';
import * as kernels from '../../../../src/engines/webgpu/kernels/pool.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { denseValues, GpuBench, testOnDriver } from '../../../helpers/gpu.js';
import { spikesIn, spikesOf } from '../../../helpers/operands.js';
import { normals } from '../../../helpers/tensors.js';

const site = (
  channels: number,
  images: number,
  [height, width]: number[],
  [poolHeight, poolWidth]: number[],
) => ({ channels, images, height, width, poolHeight, poolWidth });
const SITES = [
  site(32, 1, [2, 2], [2, 2]),
  site(5, 3, [7, 5], [2, 2]), // a remainder at both edges
  site(33, 2, [9, 9], [3, 3]),
  site(70, 1, [8, 5], [2, 3]),
  site(40, 4, [4, 4], [4, 4]), // everything
  site(3, 2, [5, 6], [1, 1]),
];

const testWithDriver = await testOnDriver();

testWithDriver(
  'pools of spikes and of real values, ties among them, and their gradients: averages within 2e-7 of the largest, maxima exact',
  async (t) => {
    const bench = await GpuBench.open();
    const agreement = new Agreement();
    for (const s of SITES)
      for (const kind of ['dense', 'ties', 'spikes'] as const) {
        const { channels, images, height, width } = s;
        const size = images * height * width * channels;
        const [pixels, after] = [size / channels, pooledSize(s) / channels];
        const x =
          kind === 'spikes'
            ? spikesOf('x', size, 0.3)
            : normals('x', size).map((z) => (kind === 'ties' ? Math.sign(Math.trunc(z)) + 0 : z));
        const g = normals('g', pooledSize(s));
        const where = `${JSON.stringify(s)}, ${kind}`;
        bench.clear();
        const isSpikes = kind === 'spikes';
        const pooled = {
          kind: isSpikes ? ('spikes' as const) : ('dense' as const),
          region: isSpikes ? bench.words(x, channels) : bench.dense(x, channels),
        };
        const gradient = bench.dense(g, channels);
        const mean = bench.denseRoom(channels, after);
        const most = isSpikes ? bench.room(blocksOf(channels) * after * 4) : bench.denseRoom(channels, after);
        const [spread, back] = [bench.denseRoom(channels, pixels), bench.denseRoom(channels, pixels)];
        const [means, maxima, spreads, backs] = await bench.run(
          [
            kernels.averagePool(s, pooled, mean),
            kernels.maxPool(s, pooled, most),
            kernels.spreadGradient(s, gradient, spread),
            kernels.maxPoolGradient(s, pooled, gradient, back),
          ],
          [mean, most, spread, back],
        );
        agreement.compare('average', where, denseValues(means, channels, after), averagePool(s, x));
        const spreadBack = denseValues(spreads, channels, pixels);
        agreement.compare('gradient', where, spreadBack, averagePoolGradient(s, g));
        const words = new Uint32Array(maxima.buffer).subarray(0, blocksOf(channels) * after);
        const largest = isSpikes ? spikesIn(words, channels) : denseValues(maxima, channels, after);
        t.deepEqual(Array.from(largest), Array.from(maxPool(s, x)), where);
        const expected = Float32Array.from(maxPoolGradient(s, x, g));
        t.deepEqual(denseValues(backs, channels, pixels), expected, where);
      }
    within(t, agreement, { average: 2e-7, gradient: 2e-7 });
  },
);

testWithDriver('spikes as numbers, and counts of what is not zero by step and position: exact', async (t) => {
  const bench = await GpuBench.open();
  const [channels, steps, batch, positions] = [40, 3, 2, 15];
  const pixels = steps * batch * positions;
  const spikes = spikesOf('x', pixels * channels, 0.3);
  const real = spikes.map(Number);
  const [words, dense] = [bench.words(spikes, channels), bench.dense(Float32Array.from(real), channels)];
  const target = bench.denseRoom(channels, pixels);
  const found = [bench.room(steps * positions * 4), bench.room(steps * positions * 4)];
  const counted = { channels, steps, batch, positions };
  const [numbers, ofSpikes, ofValues] = await bench.run(
    [
      kernels.values(channels, pixels, words, target),
      counts(counted, { kind: 'spikes', region: words }, found[0]),
      counts(counted, { kind: 'dense', region: dense }, found[1]),
    ],
    [target, ...found],
  );
  t.deepEqual(denseValues(numbers, channels, pixels), Float32Array.from(real));
  const expected = new Uint32Array(steps * positions);
  for (let i = 0; i < spikes.length; i++) {
    const pixel = Math.floor(i / channels);
    const step = Math.floor(pixel / (batch * positions));
    expected[step * positions + (pixel % positions)] += spikes[i];
  }
  for (const got of [ofSpikes, ofValues])
    t.deepEqual(new Uint32Array(got.buffer).slice(0, expected.length), expected);
});
