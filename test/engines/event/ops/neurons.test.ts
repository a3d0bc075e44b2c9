// Layers of neurons, forward and backward through time, against the neuron of src/neurons/lif.ts in float64.
//
// Spikes, and the gradient of a rectangle, jump; two precisions agree only away from the jumps. So every neuron of which
// a potential is nearer to one than MARGIN in the reference gets other inputs; the rounding of v is below 1e-6.
import test from 'ava';
import { blocksOf } from '../../../../src/engines/plan/geometry.js';
import { BUILDS } from '../../../../src/engines/event/module.js';
import {
  type Neurons,
  neuronsBackward,
  neuronsForward,
  neuronUnits,
} from '../../../../src/engines/event/ops/neurons.js';
import { gradientSums } from '../../../../src/engines/plain/currents.js';
import { type LayerTrace, neuronGradient, runNeurons } from '../../../../src/engines/plain/neurons.js';
import { averagePoolGradient, pooledSize } from '../../../../src/engines/plain/pool.js';
import { defaultNeuron, type LifInForce } from '../../../../src/neurons/lif.js';
import { stream } from '../../../../src/random.js';
import { SURROGATE_NAMES, type SurrogateName, surrogates } from '../../../../src/surrogates/index.js';
import { surrogateParameter } from '../../../../src/surrogates/settings.js';
import { Agreement, largest, within } from '../../../helpers/agreement.js';
import { type CurrentTerm, gradientDots, sumOfTerms } from '../../../helpers/currents.js';
import { type KernelBench, openKernels } from '../../../helpers/kernels.js';
import { distanceToJump, sumOverSteps } from '../../../helpers/neurons.js';
import { DenseTarget, onesIn, putDense, runOps, spikesIn, Target } from '../../../helpers/operands.js';
import { normals } from '../../../helpers/tensors.js';
import { type Layout, putTerms, sumsOf, type TermKind, termsOf } from '../../../helpers/terms.js';

const MARGIN = 1e-5;

const layout = (
  kind: TermKind,
  isStatic: boolean,
  [images, height, width, channels]: number[],
  [poolHeight, poolWidth] = [1, 1],
): Layout => ({ kind, isStatic, images, height, width, channels, poolHeight, poolWidth });

// A unit takes 256 positions, and a float32 sum 64 of them.
const LAYOUTS = [
  layout('affine', false, [1, 1, 1, 3]),
  layout('affine', true, [3, 5, 3, 5]),
  layout('affine + affine', false, [1, 7, 5, 33]),
  layout('affine + spikes', false, [6, 7, 7, 2]),
  layout('affine', false, [2, 5, 7, 4], [2, 2]), // a remainder at both edges
  layout('affine + affine', true, [2, 6, 5, 3], [3, 2]),
  layout('affine + spikes', true, [5, 8, 8, 2], [2, 2]),
  layout('affine + affine', false, [3, 4, 4, 34], [4, 4]), // a global pool
  layout('affine', true, [1, 3, 3, 40], [3, 3]),
  layout('affine + spikes', false, [2, 3, 5, 32], [1, 2]),
  layout('affine + affine', true, [4, 13, 5, 1]),
];
const describe = (l: Layout): string =>
  `${l.kind}, ${l.isStatic ? 'static' : 'dynamic'}, ${l.images} × ${l.height}×${l.width}×${l.channels} by ${l.poolHeight}×${l.poolWidth}`;

/** What all potentials are moved by, and the rate of the spikes that are added where there are any. */
const SHIFTS = [
  [-40, 0],
  [0.2, 0],
  [0.2, 0.3],
  [0.2, 1],
  [40, 1],
];

/** A drawn layer: its terms, away from every jump, and its trace in the reference. */
interface Drawn {
  terms: CurrentTerm[];
  trace: LayerTrace;
  redrawn: number;
}

/** Draws the terms of a layer. `shift` moves all potentials, `rate` is that of the spikes that are added. */
function draw(l: Layout, settings: LifInForce, steps: number, shift = 0.2, rate?: number): Drawn {
  const positions = l.images * l.height * l.width;
  const neurons = positions * l.channels;
  const pixels = l.isStatic ? positions : steps * positions;
  const terms = termsOf(l.kind, { pixels, channels: l.channels, shift, rate });
  const y = terms[0].y as Float32Array;
  const { normal } = stream(1, 'probe', 'redrawn');
  for (let redrawn = 0; ;) {
    const current = sumOfTerms(terms, l.channels);
    const everyStep = Float64Array.from({ length: steps * neurons }, (_, i) => current[i % current.length]);
    const trace = runNeurons(everyStep, steps, settings);
    const before = redrawn;
    for (let n = 0; n < neurons; n++) {
      const v = Array.from({ length: steps }, (_, t) => trace.v[t * neurons + n]);
      if (distanceToJump(v, settings) >= MARGIN) continue;
      for (let i = n; i < y.length; i += neurons) y[i] = normal();
      redrawn++;
    }
    if (redrawn === before) return { terms, trace, redrawn };
  }
}

function putNeurons(
  bench: KernelBench,
  l: Layout,
  settings: LifInForce,
  steps: number,
  terms: CurrentTerm[],
): Neurons {
  const positions = l.images * l.height * l.width;
  return { settings, steps, channels: l.channels, positions, terms: putTerms(bench, terms, l.channels) };
}

// The draws and the reference take longer than the kernels: both builds are held to one and the same.
test(`plain and fma: every spike and the number of spikes exact for T = 1 to 4, hard and soft reset, any terms; rates from 0 to 100 % of what fires and of what is added`, (t) => {
  let [redrawn, compared] = [0, 0];
  const rates = new Set<number>();
  for (const l of LAYOUTS)
    for (const steps of [1, 2, 3, 4])
      for (const [i, [shift, rate]] of SHIFTS.entries())
        for (const reset of ['hard', 'soft'] as const) {
          const tau = [0.5, 0.9, 0, 1][(steps + i) % 4];
          const settings = { ...defaultNeuron, tau, theta: steps === 2 ? 1 : 0.5, reset };
          const drawn = draw(l, settings, steps, shift, rate);
          const expected = Uint8Array.from(drawn.trace.o);
          const fired = expected.reduce((a, b) => a + b, 0);
          for (const build of BUILDS) {
            const bench = openKernels(build, 16);
            const neurons = putNeurons(bench, l, settings, steps, drawn.terms);
            const spikes = new Target(bench, blocksOf(l.channels) * steps * neurons.positions);
            const counts = new Target(bench, neuronUnits(neurons));
            const op = neuronsForward(neurons, spikes.address, counts.address);
            runOps(t, bench, op, { targets: [spikes, counts], backwards: reset === 'soft' });
            const where = `${build}, ${describe(l)}, T = ${steps}, ${reset}, tau ${tau}, shift ${shift}, rate ${rate}`;
            t.deepEqual(spikesIn(spikes.words, l.channels), expected, where);
            const counted = counts.words.reduce((a, b) => a + b, 0);
            t.deepEqual([counted, onesIn(spikes.words)], [fired, fired], where); // none in the padding
          }
          rates.add(fired / expected.length);
          redrawn += drawn.redrawn;
          compared += expected.length;
        }
  t.log(`${compared} spikes; ${redrawn} neurons drawn again`);
  t.true(rates.has(0) && rates.has(1) && rates.size > 100);
});

const DELTAS = [0, 0.1, 1];
const FLOORS = [null, 0, 0.95];
const FLAGS = [false, true];

/** Every combination of what changes the gradient's equations; the rest is drawn. */
function settingsOf(name: SurrogateName): { settings: LifInForce; steps: number }[] {
  const { integer } = stream(1, 'probe', 'settings', name);
  const pick = <T>(values: readonly T[]): T => values[integer(0, values.length - 1)];
  return DELTAS.flatMap((delta) =>
    FLOORS.flatMap((scaleFloor) =>
      FLAGS.flatMap((soft) =>
        FLAGS.flatMap((detachReset) =>
          [1, 2, 3, 4].map((steps) => ({
            settings: {
              ...{ tau: pick([0.5, 0.9, 0, 1]), theta: pick([0.5, 1, 0.3]), delta, scaleFloor, detachReset },
              reset: soft ? ('soft' as const) : ('hard' as const),
              surrogate: { name, parameter: surrogateParameter({ name }) * pick([1, 0.6, 1.7]) },
            },
            steps,
          })),
        ),
      ),
    ),
  );
}

/** Relative to the largest of a layer. The steeper a surrogate, the more the rounding of v weighs. */
const USUAL = { gradient: 1.5e-6, sums: 1e-6 };
const TOLERANCE: Partial<Record<SurrogateName, { gradient: number; sums: number }>> = {
  sigmoid: { gradient: 2e-6, sums: 1e-6 },
  atan: { gradient: 3e-6, sums: 1.5e-6 },
  gaussian: { gradient: 2e-6, sums: 1e-6 },
  fastSigmoid: { gradient: 5e-6, sums: 1.5e-6 },
  identity: { gradient: 1.5e-6, sums: 4e-6 },
};

for (const [s, name] of SURROGATE_NAMES.entries()) {
  const { gradient: tolerance, sums: sumTolerance } = TOLERANCE[name] ?? USUAL;
  test(`plain and fma, ${name}: gradients within ${tolerance.toExponential()} of the largest, Σ g and Σ g·x̂ by channel within ${sumTolerance.toExponential()} of the largest Σ |g|, for every δ, scale floor, reset, detaching and T; any terms and pools`, (t) => {
    const agreement = new Agreement();
    let [redrawn, drawnAtAll] = [0, 0];
    for (const [i, { settings, steps }] of settingsOf(name).entries()) {
      const l = LAYOUTS[(i + s) % LAYOUTS.length]; // 11 of them: not in step with anything in the settings
      const { channels, isStatic } = l;
      const drawn = draw(l, settings, steps);
      const pooled = { ...l, images: steps * l.images };
      const g = normals('g', pooledSize(pooled));
      const throughTime = neuronGradient(drawn.trace, averagePoolGradient(pooled, g), settings);
      const expected = isStatic ? sumOverSteps(throughTime, steps) : throughTime;
      const most = largest(gradientSums(expected.map(Math.abs), channels));
      redrawn += drawn.redrawn;
      drawnAtAll += drawn.trace.v.length / steps;
      for (const build of BUILDS) {
        const bench = openKernels(build, 16);
        const neurons = putNeurons(bench, l, settings, steps, drawn.terms);
        const dx = new DenseTarget(bench, channels, expected.length / channels);
        const inPlace = !isStatic && l.poolHeight * l.poolWidth === 1 && i % 2 === 0;
        const gradient = inPlace ? dx.set(g).address : putDense(bench, g, channels);
        const partial = new Target(bench, neuronUnits(neurons) * 96 * 2);
        const op = neuronsBackward(neurons, { ...l, gradient, dx: dx.address, partial: partial.address });
        runOps(t, bench, op, { targets: [dx, partial], backwards: i % 3 === 0 });
        const where = `${build}, ${describe(l)}, T = ${steps}, ${JSON.stringify(settings)}`;
        t.true(dx.padded, where);
        agreement.compare(`gradient, ${build}`, where, dx.values, expected);
        const sums = sumsOf(partial.doubles, channels);
        const compareSums = (got: Float64Array, want: Float64Array): void =>
          agreement.compare(`sums, ${build}`, where, got, want, most);
        compareSums(sums[0], gradientSums(expected, channels));
        for (const [j, term] of drawn.terms.entries())
          if (!('spikes' in term)) compareSums(sums[1 + j], gradientDots(expected, term, channels));
      }
    }
    t.log(`${redrawn} of ${drawnAtAll} neurons drawn again`);
    const tolerances = BUILDS.flatMap((build) => [
      [`gradient, ${build}`, tolerance],
      [`sums, ${build}`, sumTolerance],
    ]);
    within(t, agreement, Object.fromEntries(tolerances));
  });
}

/** Relative to each value itself: errors in the exponent of sigmoid and gaussian grow with its size. */
const TAIL: Partial<Record<SurrogateName, number>> = {
  ...{ rectangle: 0, triangle: 0, identity: 0 },
  ...{ sigmoid: 7e-7, atan: 7e-7, gaussian: 1e-5, fastSigmoid: 2e-7 },
};
/** Of one that is not measured above. */
const tailOf = (name: SurrogateName): number => TAIL[name] ?? 1e-5;

for (const name of SURROGATE_NAMES)
  test(`plain and fma, ${name}: h(u) ${tailOf(name) > 0 ? `within ${tailOf(name).toExponential()} of itself` : 'exact'} for every u from −4 to 4 in steps of 1/256`, (t) => {
    // Binary fractions: v and u are exact, at the ends of a rectangle's window too.
    const theta = 0.5;
    const v = Float32Array.from({ length: 2 * 4 * 256 + 1 }, (_, i) => theta + i / 256 - 4);
    const pixels = v.length;
    const settings: LifInForce = { ...defaultNeuron, theta, delta: 0, surrogate: { name } };
    const { derivative } = surrogates[name];
    const parameter = surrogateParameter({ name });
    const expected = Float64Array.from(v, (value) => derivative(value - theta, parameter));
    for (const build of BUILDS) {
      const bench = openKernels(build);
      const [ones, zeros] = [Float32Array.of(1), Float32Array.of(0)];
      const term = { y: v, scale: ones, shift: zeros, hatScale: ones, hatShift: zeros };
      const neurons = {
        settings,
        steps: 1,
        channels: 1,
        positions: pixels,
        terms: putTerms(bench, [term], 1),
      };
      const dx = new DenseTarget(bench, 1, pixels).set(new Float32Array(pixels).fill(1));
      const partial = new Target(bench, neuronUnits(neurons) * 96 * 2);
      const at = { gradient: dx.address, dx: dx.address, partial: partial.address, isStatic: false };
      const size = { height: 1, width: pixels, poolHeight: 1, poolWidth: 1 };
      runOps(t, bench, neuronsBackward(neurons, { ...size, ...at }), { targets: [dx, partial] });
      let worst = 0;
      for (const [i, value] of dx.values.entries()) {
        if (value === expected[i]) continue;
        const off = Math.abs(value / expected[i] - 1);
        if (!(off <= worst)) worst = off;
      }
      t.log(`${build}: ${worst.toExponential(1)}`);
      t.true(worst <= tailOf(name), build);
    }
  });
