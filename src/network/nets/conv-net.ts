// Tests: test/network/architectures.test.ts.
import { z } from 'zod';
import { SettingsError } from '../../errors.js';
import { avgPool2d, flatten, type Layer, linear, type Network } from '../layers.js';
import { type Architecture, type ArchitectureOptions, convBnLif, named, scaled } from './architecture.js';

/** Number of convolutions by default, and at most. */
const DEFAULT_CONVOLUTIONS = 3;
const MOST_CONVOLUTIONS = 100;

/** Settings of `convNet` besides those of all. */
export interface ConvNetSettings {
  /** Number of convolutions, 1 to 100; default 3. */
  convolutions?: number;
}

/**
 * A small net for desk work: `convolutions` (default 3) 3 × 3 convolutions with batch norm and LIF, widths 32,
 * 64, 128, 256, 256 … times `width`, each followed by a 2 × 2 average pooling while there is something to pool,
 * then one linear layer.
 *
 * @param options - `classes`; `width`: multiplies every channel count, default 1; `inChannels`: default 3; `size`: height
 *   and width of the input, default 32; `convolutions`: default 3
 * @returns the network
 * @throws SettingsError when `convolutions` is none that it takes
 */
export function convNet({
  classes,
  width = 1,
  inChannels = 3,
  size = 32,
  convolutions = DEFAULT_CONVOLUTIONS,
}: ArchitectureOptions & ConvNetSettings): Network {
  if (!Number.isInteger(convolutions) || convolutions < 1 || convolutions > MOST_CONVOLUTIONS)
    throw new SettingsError(
      `convNet: convolutions must be a positive integer up to ${MOST_CONVOLUTIONS}, got ${convolutions}`,
    );
  const layers: Layer[] = [];
  let channels = inChannels;
  let side = size;
  for (let i = 0; i < convolutions; i++) {
    const out = scaled(32 * 2 ** Math.min(i, 3), width);
    layers.push(...convBnLif(`conv${i + 1}`, channels, out));
    channels = out;
    if (side >= 2) {
      layers.push(avgPool2d(`pool${i + 1}`));
      side = Math.floor(side / 2);
    }
  }
  layers.push(flatten('flatten'), linear('fc', channels * side * side, classes));
  return { name: named('convNet', width), input: [size, size, inChannels], classes, layers };
}

export const convNetArchitecture: Architecture<ConvNetSettings> = {
  name: 'convNet',
  input: { size: 32, channels: 3, kind: 'images' },
  settings: { convolutions: z.int().min(1).max(MOST_CONVOLUTIONS).optional() },
  build: convNet,
  label: ({ convolutions = DEFAULT_CONVOLUTIONS }) =>
    convolutions === DEFAULT_CONVOLUTIONS ? 'convNet' : `convNet-${convolutions}`,
};
