// Currents for the kernels that add them up: drawn for the references, and put into a bench's memory.
import { blocksOf, LANES } from '../../src/engines/plan/geometry.js';
import type { Term, Terms } from '../../src/engines/event/ops/neurons.js';
import type { AffineTerm, CurrentTerm } from './currents.js';
import type { KernelBench } from './kernels.js';
import { putDense, putVector, putWords, spikesOf } from './operands.js';
import { normals } from './tensors.js';

/** What is added up: values under a batch norm, two of those, or one and spikes. */
export const TERM_KINDS = ['affine', 'affine + affine', 'affine + spikes'] as const;
/** One of {@link TERM_KINDS}. */
export type TermKind = (typeof TERM_KINDS)[number];

/** Everything about a layer of neurons but their equations. */
export interface Layout {
  kind: TermKind;
  isStatic: boolean;
  images: number;
  height: number;
  width: number;
  channels: number;
  poolHeight: number;
  poolWidth: number;
}

/** A term of seeded values whose norm differs from channel to channel; x̂ is another map than the term itself. */
export function affineTerm(name: string, pixels: number, channels: number, shift = 0): AffineTerm {
  const vector = (what: string, mean: number, spread: number): Float32Array =>
    normals(`${what} ${name}`, channels).map((z) => mean + spread * z);
  return {
    y: normals(name, pixels * channels),
    scale: vector('scale', 0.8, 0.3),
    shift: vector('shift', shift, 0.3),
    hatScale: vector('hat scale', 1, 0.3),
    hatShift: vector('hat shift', 0, 0.5),
  };
}

/** Terms of a kind, the first affine. */
export function termsOf(
  kind: TermKind,
  {
    pixels,
    channels,
    shift,
    rate = 0.3,
  }: { pixels: number; channels: number; shift?: number; rate?: number },
): [AffineTerm, ...CurrentTerm[]] {
  const first = affineTerm('first', pixels, channels, shift);
  if (kind === 'affine') return [first];
  if (kind === 'affine + affine') return [first, affineTerm('second', pixels, channels)];
  return [first, { spikes: spikesOf('second', pixels * channels, rate) }];
}

function putTerm(bench: KernelBench, term: CurrentTerm, channels: number): Term {
  if ('spikes' in term) {
    const { spikes } = term;
    return { kind: 'spikes', address: putWords(bench, spikes, channels), pixels: spikes.length / channels };
  }
  const { y, scale, shift, hatScale, hatShift } = term;
  const norm = {
    scale: putVector(bench, scale),
    shift: putVector(bench, shift),
    hatScale: putVector(bench, hatScale),
    hatShift: putVector(bench, hatShift),
  };
  return { kind: 'affine', address: putDense(bench, y, channels), pixels: y.length / channels, norm };
}

/** Puts terms into a bench's memory. */
export const putTerms = (bench: KernelBench, terms: readonly CurrentTerm[], channels: number): Terms =>
  terms.map((term) => putTerm(bench, term, channels)) as Terms;

/** Adds up the partial sums of a backward pass: Σ g and Σ g·x̂ of either term, by channel, of `units` × 96 doubles. */
export function sumsOf(partial: Float64Array, channels: number): [Float64Array, Float64Array, Float64Array] {
  const units = partial.length / 96;
  const perBlock = units / blocksOf(channels);
  const sum = (offset: number): Float64Array =>
    Float64Array.from({ length: channels }, (_, c) => {
      let total = 0;
      for (let unit = 0; unit < perBlock; unit++)
        total += partial[(Math.floor(c / LANES) * perBlock + unit) * 96 + offset + (c % LANES)];
      return total;
    });
  return [sum(0), sum(32), sum(64)];
}
