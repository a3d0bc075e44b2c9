import { channelMoments } from '../../../../src/engines/plain/batch-norm.js';
import { MOMENT_CHUNK, momentBytes, moments } from '../../../../src/engines/webgpu/kernels/moments.js';
import { Agreement, largest, within } from '../../../helpers/agreement.js';
import { GpuBench, testOnDriver } from '../../../helpers/gpu.js';
import { normals } from '../../../helpers/tensors.js';

const test = await testOnDriver();

test('moments of chunks, one and several, whole and not, also 1000 spreads from 0: means 3e-7 of the largest value, squares 1e-5', async (t) => {
  const bench = await GpuBench.ofFile();
  const agreement = new Agreement();
  for (const [channels, pixels, offset] of [
    [3, 1, 0],
    [40, 2 * MOMENT_CHUNK + 37, 2],
    [33, MOMENT_CHUNK, 1000],
  ]) {
    bench.clear();
    const values = normals('y', channels * pixels).map((value) => value + offset);
    const partial = bench.room(momentBytes({ channels, pixels }));
    const [got] = await bench.run(
      [moments({ channels, pixels }, bench.dense(values, channels), partial)],
      [partial],
    );
    const chunks = Math.ceil(pixels / MOMENT_CHUNK);
    for (let chunk = 0; chunk < chunks; chunk++) {
      const part = values.subarray(chunk * MOMENT_CHUNK * channels, (chunk + 1) * MOMENT_CHUNK * channels);
      const { mean, variance } = channelMoments(part, channels);
      const [means, squares] = [0, 32].map((at) =>
        mean.map((_, c) => got[(Math.floor(c / 32) * chunks + chunk) * 64 + (c % 32) + at]),
      );
      const where = `${channels} channels around ${offset}, chunk ${chunk}`;
      agreement.compare('mean', where, means, mean, largest(part));
      agreement.compare(
        'squares',
        where,
        squares,
        variance.map((v) => (v * part.length) / channels),
      );
    }
  }
  within(t, agreement, { mean: 3e-7, squares: 1e-5 });
});
