// The form of an architecture: a network by name, for images of any size. One file each; ../architectures.ts lists them. Tests:
// test/network/architectures.test.ts.
import type { z } from 'zod';
import { SettingsError } from '../../errors.js';
import { batchNorm, conv2d, type Layer, lif, type Network } from '../layers.js';

/** Options that every architecture takes. */
export interface ArchitectureOptions {
  /** Number of classes. */
  classes: number;
  /** Multiplies every channel count, positive; default 1. Counts are rounded and at least 1. */
  width?: number;
  /** Channels of the input; default 3 (`vggsnn`: 2). */
  inChannels?: number;
  /** Height and width of the input; default 32 (`vggsnn`: 48). */
  size?: number;
}

/** One architecture. `Own` are its settings besides those that all take. */
export interface Architecture<Own extends object = object> {
  name: string;
  /** Its intended input. */
  input: { size: number; channels: number; kind: 'images' | 'frames' };
  /** Settings of `Own` in an experiment; each may be left out. */
  settings: { [Name in keyof Own]-?: z.ZodType<Own[Name]> };
  /** @throws SettingsError when an option is out of range */
  build(options: ArchitectureOptions & Own): Network;
  /** Its name with what is not the default of `Own`; absent where there is nothing to add. */
  label?(own: Own): string;
}

/** A channel count times `width`. */
export const scaled = (channels: number, width = 1): number => {
  if (!(width > 0) || !Number.isFinite(width))
    throw new SettingsError(`width must be a positive number, got ${width}; use for instance 0.25`);
  return Math.max(1, Math.round(channels * width));
};

/** Convolution, batch norm, LIF. */
export const convBnLif = (name: string, channelsIn: number, channelsOut: number, bias = false): Layer[] => [
  conv2d(`${name}.conv`, channelsIn, channelsOut, { bias }),
  batchNorm(`${name}.bn`, channelsOut),
  lif(`${name}.lif`),
];

/** The name of a network of that width. */
export const named = (name: string, width: number): string => (width === 1 ? name : `${name}-w${width}`);
