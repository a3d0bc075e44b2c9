// Tests: test/network/layers.test.ts.
import { side } from '../fields.js';
import type { AverageKind } from '../layer.js';

/** Average over `size × size` blocks, stride = size; a remainder at the edge is dropped, as in PyTorch. */
export interface AvgPool2d {
  type: 'avgPool2d';
  name: string;
  size: number;
}

/**
 * Average pooling over `size × size` blocks, stride = size: `[B, H, W, C]` → `[B, ⌊H/size⌋, ⌊W/size⌋, C]`.
 *
 * @param name - unique in the network
 * @param size - side of a block in pixels; default 2
 * @returns the layer
 */
export const avgPool2d = (name: string, size = 2): AvgPool2d => ({ type: 'avgPool2d', name, size });

export const avgPool2dKind: AverageKind<AvgPool2d> = {
  type: 'avgPool2d',
  role: 'average',
  fields: { size: side },
  over: ({ size }) => size ** 2,
  output: ({ size }, [height, width, channels], { sized }) => [
    sized(Math.floor(height / size)),
    sized(Math.floor(width / size)),
    channels,
  ],
  words: ({ size }) => `average ${size} × ${size}`,
  row: 'own',
};
