// Layers of neurons on a driver, forward and backward through time, against the neuron of src/neurons/lif.ts in float64. As in the
// tests of engine event every neuron with a potential nearer to a jump than MARGIN gets other inputs.
import { blocksOf } from '../../../../src/engines/plan/geometry.js';
import { gradientSums } from '../../../../src/engines/plain/currents.js';
import { neuronGradient, runNeurons } from '../../../../src/engines/plain/neurons.js';
import { averagePoolGradient, pooledSize } from '../../../../src/engines/plain/pool.js';
import { chunksOf, sumsBytes } from '../../../../src/engines/webgpu/kernels/gradient-sums.js';
import { neuronsBackward } from '../../../../src/engines/webgpu/kernels/neurons-backward.js';
import { neuronsForward } from '../../../../src/engines/webgpu/kernels/neurons-forward.js';
import { defaultNeuron, type LifInForce } from '../../../../src/neurons/lif.js';
import { stream } from '../../../../src/random.js';
import { SURROGATE_NAMES } from '../../../../src/surrogates/index.js';
import { Agreement, largest, within } from '../../../helpers/agreement.js';
import { gradientDots, sumOfTerms } from '../../../helpers/currents.js';
import { denseValues, GpuBench, testOnDriver } from '../../../helpers/gpu.js';
import { gpuSums, gpuTerms } from '../../../helpers/gpu-terms.js';
import { distanceToJump, sumOverSteps } from '../../../helpers/neurons.js';
import { spikesIn } from '../../../helpers/operands.js';
import { type Layout, termsOf } from '../../../helpers/terms.js';
import { normals } from '../../../helpers/tensors.js';

const MARGIN = 1e-5;

const layout = (
  kind: Layout['kind'],
  isStatic: boolean,
  [images, height, width, channels]: number[],
  [poolHeight, poolWidth] = [1, 1],
): Layout => ({ kind, isStatic, images, height, width, channels, poolHeight, poolWidth });

// A workgroup goes through 256 positions, 32 at a time.
const LAYOUTS = [
  layout('affine', false, [1, 1, 1, 3]),
  layout('affine', true, [3, 5, 3, 5]),
  layout('affine + affine', false, [1, 7, 5, 33]),
  layout('affine + spikes', false, [6, 7, 7, 2]),
  layout('affine', false, [2, 5, 7, 4], [2, 2]), // a remainder at both edges
  layout('affine + affine', true, [2, 6, 5, 3], [3, 2]),
  layout('affine + spikes', true, [5, 8, 8, 2], [2, 2]),
  layout('affine + affine', false, [3, 4, 4, 34], [4, 4]), // a global pool
];
const STEPS = [1, 2, 3];

/** Settings that differ in all that the code depends on. */
const SETTINGS: Partial<LifInForce>[] = [
  { delta: 0.1 },
  { delta: 1, reset: 'soft', tau: 0.9 },
  { delta: 0.1, detachReset: true, theta: 1, comparison: '>=' },
  { delta: 1, reset: 'soft', detachReset: true, scaleFloor: 0, tau: 1 },
  { delta: 1, scaleFloor: 0.95, tau: 0, theta: 0.3 },
];

const testWithDriver = await testOnDriver();

/** A layer away from every jump: terms and trace. */
function draw(l: Layout, settings: LifInForce, steps: number) {
  const positions = l.images * l.height * l.width;
  const neurons = positions * l.channels;
  const pixels = l.isStatic ? positions : steps * positions;
  const terms = termsOf(l.kind, { pixels, channels: l.channels, shift: 0.2 });
  const y = terms[0].y as Float32Array;
  const { normal } = stream(1, 'probe', 'redrawn');
  for (;;) {
    const current = sumOfTerms(terms, l.channels);
    const everyStep = Float64Array.from({ length: steps * neurons }, (_, i) => current[i % current.length]);
    const trace = runNeurons(everyStep, steps, settings);
    const near = Array.from({ length: neurons }, (_, n) => n).filter(
      (n) =>
        distanceToJump(
          Array.from({ length: steps }, (_, t) => trace.v[t * neurons + n]),
          settings,
        ) < MARGIN,
    );
    if (near.length === 0) return { positions, terms, trace };
    for (const n of near) for (let i = n; i < y.length; i += neurons) y[i] = normal();
  }
}

testWithDriver(
  'spikes exact; gradients within 2e-6 of the largest, Σ g and Σ g·x̂ within 5e-7 of the largest Σ |g|: every surrogate, under two of five settings; any terms, pools and T, in place or not',
  async (t) => {
    const bench = await GpuBench.open();
    const agreement = new Agreement();
    for (const [s, name] of SURROGATE_NAMES.entries())
      for (const i of [s % SETTINGS.length, (s + 2) % SETTINGS.length]) {
        const given = SETTINGS[i];
        const l = LAYOUTS[(s + 3 * i) % LAYOUTS.length];
        const steps = STEPS[(s + i) % STEPS.length];
        const height = i === 1 ? { height: 0.3 } : {};
        const settings: LifInForce = { ...defaultNeuron, ...given, surrogate: { name, ...height } };
        const { channels, isStatic } = l;
        const { positions, terms, trace } = draw(l, settings, steps);
        const g = normals('g', pooledSize({ ...l, images: steps * l.images }));
        const back = averagePoolGradient({ ...l, images: steps * l.images }, g);
        const throughTime = neuronGradient(trace, back, settings);
        const expected = isStatic ? sumOverSteps(throughTime, steps) : throughTime;
        bench.clear();
        const neurons = {
          ...{ settings, steps, channels, positions },
          terms: gpuTerms(bench, terms, { channels, isStatic }),
        };
        const spikes = bench.room(blocksOf(channels) * steps * positions * 4);
        const gradient = bench.dense(g, channels);
        const inPlace = !isStatic && l.poolHeight * l.poolWidth === 1 && i % 2 === 0;
        const dx = inPlace ? gradient : bench.denseRoom(channels, expected.length / channels);
        const sums = bench.room(sumsBytes(channels, positions));
        const [words, got, partial] = await bench.run(
          [
            neuronsForward(neurons, spikes),
            neuronsBackward(neurons, { ...l, gradient: { ...l, region: gradient }, spikes, dx, sums }),
          ],
          [spikes, dx, sums],
        );
        const where = `${name} ${JSON.stringify(given)}, ${JSON.stringify(l)}, T = ${steps}`;
        const written = new Uint32Array(words.buffer).subarray(0, blocksOf(channels) * steps * positions);
        t.deepEqual(spikesIn(written, channels), Uint8Array.from(trace.o), where);
        agreement.compare(
          'gradient',
          where,
          denseValues(got, channels, expected.length / channels),
          expected,
        );
        const most = largest(gradientSums(expected.map(Math.abs), channels));
        const totals = gpuSums(partial, channels, chunksOf(positions));
        agreement.compare('sums', where, totals[0], gradientSums(expected, channels), most);
        for (const [j, term] of terms.entries())
          if (!('spikes' in term))
            agreement.compare('sums', where, totals[1 + j], gradientDots(expected, term, channels), most);
      }
    within(t, agreement, { gradient: 2e-6, sums: 5e-7 });
  },
);

testWithDriver(
  'at the threshold neurons fire where the comparison is >=, and not where it is left out',
  async (t) => {
    const bench = await GpuBench.open();
    const theta = 0.5;
    const y = Float32Array.of(theta, theta - 2 ** -20, theta + 2 ** -20); // exact in float32
    for (const comparison of [undefined, '>='] as const) {
      bench.clear();
      const [term] = termsOf('affine', { pixels: 1, channels: 3 });
      const plain = { ...term, y, scale: [1, 1, 1], shift: [0, 0, 0] };
      const spikes = bench.room(4);
      const neurons = {
        ...{ settings: { ...defaultNeuron, theta, comparison }, steps: 1, channels: 3, positions: 1 },
        terms: gpuTerms(bench, [plain], { channels: 3 }),
      };
      const [words] = await bench.run([neuronsForward(neurons, spikes)], [spikes]);
      t.is(new Uint32Array(words.buffer)[0], comparison ? 0b101 : 0b100);
    }
  },
);
