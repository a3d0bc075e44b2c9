// Batch norms over time over dense signals: the map of each step, its sums by step and channel, and its backward pass.
import { blocksOf } from '../../plan/geometry.js';
import { type ArgumentValues, kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';
import { CHUNK, chunkUnits } from './batch-norm.js';

/** Bytes of 32 channels of a pixel. */
const ROW = 128;

/** A dense signal `[block][images·P][32]` by steps; one that is the same at every step lies there once. */
export interface StepSignal {
  address: number;
  /** Number of steps there: T, or 1. */
  steps: number;
  /** Bytes from block to block, where more lies between them. */
  block?: number;
}

/** Sizes that all ops here share. */
export interface StepSize {
  channels: number;
  /** Of one step. */
  pixels: number;
}

/** Where a signal lies, bytes from block to block and from step to step. */
const strides = ({ address, steps, block }: StepSignal, pixels: number) => ({
  ...{ address, block: block ?? steps * pixels * ROW, step: steps === 1 ? 0 : pixels * ROW },
});

const opOf = <Kernel extends 'stepNormalise' | 'stepSums' | 'stepBackward'>(
  kernel: Kernel,
  { channels, pixels }: StepSize,
  steps: number,
  values: Omit<ArgumentValues<Kernel>, 'steps' | 'blocks' | 'pixels' | 'chunk'>,
): Op => ({
  kernel,
  args: kernelArguments(kernel, {
    ...values,
    ...{ steps, blocks: blocksOf(channels), pixels, chunk: CHUNK },
  } as unknown as ArgumentValues<Kernel>),
  units: stepUnits({ channels, pixels }, steps),
  scratch: 0,
});

/** Units of the ops here: block by block, step by step, chunk by chunk. */
export const stepUnits = ({ channels, pixels }: StepSize, steps: number): number =>
  chunkUnits(channels, pixels) * steps;

/** `target[t] = scale[t]·y[t] + shift[t]`; tables are `[steps of the target][block][32]`. */
export function stepNormalise(
  size: StepSize,
  y: StepSignal,
  target: StepSignal,
  tables: { scale: number; shift: number },
): Op {
  const [from, to] = [strides(y, size.pixels), strides(target, size.pixels)];
  return opOf('stepNormalise', size, target.steps, {
    ...{ y: from.address, yBlock: from.block, yStep: from.step },
    ...{ target: to.address, targetBlock: to.block, targetStep: to.step, ...tables },
  });
}

/** For each unit 64 doubles at `partial`: Σ g by channel, then Σ g·x̂. */
export function stepSums(
  size: StepSize,
  y: StepSignal,
  gradient: StepSignal,
  tables: { hatScale: number; hatShift: number },
  partial: number,
): Op {
  const [from, of] = [strides(y, size.pixels), strides(gradient, size.pixels)];
  return opOf('stepSums', size, gradient.steps, {
    ...{ y: from.address, yBlock: from.block, yStep: from.step },
    ...{ gradient: of.address, gradientBlock: of.block, gradientStep: of.step, ...tables, partial },
  });
}

/**
 * The gradient of y, `dy[t] = a[t]·g[t] + b[t]·y[t] + c[t]`; of a y that is the same at every step `Σ_t a[t]·g[t] + b·y + c`.
 * `target` may be where y lies. Table `a` has the steps of the gradient, `b` and `c` those of y.
 */
export function stepBackward(
  size: StepSize,
  y: StepSignal,
  gradient: StepSignal,
  target: number,
  tables: { a: number; b: number; c: number },
): Op {
  const [from, of] = [strides(y, size.pixels), strides(gradient, size.pixels)];
  return opOf('stepBackward', size, y.steps, {
    ...{ gradient: of.address, gradientBlock: of.block, gradientStep: of.step },
    ...{ y: from.address, target, targetBlock: from.block, targetStep: from.step, ...tables },
    summed: gradient.steps / y.steps,
  });
}
