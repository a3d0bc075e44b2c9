// A generated layer of neurons against the interpreter of equations, forward and backward.
//
// Spikes and windows of surrogates jump: a neuron whose argument of `spike` is nearer to a jump than MARGIN in the reference
// gets other inputs.
import type { ExecutionContext } from 'ava';
import {
  neuronGradient,
  type NeuronGradient,
  type NeuronTrace,
  runNeuron,
} from '../../src/equations/index.js';
import { blocksOf } from '../../src/engines/plan/geometry.js';
import type { Build } from '../../src/engines/event/module.js';
import { neuronUnits } from '../../src/engines/event/ops/neurons.js';
import {
  describedBackward,
  describedForward,
  type DescribedNeurons,
} from '../../src/engines/event/ops/described-neurons.js';
import { gradientSums } from '../../src/engines/plain/currents.js';
import { averagePoolGradient, pooledSize } from '../../src/engines/plain/pool.js';
import { stream } from '../../src/random.js';
import { sgsScale } from '../../src/surrogates/sgs.js';
import { type Agreement, largest } from './agreement.js';
import { type CurrentTerm, gradientDots, sumOfTerms } from './currents.js';
import { type Generated, type LearnedValues, MODULE, putTable } from './described.js';
import { openKernels } from './kernels.js';
import { sumOverSteps } from './neurons.js';
import { DenseTarget, putDense, runOps, spikesIn, Target } from './operands.js';
import { normals } from './tensors.js';
import { type Layout, putTerms, sumsOf, termsOf } from './terms.js';

const MARGIN = 2e-5;
/** Where all gradients are below it they are compared with it: s·(1 − s) of the reference is off by 1e-16 itself. */
const SMALLEST = 1e-10;

/** A layer and how it is run. */
export interface Case extends Layout {
  steps: number;
  /** What all currents are moved by: the rate follows. */
  shift: number;
  delta: number;
  floor: number | null;
}

/** The float64 side of a surrogate: h, and where it or its slope jumps. */
export interface Reference {
  derivative(u: number): number;
  jumps: readonly number[];
}

interface Drawn {
  terms: CurrentTerm[];
  trace: NeuronTrace;
  gradient: NeuronGradient;
}

/** Draws a layer away from all jumps, and works it out. */
function draw(own: Generated, c: Case, h: Reference, learned: LearnedValues, g: ArrayLike<number>): Drawn {
  const positions = c.images * c.height * c.width;
  const neurons = positions * c.channels;
  const pixels = c.isStatic ? positions : c.steps * positions;
  const terms = termsOf(c.kind, { pixels, channels: c.channels, shift: c.shift });
  const y = terms[0].y as Float32Array;
  const { normal } = stream(1, 'probe', 'redrawn');
  for (;;) {
    const current = sumOfTerms(terms, c.channels);
    const x = Float64Array.from({ length: c.steps * neurons }, (_, i) => current[i % current.length]);
    const nearest = new Float64Array(neurons).fill(Infinity);
    let calls = 0; // neuron by neuron, each once a step
    const settings = {
      learned,
      surrogate(u: number): number {
        const n = Math.floor(calls++ / c.steps);
        for (const jump of [0, ...h.jumps]) nearest[n] = Math.min(nearest[n], Math.abs(u - jump));
        return h.derivative(u);
      },
      sgs: (gO: number, v: number, o: number) => sgsScale(gO, v, o, { delta: c.delta, scaleFloor: c.floor }),
    };
    const trace = runNeuron(own.neuron, x, c.steps, settings);
    const gradient = neuronGradient(own.neuron, trace, g, settings);
    let redrawn = 0;
    nearest.forEach((distance, n) => {
      if (distance >= MARGIN) return;
      for (let i = n; i < y.length; i += neurons) y[i] = c.shift + normal();
      redrawn++;
    });
    if (redrawn === 0) return { terms, trace, gradient };
  }
}

/** Values of learned parameters that differ from channel to channel, or neuron to neuron, around the first ones. */
export function learnedValues({ neuron }: Generated, { height, width, channels }: Case): LearnedValues {
  const sizes = { layer: 1, channel: channels, neuron: height * width * channels };
  return Object.fromEntries(
    neuron.learned.map(({ name, per, initial }) => [
      name,
      normals(`learned ${name}`, sizes[per]).map((z) => initial + 0.1 * z),
    ]),
  );
}

/**
 * Runs both and compares: what is handed on (`output`: spikes exactly, of anything analog the deviation), gradients of the
 * currents (`gradient`), Σ g and Σ g·x̂ (`sums`), gradients of learned parameters (`learned`, of the largest Σ |g| of its kind).
 */
export function compareDescribed(
  t: ExecutionContext,
  agreement: Agreement,
  own: Generated,
  c: Case,
  h: Reference,
  builds: readonly Build[],
): { fired: number } {
  const { code, neuron } = own;
  const { channels, steps, isStatic } = c;
  const positions = c.images * c.height * c.width;
  const learned = learnedValues(own, c);
  const pooled = { ...c, images: steps * c.images };
  const g = normals('g', pooledSize(pooled));
  const spread = averagePoolGradient(pooled, g);
  const { terms, trace, gradient } = draw(own, c, h, learned, spread);
  const wanted = isStatic ? sumOverSteps(gradient.x, steps) : gradient.x;
  const output = trace.values[neuron.output];
  const most = Math.max(SMALLEST, largest(gradientSums(wanted.map(Math.abs), channels)));
  for (const build of builds) {
    const where = `${neuron.description.name}, ${build}, ${JSON.stringify(c)}`;
    const bench = openKernels(build, 16, { [MODULE]: own.modules[build] });
    const P = c.height * c.width;
    const layer: DescribedNeurons = {
      ...{ code, module: MODULE, steps, channels, positions, pixels: P },
      terms: putTerms(bench, terms, channels),
      table: putTable(bench, own, channels, learned, c),
      own: code.own.map((name) => putDense(bench, learned[name], channels)),
    };
    const blocks = blocksOf(channels);
    const analog = new DenseTarget(bench, channels, steps * positions);
    const spikes = new Target(bench, blocks * steps * positions);
    const counts = new Target(bench, neuronUnits(layer));
    const to = code.analog ? analog : spikes;
    const backwards = steps % 2 === 0;
    runOps(t, bench, describedForward(layer, to.address, counts.address), {
      targets: [to, counts],
      backwards,
    });
    if (code.analog) {
      agreement.compare('output', where, analog.values, output);
      t.true(analog.padded, where);
    } else {
      const got = spikesIn(spikes.words, channels);
      agreement.compare('output', where, got, output, 1);
      const ones = (values: ArrayLike<number>) => Array.from(values).reduce((sum, one) => sum + one, 0);
      t.is(ones(counts.words), ones(output), where);
    }
    const dx = new DenseTarget(bench, channels, wanted.length / channels);
    const partial = new Target(bench, neuronUnits(layer) * 96 * 2);
    const sums = new Target(bench, neuronUnits(layer) * code.sums.length * 32 * 2);
    const owned = new Target(bench, code.own.length * blocks * positions * 32);
    const inPlace = !isStatic && c.poolHeight * c.poolWidth === 1;
    const { height, width, poolHeight, poolWidth } = c;
    const op = describedBackward(layer, {
      ...{ height, width, poolHeight, poolWidth, isStatic },
      ...{ gradient: inPlace ? dx.set(g).address : putDense(bench, g, channels) },
      ...{ dx: dx.address, partial: partial.address, sums: sums.address, owned: owned.address },
    });
    runOps(t, bench, op, { targets: [dx, partial, sums, owned], backwards });
    t.true(dx.padded, where);
    agreement.compare('gradient', where, dx.values, wanted, Math.max(SMALLEST, largest(wanted)));
    const bySum = sumsOf(partial.doubles, channels);
    agreement.compare('sums', where, bySum[0], gradientSums(wanted, channels), most);
    for (const [j, term] of terms.entries())
      if (!('spikes' in term))
        agreement.compare('sums', where, bySum[1 + j], gradientDots(wanted, term, channels), most);
    compareLearned(agreement, where, own, c, gradient, {
      sums: sums.doubles,
      owned: owned.floats,
    });
  }
  return {
    fired: trace.values[neuron.spike ?? neuron.output].reduce((sum, one) => sum + one, 0) / output.length,
  };
}

function compareLearned(
  agreement: Agreement,
  where: string,
  { neuron, code }: Generated,
  { channels, height, width, images }: Case,
  gradient: NeuronGradient,
  got: { sums: Float64Array; owned: Float32Array },
): void {
  const blocks = blocksOf(channels);
  const parameters = code.sums.length;
  for (const [k, name] of code.sums.entries()) {
    const units = got.sums.length / (32 * parameters);
    const byChannel = new Float64Array(channels);
    for (let c = 0; c < channels; c++)
      for (let unit = 0; unit < units / blocks; unit++)
        byChannel[c] +=
          got.sums[((Math.floor(c / 32) * (units / blocks) + unit) * parameters + k) * 32 + (c % 32)];
    const { per } = neuron.learned.find((parameter) => parameter.name === name)!;
    const made = per === 'layer' ? [byChannel.reduce((sum, value) => sum + value, 0)] : byChannel;
    const scale = Math.max(1, largest(gradient.learned[name]));
    agreement.compare('learned', `${where} ${name}`, made, gradient.learned[name], scale);
  }
  const P = height * width;
  for (const [k, name] of code.own.entries()) {
    const made = new Float64Array(P * channels);
    const at = k * blocks * images * P * 32;
    for (let pixel = 0; pixel < images * P; pixel++)
      for (let c = 0; c < channels; c++)
        made[(pixel % P) * channels + c] +=
          got.owned[at + (Math.floor(c / 32) * images * P + pixel) * 32 + (c % 32)];
    const scale = Math.max(1, largest(gradient.learned[name]));
    agreement.compare('learned', `${where} ${name}`, made, gradient.learned[name], scale);
  }
}
