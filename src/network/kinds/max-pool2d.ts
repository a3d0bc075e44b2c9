// Tests: test/network/layers.test.ts.
import { side } from '../fields.js';
import type { ChoiceKind } from '../layer.js';

/** Maximum over `size × size` blocks, stride = size; a remainder at the edge is dropped. */
export interface MaxPool2d {
  type: 'maxPool2d';
  name: string;
  size: number;
}

/**
 * Maximum over `size × size` blocks, stride = size: `[B, H, W, C]` → `[B, ⌊H/size⌋, ⌊W/size⌋, C]`.
 *
 * @param name - unique in the network
 * @param size - side of a block in pixels; default 2
 * @returns the layer
 */
export const maxPool2d = (name: string, size = 2): MaxPool2d => ({ type: 'maxPool2d', name, size });

export const maxPool2dKind: ChoiceKind<MaxPool2d> = {
  type: 'maxPool2d',
  role: 'choice',
  fields: { size: side },
  output: ({ size }, [height, width, channels], { sized }) => [
    sized(Math.floor(height / size)),
    sized(Math.floor(width / size)),
    channels,
  ],
  words: ({ size }) => `maximum ${size} × ${size}`,
  row: 'own',
};
