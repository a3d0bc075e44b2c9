// The current of neurons and ReLU as WGSL: one or two terms, dense ones under the batch norm that is still to be applied, or spikes.
// A kernel that uses it names `block`, `lane` (four channels of a block of 32), `c4` = 8·block + lane, and has the number VECTOR.
// Tests: test/engines/webgpu/kernels/neurons.slow.ts.
import { blocksOf } from '../../plan/geometry.js';
import type { Norm, Terms } from '../../plan/signal.js';
import type { Binding } from '../dispatch.js';
import { bitsOf } from './grid.js';

/** Pieces of code. A pixel is an expression that counts from the beginning of the whole signal, its blocks included. */
export interface CurrentCode {
  bindings: Binding[];
  /** Statements: the forward vectors of the norms. */
  vectors: string;
  /** Statements: what x̂ and its sums need. */
  hats: string;
  /** Terms under a norm: of those Σ g·x̂ is asked for. */
  normed: number[];
  /** Σ terms. */
  value(pixel: string): string;
  /** x̂ of a term under a norm. */
  hat(term: number, pixel: string): string;
}

/** vec4s of one vector of a norm. */
export const vectorSize = (channels: number): number => blocksOf(channels) * 8;

/** See {@link CurrentCode}. */
export function currentCode(terms: Terms): CurrentCode {
  const norms = terms.map((term): Norm | undefined => (term.kind === 'dense' ? term.norm : undefined));
  const normed = [0, 1].filter((k) => norms[k] !== undefined);
  const bindings = terms.flatMap((term, k): Binding[] => {
    const norm = norms[k];
    return [
      { name: `y${k}`, type: term.kind === 'dense' ? 'vec4f' : 'u32', region: term.region },
      ...(norm ? [{ name: `norm${k}`, type: 'vec4f' as const, region: norm.vectors }] : []),
    ];
  });
  const vector = (k: number, name: string, place: number): string =>
    `let ${name}${k} = norm${k}[${place}u * VECTOR + c4];`;
  const load = (k: number, pixel: string): string =>
    terms[k]?.kind === 'spikes' ? bitsOf(`y${k}[${pixel}]`) : `y${k}[(${pixel}) * 8u + lane]`;
  return {
    bindings,
    normed,
    vectors: normed.map((k) => `${vector(k, 'scale', 0)} ${vector(k, 'shift', 1)}`).join(' '),
    hats: normed
      .map((k) => `${vector(k, 'hatScale', 2)} ${vector(k, 'hatShift', 3)} var dot${k} = vec4f(0);`)
      .join(' '),
    value: (pixel) =>
      terms
        .map((_, k) => (norms[k] ? `fma(scale${k}, ${load(k, pixel)}, shift${k})` : load(k, pixel)))
        .join(' + '),
    hat: (k, pixel) => `fma(hatScale${k}, ${load(k, pixel)}, hatShift${k})`,
  };
}
