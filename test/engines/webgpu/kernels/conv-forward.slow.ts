import { channelMoments } from '../../../../src/engines/plain/batch-norm.js';
import { convolve } from '../../../../src/engines/plain/convolution.js';
import { convForward, outputMomentBytes } from '../../../../src/engines/webgpu/kernels/conv-forward.js';
import { TILE } from '../../../../src/engines/webgpu/kernels/convolution.js';
import { Agreement, largest, within } from '../../../helpers/agreement.js';
import { CONVOLUTIONS, sizesOf } from '../../../helpers/convolutions.js';
import { denseValues, GpuBench, testOnDriver } from '../../../helpers/gpu.js';
import { spikesOf } from '../../../helpers/operands.js';
import { normals } from '../../../helpers/tensors.js';

const test = await testOnDriver();

for (const words of [false, true])
  test(`forward of ${words ? 'spikes' : 'dense values'} with bias and moments, and without: 1e-6 of the largest`, async (t) => {
    const bench = await GpuBench.ofFile();
    const agreement = new Agreement();
    for (const c of CONVOLUTIONS) {
      bench.clear();
      const { inPixels, outPixels, weights: count } = sizesOf(c);
      const x = words ? spikesOf('x', inPixels * c.in, 0.2) : normals('x', inPixels * c.in);
      const [w, bias] = [normals('w', count), normals('bias', c.out)];
      const operands = {
        x: { region: words ? bench.words(x, c.in) : bench.dense(x, c.in), words },
        weights: bench.weights(w, { ...c.geometry, in: c.in, out: c.out }),
        y: bench.denseRoom(c.out, outPixels),
      };
      const moments = bench.room(outputMomentBytes(c));
      const [y, partial] = await bench.run(
        [convForward(c, { ...operands, bias: bench.vector(bias), moments })],
        [operands.y, moments],
      );
      const values = denseValues(y, c.out, outPixels);
      agreement.compare('forward', c.what, values, convolve(c, x, w, bias));
      compareMoments(agreement, c, values, partial);
      const [bare] = await bench.run([convForward(c, operands)], [operands.y]);
      agreement.compare('without bias', c.what, denseValues(bare, c.out, outPixels), convolve(c, x, w));
    }
    within(t, agreement, { forward: 1e-6, 'without bias': 1e-6, mean: 1e-6, squares: 1e-6 });
  });

/** The partial moments of every tile against those of the values that were written: means of the largest of these. */
function compareMoments(
  agreement: Agreement,
  { what, out }: { what: string; out: number },
  values: Float32Array,
  partial: Float32Array,
): void {
  const tiles = Math.ceil(values.length / out / TILE);
  for (let tile = 0; tile < tiles; tile++) {
    const part = values.subarray(tile * TILE * out, (tile + 1) * TILE * out);
    const { mean, variance } = channelMoments(part, out);
    const at = (c: number): number => (Math.floor(c / 32) * tiles + tile) * 64 + (c % 32);
    const [means, squares] = [0, 32].map((offset) => mean.map((_, c) => partial[at(c) + offset]));
    const pixels = part.length / out;
    agreement.compare('mean', `${what}, tile ${tile}`, means, mean, largest(part));
    agreement.compare(
      'squares',
      `${what}, tile ${tile}`,
      squares,
      variance.map((v) => v * pixels),
    );
  }
}
