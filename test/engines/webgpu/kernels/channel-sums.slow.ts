import { channelSums, channelSumsBytes } from '../../../../src/engines/webgpu/kernels/channel-sums.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { GpuBench, testOnDriver } from '../../../helpers/gpu.js';
import { normals } from '../../../helpers/tensors.js';

const test = await testOnDriver();

test('sums by channel, in one stage and in two: 1e-6 of the largest; padding channels 0', async (t) => {
  const bench = await GpuBench.ofFile();
  const agreement = new Agreement();
  const stages: number[] = [];
  for (const [channels, pixels] of [
    [10, 37],
    [33, 2048],
    [40, 6001],
  ]) {
    bench.clear();
    const y = normals('y', channels * pixels);
    const shape = { channels, pixels };
    const target = bench.vector(new Float32Array(channels).fill(NaN));
    const bytes = channelSumsBytes(shape);
    const dispatches = channelSums(
      shape,
      bench.dense(y, channels),
      target,
      ...(bytes > 0 ? [bench.room(bytes)] : []),
    );
    stages.push(dispatches.length);
    const [got] = await bench.run(dispatches, [target]);
    const expected = new Float64Array(channels);
    for (const [i, value] of y.entries()) expected[i % channels] += value;
    agreement.compare('sum', `${channels} channels`, got.subarray(0, channels), expected);
    t.true(got.subarray(channels, Math.ceil(channels / 32) * 32).every((value) => value === 0));
  }
  t.deepEqual(stages, [1, 1, 2]);
  within(t, agreement, { sum: 1e-6 });
});
