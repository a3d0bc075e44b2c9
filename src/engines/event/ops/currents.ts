// Currents written out, with a ReLU where one is asked for, and their gradient; sums of signals.
import { blocksOf, LANES } from '../../plan/geometry.js';
import { type ArgumentValues, kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';
import { SECOND_TERMS } from '../surrogate-kernels.js';
import { hatArguments, termArguments, type Terms } from './neurons.js';

/** Pixels that one unit handles. */
const CHUNK = 1024;
/** Floats that one unit of `add` handles. */
const SLICE = 1 << 16;

/** Currents in memory. */
export interface Currents {
  channels: number;
  /** Of every term and of the target. */
  pixels: number;
  terms: Terms;
  /** Clamp at 0 (ReLU). */
  relu: boolean;
}

/** Units of both ops. */
export const currentUnits = ({ channels, pixels }: Pick<Currents, 'channels' | 'pixels'>): number =>
  blocksOf(channels) * Math.ceil(pixels / CHUNK);

const common = ({ terms, pixels, relu }: Currents): Omit<ArgumentValues<'currents'>, 'target'> => ({
  ...termArguments(terms, pixels),
  ...{
    pixels,
    chunk: CHUNK,
    second: SECOND_TERMS.indexOf(terms[1]?.kind ?? 'none'),
    floor: relu ? 0 : -Infinity,
  },
});

/** `target = Σ terms`, `[block][pixels][32]`. */
export const currents = (c: Currents, target: number): Op => ({
  kernel: 'currents',
  args: kernelArguments('currents', { ...common(c), target }),
  units: currentUnits(c),
  scratch: 0,
});

/**
 * The gradient of every term from that of the target; `dx` may be `gradient`. At `partial` 96 doubles a unit: Σ g, then
 * Σ g·x̂ of the first and of the second term.
 */
export const currentsBackward = (
  c: Currents,
  operands: { gradient: number; dx: number; partial: number },
): Op => ({
  kernel: 'currentsBackward',
  args: kernelArguments('currentsBackward', { ...common(c), ...hatArguments(c.terms), ...operands }),
  units: currentUnits(c),
  scratch: 384,
});

/** `destination += source`; `floats` a multiple of 4. */
export const add = (destination: number, source: number, floats: number): Op => ({
  kernel: 'add',
  args: kernelArguments('add', { destination, source, floats, slice: SLICE }),
  units: Math.ceil(floats / SLICE),
  scratch: 0,
});

/** Floats of a dense signal. */
export const denseFloats = (channels: number, pixels: number): number => blocksOf(channels) * pixels * LANES;
