import { weightGradient } from '../../../../src/engines/plain/convolution.js';
import { fromMaster, weightFloats } from '../../../../src/engines/plan/layout.js';
import { convWeights, slicesBytes, slicesOf } from '../../../../src/engines/webgpu/kernels/conv-weights.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { CONVOLUTIONS, sizesOf } from '../../../helpers/convolutions.js';
import { GpuBench, testOnDriver } from '../../../helpers/gpu.js';
import { spikesOf } from '../../../helpers/operands.js';
import { normals } from '../../../helpers/tensors.js';

const test = await testOnDriver();

for (const words of [false, true])
  test(`gradient of the weights from ${words ? 'spikes' : 'dense values'}, in one slice and in several: 1e-6 of the largest, padding 0`, async (t) => {
    const bench = await GpuBench.ofFile();
    const agreement = new Agreement();
    const counts = new Set<boolean>();
    for (const c of CONVOLUTIONS) {
      bench.clear();
      const { inPixels, outPixels } = sizesOf(c);
      const x = words ? spikesOf('x', inPixels * c.in, 0.2) : normals('x', inPixels * c.in);
      const dy = normals('dy', outPixels * c.out);
      const shape = { ...c.geometry, in: c.in, out: c.out };
      const gradient = bench.room(weightFloats(shape) * 4);
      const bytes = slicesBytes(c);
      counts.add(slicesOf(c).slices > 1);
      const operands = {
        x: { region: words ? bench.words(x, c.in) : bench.dense(x, c.in), words },
        dy: bench.dense(dy, c.out),
        gradient,
        ...(bytes > 0 && { partial: bench.room(bytes) }),
      };
      const [master] = await bench.run(convWeights(c, operands), [gradient]);
      const named = fromMaster(master, shape, 'conv2d');
      agreement.compare('gradient', c.what, named, weightGradient(c, x, dy));
      const all = master.reduce((sum, value) => sum + value ** 2, 0);
      const real = named.reduce((sum, value) => sum + value ** 2, 0);
      agreement.compare('padding', c.what, [all - real], [0], real); // what padding holds would be in `all` alone
    }
    t.deepEqual([...counts].sort(), [false, true]);
    within(t, agreement, { gradient: 1e-6, padding: 1e-12 });
  });
