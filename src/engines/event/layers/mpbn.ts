// Compiles LIF neurons whose potential is normalised: step by step, because the statistics of a step decide which neurons fire in it, and so
// the potentials of the next. Potentials are kept for the way back. Tests: test/engines/mpbn.test.ts.
import type { Mpbn } from '../../../network/layers.js';
import { normedInForce } from '../../../neurons/in-force.js';
import { isNamed } from '../../../surrogates/settings.js';
import type { BatchNormSite } from '../../plain/batch-norm.js';
import { runningMoves } from '../../step-norm.js';
import { mergeMoments, type Moments } from '../batch-norm.js';
import { blocksOf, LANES } from '../../plan/geometry.js';
import type { Host } from '../../plan/host.js';
import { chunkSizes, chunkUnits, statisticsOfPart } from '../ops/batch-norm.js';
import { mpbnBackward, mpbnFire, mpbnFiring, type MpbnLayer, mpbnPotential } from '../ops/mpbn.js';
import { stepSums } from '../ops/step-norm.js';
import { type DenseSignal, type Gradient, pixelsOf, type SpikeSignal } from '../../plan/signal.js';
import { backwardTables, composed, hatRows, mergeStepSums } from '../step-norm.js';
import type { Compiled } from '../../plan/planner.js';
import type { Compiler } from '../compiler.js';
import { spreadPool } from '../../plan/pool.js';
import { StepTables } from './step-tables.js';

/** Compiles such a layer over dense values. */
export function compileMpbn(compiler: Compiler, layer: Mpbn, input: DenseSignal): Compiled {
  const { steps, batchNorm } = compiler.settings;
  const neuron = normedInForce(compiler.settings.neuron, layer.name);
  if (!isNamed(neuron.surrogate)) compiler.refuse(layer, 'its surrogate is an equation or a table');
  const { training } = compiler;
  const { channels, height, width, isStatic } = input;
  const batch = isStatic ? input.images : input.images / steps;
  const positions = batch * height * width;
  const size = { channels, pixels: positions };
  const row = LANES * 4;
  const tables = new StepTables(compiler, channels, steps);
  const potentials = compiler.allocDense(channels, positions * steps);
  const own: MpbnLayer = {
    ...{ neuron, steps, channels, positions, v: potentials.address },
    ...{ scale: tables.scale, shift: tables.shift },
  };
  const map = (host: Host) => ({
    scale: vector(compiler, layer, 'weight', channels, host),
    shift: vector(compiler, layer, 'bias', channels, host),
  });
  /** Makes the tables of a step, of what its potentials have shown. */
  const normalise = (host: Host, t: number, moments: Pick<Moments, 'mean' | 'variance'>): void => {
    const hat = hatRows([moments], 1, batchNorm.epsilon);
    tables.write(host, { ...composed(map(host), hat), hatScale: hat.scale, hatShift: hat.shift }, t);
  };
  const moments: Moments[] = [];
  const units = chunkUnits(channels, positions);
  const partial = training ? compiler.alloc(units * 512) : undefined;
  if (!partial)
    compiler.host((host) => {
      const [mean, variance] = ['runningMean', 'runningVariance'].map((suffix) =>
        Float64Array.from(compiler.options.running.get(`${layer.name}.${suffix}`)!),
      );
      for (let t = 0; t < steps; t++) normalise(host, t, { mean, variance });
    });
  for (let t = 0; t < steps; t++) {
    compiler.run(mpbnPotential(own, t, input.region.address, isStatic));
    if (!partial) continue;
    const slice = { y: own.v + t * positions * row, yBlock: steps * positions * row, ...size };
    compiler.run(statisticsOfPart({ ...slice, partial: partial.address }));
    compiler.host((host) => {
      moments[t] = mergeMoments(host.doubles(partial.address, units * 64), chunkSizes(positions), channels);
      normalise(host, t, moments[t]);
      if (t === steps - 1)
        compiler.statistics.set(layer.name, runningMoves({ running: 'shared' }, moments, positions * steps));
    });
  }
  if (partial) compiler.drop(partial);
  const output = fired(compiler, own, { channels, height, width, images: batch * steps });
  if (compiler.options.activity) compiler.ops.countSpikes(layer.name, output);
  if (!training) {
    compiler.drop(potentials);
    return { output, backward: () => undefined };
  }
  if (compiler.options.probe) for (const seen of [input.region, output.region]) compiler.keep(seen);
  return {
    output,
    backward(pooled: Gradient): Gradient {
      if (compiler.options.probe) {
        const site = { layer: layer.name, steps, batch, terms: [input], output, gradient: pooled };
        const normed = (host: Host): BatchNormSite => {
          const { scale, shift } = map(host);
          return { gamma: scale, beta: shift, epsilon: batchNorm.epsilon, gain: 1 };
        };
        compiler.ops.show({ ...site, normed });
        for (const seen of [input.region, output.region]) compiler.drop(seen);
      }
      const gradient = spreadPool(compiler, pooled, output);
      const ofZ = compiler.allocDense(channels, positions);
      const u = compiler.allocDense(channels, positions);
      const sums = compiler.alloc(units * 512);
      const dx = isStatic ? compiler.allocDense(channels, positions) : potentials; // over v, step by step
      const [gamma, beta] = [new Float64Array(channels), new Float64Array(channels)];
      for (let t = steps - 1; t >= 0; t--) {
        const at = { gradient: gradient.region.address, u: u.address, target: ofZ.address };
        compiler.run(
          mpbnFiring(own, t, at),
          stepSums(
            size,
            { address: own.v + t * positions * row, steps: 1, block: steps * positions * row },
            { address: ofZ.address, steps: 1 },
            { hatScale: tables.at('hatScale', t), hatShift: tables.at('hatShift', t) },
            sums.address,
          ),
        );
        compiler.host((host) => {
          if (t === steps - 1) for (const values of [gamma, beta]) values.fill(0);
          const chunks = units / blocksOf(channels);
          const found = mergeStepSums(host.doubles(sums.address, units * 64), { steps: 1, chunks, channels });
          found.scale.forEach((value, c) => (gamma[c] += value));
          found.shift.forEach((value, c) => (beta[c] += value));
          const hat = hatRows([moments[t]], 1, batchNorm.epsilon);
          const how = { channels, ySteps: 1, sets: 1, count: positions };
          tables.write(host, { ...backwardTables(map(host), hat, found, how) }, t);
          if (t > 0) return;
          host.floats(compiler.gradient(`${layer.name}.weight`).address, channels).set(gamma);
          host.floats(compiler.gradient(`${layer.name}.bias`).address, channels).set(beta);
        });
        const operands = { gradient: ofZ.address, u: u.address, dx: dx.address, isStatic };
        compiler.run(mpbnBackward(own, t, operands, tables));
      }
      for (const used of [gradient.region, ofZ, u, sums]) compiler.drop(used);
      if (isStatic) compiler.drop(potentials);
      return { region: dx, poolHeight: 1, poolWidth: 1 };
    },
  };
}

/** The spikes of all steps. */
function fired(
  compiler: Compiler,
  own: MpbnLayer,
  size: Pick<SpikeSignal, 'channels' | 'height' | 'width' | 'images'>,
): SpikeSignal {
  const { channels, positions } = own;
  const units = chunkUnits(channels, positions);
  const counts = compiler.alloc(units * 4);
  const output: SpikeSignal = {
    ...{ kind: 'spikes', ...size, isStatic: false, learns: true, planes: 1 },
    region: compiler.alloc(blocksOf(channels) * pixelsOf(size) * 4),
  };
  compiler.run(mpbnFire(own, output.region.address, counts.address));
  compiler.countShares(output.region, { region: counts, units }, pixelsOf(output) * channels);
  compiler.drop(counts);
  return output;
}

const vector = (compiler: Compiler, { name }: Mpbn, suffix: string, channels: number, host: Host) =>
  Float64Array.from(host.floats(compiler.parameter(`${name}.${suffix}`).address, channels));
