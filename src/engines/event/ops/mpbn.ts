// LIF neurons whose potential is normalised, step by step. Tests: test/engines/mpbn.test.ts.
import type { LifInForce } from '../../../neurons/lif.js';
import { SURROGATE_NAMES, surrogates } from '../../../surrogates/index.js';
import { type NamedSurrogate, surrogateParameter } from '../../../surrogates/settings.js';
import { blocksOf } from '../../plan/geometry.js';
import { kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';
import { CHUNK, chunkUnits } from './batch-norm.js';
import { floatBelow } from './neurons.js';

/** Bytes of 32 channels of a place. */
const ROW = 128;

/** A layer of them in memory. */
export interface MpbnLayer {
  neuron: LifInForce;
  steps: number;
  channels: number;
  /** B·H·W. */
  positions: number;
  /** The potentials of all steps, `[block][T·positions][32]`. */
  v: number;
  /** Tables `[step][block][32]` of z = scale·v + shift. */
  scale: number;
  shift: number;
}

/** Bytes from step to step: of a signal within a block, of a table. */
const stepOf = ({ positions }: MpbnLayer): number => positions * ROW;
const rowOf = ({ channels }: MpbnLayer, table: number, t: number): number =>
  table + t * blocksOf(channels) * ROW;

const sizeOf = ({ positions }: MpbnLayer) => ({ pixels: positions, chunk: CHUNK });
const opOf = ({ channels, positions }: MpbnLayer, kernel: string, args: number[]): Op => ({
  ...{ kernel, args, units: chunkUnits(channels, positions), scratch: 0 },
});
/** What z is above where a neuron fires; of one that fires at θ too the number before it. */
const levelOf = ({ neuron: { theta, comparison } }: MpbnLayer): number =>
  comparison === '>=' ? floatBelow(theta) : theta;
const hardOf = ({ neuron }: MpbnLayer): number => (neuron.reset === 'hard' ? -1 : 0);

/** v of step t, from x and the step before; x is `[block][T·positions][32]`, or the same at every step `[block][positions][32]`. */
export function mpbnPotential(layer: MpbnLayer, t: number, x: number, isStatic: boolean): Op {
  const { neuron, steps, v, scale, shift } = layer;
  const step = stepOf(layer);
  const last = Math.max(0, t - 1);
  return opOf(
    layer,
    'mpbnPotential',
    kernelArguments('mpbnPotential', {
      ...{ x: x + (isStatic ? 0 : t * step), xBlock: isStatic ? step : steps * step },
      ...{ v: v + t * step, vBlock: steps * step, before: t === 0 ? 0 : v + last * step },
      ...{ scale: rowOf(layer, scale, last), shift: rowOf(layer, shift, last), ...sizeOf(layer) },
      ...{ tau: neuron.tau, theta: neuron.theta, level: levelOf(layer), hard: hardOf(layer) },
    }),
  );
}

/** Spikes of all steps, `[block][T·positions]` words, and at `counts` how many, a u32 for each unit (`chunkUnits`). */
export function mpbnFire(layer: MpbnLayer, spikes: number, counts: number): Op {
  const { steps, v, scale, shift, channels, positions } = layer;
  const step = stepOf(layer);
  return opOf(
    layer,
    'mpbnFire',
    kernelArguments('mpbnFire', {
      ...{ v, vBlock: steps * step, vStep: step, scale, shift, steps, blocks: blocksOf(channels) },
      ...{ spikes, spikesBlock: steps * positions * 4, counts, level: levelOf(layer), ...sizeOf(layer) },
    }),
  );
}

/**
 * The gradient of z of step t at `target`, `[block][positions][32]`.
 *
 * @param gradient - of the spikes of all steps
 * @param u - of the potential after the reset; not read in the last step
 */
export function mpbnFiring(
  layer: MpbnLayer,
  t: number,
  { gradient, u, target }: { gradient: number; u: number; target: number },
): Op {
  const { neuron, steps, v, scale, shift } = layer;
  const surrogate = neuron.surrogate as NamedSurrogate; // layers/mpbn.ts lets no other through
  const { height = 1 } = surrogate;
  const [a, b] = surrogates[surrogate.name].kernel.constants(surrogateParameter(surrogate));
  const step = stepOf(layer);
  return opOf(
    layer,
    'mpbnFiring',
    kernelArguments('mpbnFiring', {
      ...{ gradient: gradient + t * step, gradientBlock: steps * step, target },
      ...{ v: v + t * step, vBlock: steps * step, u: t === steps - 1 ? 0 : u },
      ...{ scale: rowOf(layer, scale, t), shift: rowOf(layer, shift, t), ...sizeOf(layer) },
      ...{
        hard: hardOf(layer),
        undetached: neuron.detachReset ? 0 : -1,
        theta: neuron.theta,
        level: levelOf(layer),
      },
      // the surrogate's height as part of the scale: height·max(1 + δ·…, floor)
      ...{ delta: neuron.delta * height, peak: height, floor: (neuron.scaleFloor ?? -Infinity) * height },
      ...{ kind: SURROGATE_NAMES.indexOf(surrogate.name), a: a ?? 0, b: b ?? 0 },
    }),
  );
}

/**
 * The gradient of the current of step t, from that of z; u becomes the gradient of the potential after the reset of the step
 * before. Into `dx`, `[block][T·positions][32]`, which may be v; or, `isStatic`, added up over the steps in
 * `[block][positions][32]`.
 */
export function mpbnBackward(
  layer: MpbnLayer,
  t: number,
  operands: { gradient: number; u: number; dx: number; isStatic: boolean },
  tables: { a: number; b: number; c: number },
): Op {
  const { neuron, steps, v, scale, shift } = layer;
  const { gradient, u, dx, isStatic } = operands;
  const step = stepOf(layer);
  const isLast = t === steps - 1;
  return opOf(
    layer,
    'mpbnBackward',
    kernelArguments('mpbnBackward', {
      ...{ gradient, v: v + t * step, vBlock: steps * step, u, reads: Number(!isLast) },
      ...{ dx: dx + (isStatic ? 0 : t * step), dxBlock: isStatic ? step : steps * step },
      ...{ adds: Number(isStatic && !isLast), scale: rowOf(layer, scale, t), shift: rowOf(layer, shift, t) },
      ...{ a: rowOf(layer, tables.a, t), b: rowOf(layer, tables.b, t), c: rowOf(layer, tables.c, t) },
      ...{ tau: neuron.tau, level: levelOf(layer), hard: hardOf(layer), ...sizeOf(layer) },
    }),
  );
}
