// Currents written out, ReLU, their gradients and sums of signals on a driver, against plain loops in float64.
import { gradientSums, relu, reluGradient } from '../../../../src/engines/plain/currents.js';
import { blocksOf, LANES } from '../../../../src/engines/plan/geometry.js';
import { add, currents, currentsGradient } from '../../../../src/engines/webgpu/kernels/currents.js';
import { chunksOf, sumsBytes } from '../../../../src/engines/webgpu/kernels/gradient-sums.js';
import { stream } from '../../../../src/random.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { gradientDots, sumOfTerms } from '../../../helpers/currents.js';
import { denseValues, GpuBench, testOnDriver } from '../../../helpers/gpu.js';
import { gpuSums, gpuTerms } from '../../../helpers/gpu-terms.js';
import { normals } from '../../../helpers/tensors.js';
import { TERM_KINDS, termsOf } from '../../../helpers/terms.js';

// A workgroup goes through 256 pixels.
const SIZES = [
  { pixels: 1, channels: 1 },
  { pixels: 65, channels: 33 },
  { pixels: 600, channels: 5 },
];

const testWithDriver = await testOnDriver();

testWithDriver(
  'currents within 3e-7 of the largest, with a ReLU and without; gradients exact, in place or not; Σ g and Σ g·x̂ within 1e-6',
  async (t) => {
    const bench = await GpuBench.open();
    const agreement = new Agreement();
    const { normal } = stream(1, 'probe', 'redrawn');
    for (const [i, { pixels, channels }] of SIZES.entries())
      for (const kind of TERM_KINDS)
        for (const withRelu of [false, true]) {
          const where = `${pixels} pixels, ${channels} channels, ${kind}, ReLU ${withRelu}`;
          const terms = termsOf(kind, { pixels, channels });
          const y = terms[0].y as Float32Array;
          let x = sumOfTerms(terms, channels);
          while (x.some((value) => Math.abs(value) < 1e-5)) {
            x.forEach((value, k) => Math.abs(value) < 1e-5 && (y[k] = normal()));
            x = sumOfTerms(terms, channels);
          }
          const g = normals('g', x.length);
          bench.clear();
          const of = { channels, pixels, relu: withRelu, terms: gpuTerms(bench, terms, { channels }) };
          const target = bench.denseRoom(channels, pixels);
          const gradient = bench.dense(g, channels);
          const dx = i % 2 === 0 ? gradient : bench.denseRoom(channels, pixels);
          const sums = bench.room(sumsBytes(channels, pixels));
          const [got, back, partial] = await bench.run(
            [currents(of, target), currentsGradient(of, { gradient, dx, sums })],
            [target, dx, sums],
          );
          agreement.compare('current', where, denseValues(got, channels, pixels), withRelu ? relu(x) : x);
          const expected = withRelu ? reluGradient(x, g) : Float64Array.from(g);
          t.deepEqual(denseValues(back, channels, pixels), Float32Array.from(expected), where);
          const totals = gpuSums(partial, channels, chunksOf(pixels));
          agreement.compare('sums', where, totals[0], gradientSums(expected, channels));
          for (const [j, term] of terms.entries())
            if (!('spikes' in term))
              agreement.compare('sums', where, totals[1 + j], gradientDots(expected, term, channels));
        }
    within(t, agreement, { current: 3e-7, sums: 1e-6 });
  },
);

testWithDriver('sums of signals exact', async (t) => {
  const bench = await GpuBench.open();
  const [channels, pixels] = [33, 77];
  const [a, b] = [normals('a', channels * pixels), normals('b', channels * pixels)];
  const target = bench.dense(a, channels);
  const [sum] = await bench.run(
    [add(target, bench.dense(b, channels), blocksOf(channels) * pixels * LANES)],
    [target],
  );
  t.deepEqual(
    denseValues(sum, channels, pixels),
    a.map((value, i) => value + b[i]),
  );
});
