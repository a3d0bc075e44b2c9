// A layer of leaky integrate-and-fire neurons, forward and backward through time.
import type { LifInForce } from '../../../neurons/lif.js';
import { surrogates } from '../../../surrogates/index.js';
import { type NamedSurrogate, surrogateParameter } from '../../../surrogates/settings.js';
import { blocksOf, LANES } from '../../plan/geometry.js';
import { kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';
import { backwardKernel } from '../surrogate-kernels.js';

/** Positions that one unit handles. */
export const CHUNK = 256;
/** Pixels that the backward pass works out together, as in assembly/neurons-backward.ts. */
const TILE_PIXELS = 16;
/** Bytes of a pixel of a block. */
export const ROW = LANES * 4;

/** Addresses of the vectors of a batch norm, all `32·blocks` floats: `scale·y + shift`, and x̂ = hatScale·y + hatShift. */
export interface NormVectors {
  scale: number;
  shift: number;
  hatScale: number;
  hatShift: number;
}

/** A current: dense values under a batch norm still to be applied, or spikes (each adds 1). */
export interface Term {
  kind: 'affine' | 'spikes';
  /** `[block][pixels][32]` floats, or `[block][pixels]` words. */
  address: number;
  /** Pixels of the whole signal: T·B·P, or B·P while it is static. */
  pixels: number;
  /** Kind `affine`: its vectors. */
  norm?: NormVectors;
}

/** Terms of a current: one or two, the first affine. */
export type Terms = [Term] | [Term, Term];

/** A layer of neurons in memory. */
export interface Neurons {
  settings: LifInForce;
  /** Time steps T. */
  steps: number;
  channels: number;
  /** B·H·W. */
  positions: number;
  terms: Terms;
}

/** Units of both passes: block by block, chunk by chunk. */
export const neuronUnits = ({ channels, positions }: Pick<Neurons, 'channels' | 'positions'>): number =>
  blocksOf(channels) * Math.ceil(positions / CHUNK);

/** Byte strides of a term from block to block and from step to step (0 where it is static). */
function strides({ kind, pixels }: Term, positions: number): [block: number, step: number] {
  const bytes = kind === 'spikes' ? 4 : ROW;
  return [pixels * bytes, pixels === positions ? 0 : positions * bytes];
}

/** Where the terms lie, by the names of the kernels' arguments. */
export function termArguments([first, second]: Terms, positions: number) {
  const [yBlock, yStep] = strides(first, positions);
  const [zBlock, zStep] = second ? strides(second, positions) : [0, 0];
  const { scale, shift } = first.norm!;
  const { scale: zScale = 0, shift: zShift = 0 } = second?.norm ?? {};
  return {
    ...{ y: first.address, yBlock, yStep, scale, shift },
    ...{ z: second?.address ?? 0, zBlock, zStep, zScale, zShift },
  };
}

/** The vectors of x̂ of the terms. */
export function hatArguments([first, second]: Terms) {
  const { hatScale, hatShift } = first.norm!;
  const { hatScale: zHatScale = 0, hatShift: zHatShift = 0 } = second?.norm ?? {};
  return { hatScale, hatShift, zHatScale, zHatShift };
}

/** The largest float32 below a positive one. */
export function floatBelow(value: number): number {
  const float = Float32Array.of(value);
  new Uint32Array(float.buffer)[0] -= 1;
  return float[0];
}

const common = ({ settings: { tau, theta, reset, comparison }, steps, positions, terms }: Neurons) => ({
  ...{ steps, positions, chunk: CHUNK, hard: reset === 'hard' ? -1 : 0, tau, theta },
  level: comparison === '>=' ? floatBelow(theta) : theta, // at least θ: above the number before it
  ...termArguments(terms, positions),
});

/**
 * Spikes of all steps, `[block][T·B·P]` words at `spikes`; at `counts` how many fired, one u32 a unit
 * ({@link neuronUnits}). v is `tau·u + Σ terms`, in one pass over memory.
 */
export function neuronsForward(n: Neurons, spikes: number, counts: number): Op {
  const kernels = { none: 'neurons', affine: 'neuronsAffine', spikes: 'neuronsSpikes' };
  return {
    kernel: kernels[n.terms[1]?.kind ?? 'none'],
    args: kernelArguments('neurons', {
      ...common(n),
      spikes,
      spikesBlock: n.steps * n.positions * 4,
      counts,
    }),
    units: neuronUnits(n),
    scratch: ROW,
  };
}

/** Where the backward pass reads and writes. */
export interface NeuronsBackward {
  /** Gradient of the spikes, or of their average pool: dense, `[block][T·B·(rows·columns)][32]`. */
  gradient: number;
  height: number;
  width: number;
  /** Size of the pool between the spikes and `gradient`; 1: none. */
  poolHeight: number;
  poolWidth: number;
  /**
   * Gradient of the current: dense, `[block][T·B·P][32]`, which may be `gradient` itself where there is no pool; or
   * summed over time, `[block][B·P][32]`, when the current is static.
   */
  dx: number;
  isStatic: boolean;
  /** For each unit 96 doubles by channel: Σ g, then Σ g·x̂ of the first and of the second term. */
  partial: number;
}

/** Backpropagation through time with the SGS gradient (Eq. (5): src/surrogates/sgs.ts). */
export function neuronsBackward(n: Neurons, b: NeuronsBackward): Op {
  const { settings } = n;
  const surrogate = settings.surrogate as NamedSurrogate; // the compiler lets no other through
  const { name, height = 1 } = surrogate;
  const pooled = Math.floor(b.height / b.poolHeight) * Math.floor(b.width / b.poolWidth);
  const pooledPositions = (n.positions / (b.height * b.width)) * pooled;
  const constants = surrogates[name].kernel.constants(surrogateParameter(surrogate));
  return {
    kernel: backwardKernel(name, n.terms[1]?.kind ?? 'none'),
    args: kernelArguments('neuronsBackward', {
      ...common(n),
      ...hatArguments(n.terms),
      ...b,
      // the surrogate's height as part of the scale: height·max(1 + δ·…, floor)
      ...{ undetached: settings.detachReset ? 0 : -1, delta: settings.delta * height, peak: height },
      ...{ floor: (settings.scaleFloor ?? -Infinity) * height, a: constants[0], b: constants[1] },
      ...{ gradientBlock: n.steps * pooledPositions * ROW, gradientStep: pooledPositions * ROW },
      dxBlock: (b.isStatic ? 1 : n.steps) * n.positions * ROW,
      dxStep: b.isStatic ? 0 : n.positions * ROW,
      share: 1 / (b.poolHeight * b.poolWidth),
    }),
    units: neuronUnits(n),
    scratch: 512 + TILE_PIXELS * (2 + n.steps) * ROW,
  };
}
