// What `probe` reads from memory, against the reference neurons.
import test from 'ava';
import type { NeuronSite } from '../../../src/engines/plan/neuron-site.js';
import type { Host } from '../../../src/engines/plan/host.js';
import { probeNeurons } from '../../../src/engines/plan/inspect.js';
import { toDense, toWords } from '../../../src/engines/plan/layout.js';
import type { DenseSignal, SpikeSignal } from '../../../src/engines/plan/signal.js';
import { neuronGradient, runNeurons } from '../../../src/engines/plain/neurons.js';
import { averagePoolGradient, pooledSize } from '../../../src/engines/plain/pool.js';
import { defaultNeuron, type LifInForce } from '../../../src/neurons/lif.js';
import { derivativeOf } from '../../../src/surrogates/settings.js';
import { sgsScale } from '../../../src/surrogates/sgs.js';
import { type CurrentTerm, sumOfTerms } from '../../helpers/currents.js';
import { normals, worstDifference } from '../../helpers/tensors.js';
import { TERM_KINDS, type TermKind, termsOf } from '../../helpers/terms.js';

const [STEPS, BATCH, HEIGHT, WIDTH, CHANNELS] = [3, 2, 3, 5, 34];
const POSITIONS = HEIGHT * WIDTH;
const NEURONS = BATCH * POSITIONS * CHANNELS;

/** Memory to put signals into, as the calling thread sees it. */
function openHost() {
  const buffer = new ArrayBuffer(1 << 20);
  const host: Host = {
    floats: (address, count) => new Float32Array(buffer, address, count),
    doubles: (address, count) => new Float64Array(buffer, address, count),
    words: (address, count) => new Uint32Array(buffer, address, count),
  };
  let top = 64;
  const region = (bytes: number) => {
    const address = top;
    top += Math.ceil(bytes / 64) * 64;
    return { address, bytes };
  };
  const dense = (values: ArrayLike<number>) => {
    const floats = (values.length / CHANNELS) * 64;
    const at = region(floats * 4);
    toDense(values, CHANNELS, host.floats(at.address, floats));
    return at;
  };
  const words = (spikes: ArrayLike<number>) => {
    const count = (spikes.length / CHANNELS) * 2;
    const at = region(count * 4);
    toWords(spikes, CHANNELS, host.words(at.address, count));
    return at;
  };
  return { host, dense, words };
}

interface Case {
  kind: TermKind;
  isStatic: boolean;
  pool: number;
  settings: LifInForce;
}
const of = (kind: TermKind, isStatic: boolean, pool: number, change: Partial<LifInForce>): Case => ({
  ...{ kind, isStatic, pool },
  settings: { ...defaultNeuron, ...change },
});
const CASES: Case[] = [
  of('affine', false, 1, {}),
  of('affine', true, 1, { delta: 2, surrogate: { name: 'triangle' } }),
  of('affine + affine', false, 2, { delta: 0.5, reset: 'soft' }),
  of('affine + affine', true, 3, { detachReset: true, surrogate: { name: 'atan' } }),
  of('affine + spikes', false, 1, { delta: 3, scaleFloor: 0, surrogate: { name: 'identity' } }),
  of('affine + spikes', true, 2, { reset: 'soft', detachReset: true, tau: 0.8, theta: 1 }),
];

test('rates, gradient norms, windows, negative scales and traces of every kind of site within 2e-8 of the reference neurons', (t) => {
  t.is(new Set(CASES.map(({ kind }) => kind)).size, TERM_KINDS.length);
  let worst = 0;
  for (const { kind, isStatic, pool, settings } of CASES) {
    const images = isStatic ? BATCH : STEPS * BATCH;
    const terms = termsOf(kind, { pixels: images * POSITIONS, channels: CHANNELS, shift: 0.2 });
    const current = sumOfTerms(terms, CHANNELS);
    const everyStep = Float64Array.from({ length: STEPS * NEURONS }, (_, i) => current[i % current.length]);
    const trace = runNeurons(everyStep, STEPS, settings);
    const pooled = {
      ...{ channels: CHANNELS, images: STEPS * BATCH, height: HEIGHT, width: WIDTH },
      ...{ poolHeight: pool, poolWidth: pool },
    };
    const g = normals('g', pooledSize(pooled));
    const gradient = averagePoolGradient(pooled, g);

    const { host, dense, words } = openHost();
    const size = { channels: CHANNELS, height: HEIGHT, width: WIDTH, learns: true };
    const put = (term: CurrentTerm): DenseSignal | SpikeSignal => {
      const signal = { ...size, images, isStatic };
      if ('spikes' in term)
        return {
          ...signal,
          kind: 'spikes',
          planes: 1,
          region: words(term.spikes),
        };
      const vectors = dense(term.scale);
      dense(term.shift); // right behind it
      return {
        ...signal,
        kind: 'dense',
        region: dense(term.y),
        norm: { channels: CHANNELS, vectors },
      };
    };
    const spikes: SpikeSignal = {
      ...{ ...size, images: STEPS * BATCH, isStatic: false },
      ...{ kind: 'spikes', planes: 1, region: words(trace.o) },
    };
    const site: NeuronSite = {
      ...{ layer: 'lif', steps: STEPS, batch: BATCH, terms: terms.map(put), output: spikes },
      gradient: { region: dense(g), poolHeight: pool, poolWidth: pool },
    };
    const traced = [0, 7, POSITIONS * CHANNELS - 1];
    const probe = probeNeurons(host, site, settings, { traces: { lif: traced } });

    const gX = neuronGradient(trace, gradient, settings);
    const byStep = (value: (i: number) => number): number[] =>
      Array.from({ length: STEPS }, (_, step) => {
        let sum = 0;
        for (let i = step * NEURONS; i < (step + 1) * NEURONS; i++) sum += value(i);
        return sum;
      });
    const hard = settings.reset === 'hard';
    const gU = (i: number): number => (i + NEURONS < gX.length ? settings.tau * gX[i + NEURONS] : 0);
    const gO = (i: number): number =>
      gradient[i] - (settings.detachReset ? 0 : gU(i) * (hard ? trace.v[i] : settings.theta));
    const gV = (i: number): number => gX[i] - (hard ? (1 - trace.o[i]) * gU(i) : gU(i));
    const derivative = derivativeOf(settings.surrogate);
    const share = (is: (i: number) => boolean): number[] => byStep((i) => Number(is(i)) / NEURONS);
    const isNegative = (i: number): boolean =>
      sgsScale(gO(i), trace.v[i], trace.o[i], { delta: settings.delta, scaleFloor: null }) < 0;
    const expected = {
      spikeRate: share((i) => trace.o[i] === 1),
      gradientNorm: byStep((i) => gV(i) ** 2).map(Math.sqrt),
      windowDensity: share((i) => derivative(trace.v[i] - settings.theta) > 0),
      negativeScales: share(isNegative),
    };
    for (const [name, values] of Object.entries(expected)) {
      const off = worstDifference(probe[name as keyof typeof expected], values);
      worst = Math.max(worst, off);
      t.true(off < 2e-8, `${kind}, static ${isStatic}, pool ${pool}: ${name} is off by ${off}`);
    }
    for (const { neuron, v, o } of probe.traces!) {
      const own = (values: Float64Array): number[] =>
        Array.from({ length: STEPS }, (_, step) => values[step * NEURONS + neuron]);
      t.deepEqual(o, own(trace.o));
      t.true(worstDifference(v, own(trace.v)) < 2e-8);
    }
    t.deepEqual(
      probe.traces!.map(({ neuron }) => neuron),
      traced,
    );
  }
  t.log(worst.toExponential(1));
});

test('dead neurons never fire, saturated ones always, over examples and steps; without a request there are no traces', (t) => {
  for (const [shift, dead, saturated] of [
    [-40, 1, 0],
    [40, 0, 1],
  ]) {
    const { host, dense, words } = openHost();
    const y = new Float32Array(STEPS * NEURONS).fill(shift);
    const { o } = runNeurons(y, STEPS, defaultNeuron);
    o[0] = 1 - o[0]; // one spike of one neuron more, or less
    const size = { channels: CHANNELS, height: HEIGHT, width: WIDTH, images: STEPS * BATCH };
    const signal = { ...size, isStatic: false, learns: true };
    const region = words(o);
    const probe = probeNeurons(
      host,
      {
        ...{ layer: 'lif', steps: STEPS, batch: BATCH },
        terms: [{ ...signal, kind: 'dense', region: dense(y) }],
        output: { ...signal, kind: 'spikes', planes: 1, region },
        gradient: { region: dense(normals('g', y.length)), poolHeight: 1, poolWidth: 1 },
      },
      defaultNeuron,
      {},
    );
    const one = 1 / (POSITIONS * CHANNELS);
    t.true(Math.abs(probe.dead - Math.max(0, dead - one)) < 1e-12);
    t.true(Math.abs(probe.saturated - Math.max(0, saturated - one)) < 1e-12);
    const at = (share: number, found: number[]): void =>
      found.forEach((value, step) =>
        t.true(Math.abs(value - Math.max(0, step === 0 ? share - one : share)) < 1e-12),
      );
    at(dead, probe.deadAt);
    at(saturated, probe.saturatedAt);
    t.false('traces' in probe);
  }
});
