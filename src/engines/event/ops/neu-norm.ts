// Neuron normalisation over spikes or dense signals. Tests: test/engines/neu-norm.test.ts.
import { blocksOf } from '../../plan/geometry.js';
import { kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';

/** Places of one step that one unit handles forward, and places of an image backward. */
const CHUNK = 64;
const BACKWARD_CHUNK = 4;
/** Bytes of 32 channels of a place. */
const ROW = 128;

/** A layer of it in memory. */
export interface NeuNormOperands {
  /** Decay of the auxiliary neuron. */
  k: number;
  steps: number;
  channels: number;
  /** Of an image. */
  pixels: number;
  /** Places of one step: examples · pixels. */
  positions: number;
  /** The same at every step: it lies there once. */
  isStatic: boolean;
  /** `[block][pixels][32]`. */
  w: number;
  /** The auxiliary neuron, `[steps][positions]` float32: written forward, read backward. */
  sums: number;
}

const common = ({ k, steps, channels, pixels, positions, w, sums }: NeuNormOperands) => ({
  ...{ k, share: (1 - k) / channels ** 2, steps, pixels, positions, w, wBlock: pixels * ROW, sums },
  blocks: blocksOf(channels),
});

/** `target[t] = x[t] − w·a[t]`, dense; x are words of spikes or dense values. */
export function neuNormForward(
  operands: NeuNormOperands,
  { x, spikes, target }: { x: number; spikes: boolean; target: number },
): Op {
  const { positions, steps, isStatic } = operands;
  const bytes = positions * (spikes ? 4 : ROW);
  return {
    kernel: 'neuNorm',
    args: kernelArguments('neuNorm', {
      ...common(operands),
      ...{ x, xBlock: bytes * (isStatic ? 1 : steps), xStep: isStatic ? 0 : bytes, spikes: Number(spikes) },
      ...{ target, targetBlock: positions * steps * ROW, chunk: CHUNK },
    }),
    units: Math.ceil(positions / CHUNK),
    scratch: 0,
  };
}

/** The gradients of x, at `dx`, and of w, at `dw`; of a static x the sum over the steps, else `dx` may be `gradient`. */
export function neuNormBackward(
  operands: NeuNormOperands,
  { gradient, dx, dw }: { gradient: number; dx: number; dw: number },
): Op {
  const { positions, steps, isStatic, channels, pixels } = operands;
  const bytes = positions * ROW;
  return {
    kernel: 'neuNormBackward',
    args: kernelArguments('neuNormBackward', {
      ...common(operands),
      ...{ gradient, gradientBlock: bytes * steps, dw, channels, chunk: BACKWARD_CHUNK },
      ...{ dx, dxBlock: bytes * (isStatic ? 1 : steps), dxStep: isStatic ? 0 : bytes },
    }),
    units: Math.ceil(pixels / BACKWARD_CHUNK),
    scratch: blocksOf(channels) * ROW,
  };
}
