// Puts noise on normalised examples, for measuring robustness.
import { SettingsError } from '../../errors.js';
import { stream, type Stream } from '../../random.js';
import {
  NOISE_DEFINITIONS,
  SALT_PEPPER_AMOUNT,
  type GaussianDefinition,
  type NoiseDefinition,
  type SaltPepperDefinition,
} from './noise-definitions.js';
import type { Normalisation } from '../dataset.js';
import { normalised } from './normalise.js';

/** Noise to put on a batch. */
export interface BatchNoise {
  /** A name of {@link NOISE_DEFINITIONS}. */
  definition: string;
  /** Gaussian: a standard deviation or variance ≥ 0. Salt and pepper: a share in [0, 1]. */
  level: number;
  /** Noise is a function of seed, definition, level, the example's index and, with `perStep`, the time step. */
  seed: number;
  /** Draws new noise at every time step; default false: the same noise at all of them. */
  perStep?: boolean;
}

/**
 * Finds the definition that noise settings name.
 *
 * @throws SettingsError when there is none of that name, or the level is out of range
 */
export function checkNoise({ definition: name, level }: BatchNoise): NoiseDefinition {
  const definition = NOISE_DEFINITIONS.find((candidate) => candidate.name === name);
  if (!definition)
    throw new SettingsError(
      `noise: no definition ${JSON.stringify(name)}; choose one of ${NOISE_DEFINITIONS.map((d) => d.name).join(', ')}`,
    );
  const most = definition.kind === 'gaussian' ? Infinity : 1;
  if (!(level >= 0 && level <= most && level < Infinity))
    throw new SettingsError(
      `noise: level ${level} of ${name} is out of range; give a number ≥ 0${most === 1 ? ' and ≤ 1' : ''}`,
    );
  return definition;
}

/**
 * Puts noise on one normalised image or frame, in place.
 *
 * Noise on pixels is applied after normalisation, scaled by 1/std and clipped where 0 and 1 have gone, which is the
 * same up to rounding.
 *
 * @param x - `[H, W, C]`, normalised
 * @param definition - as {@link checkNoise} found it
 * @param normalisation - how x was normalised
 * @param index - of the example in its part
 * @param step - the time step, 0-based; counts with `perStep` only
 */
export function addNoise(
  x: Float32Array,
  definition: NoiseDefinition,
  { level, seed, perStep }: BatchNoise,
  normalisation: Normalisation,
  index: number,
  step: number,
): void {
  const random = stream(seed, 'noise', definition.name, level, index, ...(perStep ? [step] : []));
  if (definition.kind === 'gaussian') addGaussian(x, definition, level, normalisation, random);
  else addSaltPepper(x, definition, level, normalisation, random);
}

function addGaussian(
  x: Float32Array,
  { on, level: meaning, clip }: GaussianDefinition,
  level: number,
  { mean, std }: Normalisation,
  random: Stream,
): void {
  const sigma = meaning === 'sigma' ? level : Math.sqrt(level);
  const channels = mean.length;
  const scale = std.map((value) => (on === 'pixel' ? sigma / value : sigma));
  const { low, high } = bounds(clip, { mean, std });
  for (let i = 0; i < x.length; i += channels)
    for (let c = 0; c < channels; c++) {
      const value = x[i + c] + scale[c] * random.normal();
      x[i + c] = Math.min(high[c], Math.max(low[c], value));
    }
}

function addSaltPepper(
  x: Float32Array,
  { unit, level: meaning, extremes }: SaltPepperDefinition,
  level: number,
  normalisation: Normalisation,
  random: Stream,
): void {
  const replaced = meaning === 'amount' ? level : SALT_PEPPER_AMOUNT;
  const salted = replaced * (meaning === 'amount' ? 0.5 : level);
  const channels = normalisation.mean.length;
  const { low, high } =
    extremes === 'example'
      ? ownExtremes(x, channels)
      : bounds(extremes === 'pixel' ? 'range' : 'unit', normalisation);
  const together = unit === 'pixel' ? channels : 1;
  for (let i = 0; i < x.length; i += together) {
    const draw = random.uniform();
    if (draw >= replaced) continue;
    const values = draw < salted ? high : low;
    for (let k = i; k < i + together; k++) x[k] = values[k % channels];
  }
}

/** Smallest and largest value by channel. */
interface Bounds {
  low: number[];
  high: number[];
}

function bounds(clip: GaussianDefinition['clip'], { mean, std }: Normalisation): Bounds {
  const each = (value: (c: number) => number): number[] => mean.map((_, c) => value(c));
  switch (clip) {
    case 'none':
      return { low: each(() => -Infinity), high: each(() => Infinity) };
    case 'unit':
      return { low: each(() => -1), high: each(() => 1) };
    case 'range':
      return {
        low: each((c) => normalised(0, mean[c], std[c])),
        high: each((c) => normalised(1, mean[c], std[c])),
      };
  }
}

/** The extremes of an example over all channels, for every channel. */
function ownExtremes(x: Float32Array, channels: number): Bounds {
  let low = Infinity;
  let high = -Infinity;
  for (const value of x) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low: new Array<number>(channels).fill(low), high: new Array<number>(channels).fill(high) };
}
