// Tests: test/network/layers.test.ts.
import type { ChoiceKind } from '../layer.js';

/** `[B, H, W, C]` → `[B, H·W·C]`, in that order of axes. */
export interface Flatten {
  type: 'flatten';
  name: string;
}

/**
 * Flattening, `[B, H, W, C]` → `[B, H·W·C]`: what a linear layer needs.
 *
 * @param name - unique in the network
 * @returns the layer
 */
export const flatten = (name: string): Flatten => ({ type: 'flatten', name });

export const flattenKind: ChoiceKind<Flatten> = {
  type: 'flatten',
  role: 'choice',
  fields: {},
  output: (_, [height, width, channels]) => [1, 1, height * width * channels],
  movesNothing: true,
  words: () => 'flatten',
  row: 'none',
};
