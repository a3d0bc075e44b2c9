// Tests: test/network/layers.test.ts.
import type { AverageKind } from '../layer.js';

/** Average over all of H and W: `[B, H, W, C]` → `[B, 1, 1, C]`. */
export interface GlobalAvgPool2d {
  type: 'globalAvgPool2d';
  name: string;
}

/**
 * Average over all pixels, `[B, H, W, C]` → `[B, 1, 1, C]`.
 *
 * @param name - unique in the network
 * @returns the layer
 */
export const globalAvgPool2d = (name: string): GlobalAvgPool2d => ({ type: 'globalAvgPool2d', name });

export const globalAvgPool2dKind: AverageKind<GlobalAvgPool2d> = {
  type: 'globalAvgPool2d',
  role: 'average',
  fields: {},
  over: (_, [height, width]) => height * width,
  output: (_, [, , channels]) => [1, 1, channels],
  words: () => 'average over all pixels',
  row: 'own',
};
