import { inputGradient } from '../../../../src/engines/plain/convolution.js';
import { convInput } from '../../../../src/engines/webgpu/kernels/conv-input.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { CONVOLUTIONS, sizesOf } from '../../../helpers/convolutions.js';
import { denseValues, GpuBench, testOnDriver } from '../../../helpers/gpu.js';
import { normals } from '../../../helpers/tensors.js';

const test = await testOnDriver();

test('gradient of the input, written and added: 1e-6 of the largest; exactly 0 where no tap reaches', async (t) => {
  const bench = await GpuBench.ofFile();
  const agreement = new Agreement();
  for (const c of CONVOLUTIONS) {
    bench.clear();
    const { inPixels, outPixels, weights: count } = sizesOf(c);
    const [dy, w] = [normals('dy', outPixels * c.out), normals('w', count)];
    const expected = inputGradient(c, dy, w);
    const operands = {
      dy: bench.dense(dy, c.out),
      weights: bench.weights(w, { ...c.geometry, in: c.in, out: c.out }),
      dx: bench.denseRoom(c.in, inPixels),
    };
    const [written] = await bench.run([convInput(c, { ...operands, accumulate: false })], [operands.dx]);
    const values = denseValues(written, c.in, inPixels);
    agreement.compare('gradient', c.what, values, expected);
    const unreached = values.filter((_, i) => expected[i] === 0);
    agreement.compare('unreached', c.what, unreached, new Float64Array(unreached.length));
    const [added] = await bench.run([convInput(c, { ...operands, accumulate: true })], [operands.dx]);
    agreement.compare(
      'added',
      c.what,
      denseValues(added, c.in, inPixels),
      expected.map((g) => 2 * g),
    );
  }
  within(t, agreement, { gradient: 1e-6, added: 1e-6, unreached: 0 });
});
