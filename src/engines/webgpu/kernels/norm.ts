// Batch norm. Its output is never written: what comes out are the vectors of a norm (`NORM_VECTORS`), which the layers that follow
// apply on the way.
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import { NORM_VECTORS, type NormVector, type PartialSums } from '../../plan/signal.js';
import { type Dispatch, dispatch, f32 } from '../dispatch.js';
import { each, grid } from './grid.js';
import { MERGED_MOMENTS, type PartialMoments, type SignalShape } from './moments.js';
import { overRows } from './reduce.js';

/** A batch norm's numbers, parameters and vectors. */
export interface NormOperands {
  epsilon: number;
  /** What γ is multiplied by. */
  gain: number;
  gamma: Region;
  beta: Region;
  /** All of `NORM_VECTORS`. */
  vectors: Region;
}

/** Where batch norms keep statistics: the means of the channels, then their variances, each `32 · blocks` floats. */
export interface Statistics {
  region: Region;
  /** How many equal images each one stands for. */
  repeats: number;
}

/** WGSL: where a vector begins, in vec4f. */
const vector = (name: NormVector): string => `${NORM_VECTORS.indexOf(name)}u * VECTOR`;

const numbersOf = ({ channels }: Pick<SignalShape, 'channels'>, { epsilon, gain }: NormOperands) => ({
  ...{ CHANNELS: channels, VECTOR: blocksOf(channels) * 8, EPSILON: f32(epsilon), GAIN: f32(gain) },
});

const bindingsOf = ({ gamma, beta, vectors }: NormOperands) =>
  [
    { name: 'gamma', type: 'vec4f', region: gamma },
    { name: 'beta', type: 'vec4f', region: beta },
    { name: 'vectors', type: 'vec4f', region: vectors },
  ] as const;

/** WGSL: writes the forward vectors of four channels, in which padding channels are 0. */
const WRITE_VECTORS = `
fn write_vectors(c: u32, mean: vec4f, variance: vec4f) {
  let real = vec4u(4u * c) + vec4u(0, 1, 2, 3) < vec4u(CHANNELS);
  let hat = select(vec4f(), 1.0 / sqrt(variance + EPSILON), real);
  let scale = GAIN * gamma[c] * hat;
  vectors[${vector('scale')} + c] = scale;
  vectors[${vector('shift')} + c] = select(vec4f(), beta[c] - mean * scale, real);
  vectors[${vector('hatScale')} + c] = hat;
  vectors[${vector('hatShift')} + c] = select(vec4f(), -mean * hat, real);
}`;

/** The forward vectors from the moments of the batch, which are kept with the unbiased variance. */
export function normVectors(
  shape: SignalShape,
  operands: NormOperands,
  partial: PartialMoments,
  { region, repeats }: Statistics,
): Dispatch {
  const { channels, pixels } = shape;
  const { chunk } = partial;
  const count = pixels * repeats;
  return dispatch(
    'normVectors',
    [blocksOf(channels)],
    [
      ...bindingsOf(operands),
      { name: 'moments', type: 'vec4f', region: partial.region },
      { name: 'statistics', type: 'vec4f', region },
    ],
    {
      ...numbersOf(shape, operands),
      ...{ PIXELS: pixels, CHUNK: chunk, CHUNKS: Math.ceil(pixels / chunk) },
      UNBIASED: f32(count / Math.max(1, count - 1)),
    },
    `${MERGED_MOMENTS}${WRITE_VECTORS}
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let whole = merged_moments(group.x, i);
  if (i >= 8u) { return; }
  let c = group.x * 8u + i;
  let variance = whole.squares / f32(PIXELS);
  write_vectors(c, whole.mean, variance);
  statistics[c] = whole.mean;
  statistics[VECTOR + c] = UNBIASED * variance;
}`,
  );
}

/** The forward vectors from running statistics: inference. */
export function runningVectors(channels: number, operands: NormOperands, running: Region): Dispatch {
  const { groups, numbers } = grid(blocksOf(channels) * 8);
  return dispatch(
    'runningVectors',
    groups,
    [...bindingsOf(operands), { name: 'running', type: 'vec4f', region: running }],
    { ...numbers, ...numbersOf({ channels }, operands) },
    `${WRITE_VECTORS}
${each('write_vectors(e, running[e], running[VECTOR + e]);')}`,
  );
}

/** Regions of the gradient of γ and β. */
export interface NormGradientOperands {
  gain: number;
  vectors: Region;
  sums: PartialSums;
  /** Which of the terms of the sums the norm is. */
  term: 0 | 1;
  gammaGradient: Region;
  betaGradient: Region;
}

/** Gradients of γ and β, and the backward vectors, from partial sums of the gradient: rows of units, each in order, then a tree. */
export function normGradient({ channels, pixels }: SignalShape, operands: NormGradientOperands): Dispatch {
  const { gain, vectors, sums, term, gammaGradient, betaGradient } = operands;
  return dispatch(
    'normGradient',
    [blocksOf(channels)],
    [
      { name: 'sums', type: 'vec4f', region: sums.region },
      { name: 'vectors', type: 'vec4f', region: vectors },
      { name: 'gamma_gradient', type: 'vec4f', region: gammaGradient },
      { name: 'beta_gradient', type: 'vec4f', region: betaGradient },
    ],
    {
      ...{ UNITS: sums.units, DOT: 8 * (term + 1), VECTOR: blocksOf(channels) * 8 },
      ...{ GAIN: f32(gain), PIXELS: f32(pixels) },
    },
    `${overRows(256)}
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  var own = vec4f();
  var own_dot = vec4f();
  for (var unit = i >> 3u; unit < UNITS; unit += 32u) {
    let at = (group.x * UNITS + unit) * 24u + (i & 7u);
    own += sums[at];
    own_dot += sums[at + DOT];
  }
  let sum = over_rows(i, own);
  let dot = over_rows(i, own_dot);
  if (i >= 8u) { return; }
  let c = group.x * 8u + i;
  gamma_gradient[c] = GAIN * dot;
  beta_gradient[c] = sum;
  let scale = vectors[${vector('scale')} + c];
  vectors[${vector('a')} + c] = scale;
  vectors[${vector('b')} + c] = -scale * vectors[${vector('hatScale')} + c] * (dot / PIXELS);
  vectors[${vector('c')} + c] = -scale * ((sum + vectors[${vector('hatShift')} + c] * dot) / PIXELS);
}`,
  );
}

/** `target = a·g + b·y + c`: the gradient of the norm's input y; the target may be y. */
export function normalise(
  { channels, pixels }: SignalShape,
  { gradient, y, target, vectors }: { gradient: Region; y: Region; target: Region; vectors: Region },
): Dispatch {
  const { groups, numbers } = grid(blocksOf(channels) * pixels * 8);
  const inPlace = target.address === y.address; // one range of memory is bound once
  return dispatch(
    'normalise',
    groups,
    [
      { name: 'gradient', type: 'vec4f', region: gradient },
      { name: 'y', type: 'vec4f', region: y },
      { name: 'vectors', type: 'vec4f', region: vectors },
      ...(inPlace ? [] : [{ name: 'dy', type: 'vec4f', region: target } as const]),
    ],
    { ...numbers, PIXELS: pixels, VECTOR: blocksOf(channels) * 8 },
    each(`let c = e / (8u * PIXELS) * 8u + (e & 7u);
  let a = vectors[${vector('a')} + c];
  let b = vectors[${vector('b')} + c];
  ${inPlace ? 'y' : 'dy'}[e] = a * gradient[e] + b * y[e] + vectors[${vector('c')} + c];`),
  );
}

/** Running statistics of all batch norms at once, after the update: `r = (1 − momentum)·r + momentum·batch`. */
export function moveRunning(running: Region, batch: Region, floats: number, momentum: number): Dispatch {
  const { groups, numbers } = grid(floats);
  return dispatch(
    'moveRunning',
    groups,
    [
      { name: 'running', type: 'f32', region: running },
      { name: 'batch', type: 'f32', region: batch },
    ],
    { ...numbers, MOMENTUM: f32(momentum), REST: f32(1 - momentum) },
    each('running[e] = REST * running[e] + MOMENTUM * batch[e];'),
  );
}
