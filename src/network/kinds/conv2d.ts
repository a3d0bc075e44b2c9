import { SettingsError } from '../../errors.js';
import { count, flag, integer, side } from '../fields.js';
import { geometryOf } from '../geometry.js';
import type { WeightsKind } from '../layer.js';

/** A 2-D convolution over `[B, H, W, in]`, zero padding, no dilation. Weight `[out, in, kernel, kernel]`. */
export interface Conv2d {
  type: 'conv2d';
  name: string;
  in: number;
  out: number;
  kernel: number;
  stride: number;
  /** Zeros added on each side, as PyTorch's `padding`: an integer ≥ 0. */
  padding: number;
  bias: boolean;
}

/**
 * A convolution, `[B, H, W, in]` → `[B, H′, W′, out]`; the padding defaults to `(kernel − 1) / 2`, which keeps the size at
 * stride 1.
 *
 * @param name - unique in the network
 * @param channelsIn - of its input
 * @param channelsOut - filters
 * @param options - `kernel`: side of a filter, default 3; `stride`: default 1; `padding`: zeros on each side; `bias`:
 *   default false
 * @returns the layer
 * @throws SettingsError when the kernel is even and no padding is given: no equal padding of both sides keeps the size
 */
export function conv2d(
  name: string,
  channelsIn: number,
  channelsOut: number,
  options: { kernel?: number; stride?: number; padding?: number; bias?: boolean } = {},
): Conv2d {
  const { kernel = 3, stride = 1, bias = false } = options;
  const padding = options.padding ?? (kernel - 1) / 2;
  if (options.padding === undefined && kernel % 2 === 0)
    throw new SettingsError(
      `conv2d ${name}: kernel is ${kernel}, and no equal padding of both sides keeps the size of an image under an even kernel; give a padding`,
    );
  return { type: 'conv2d', name, in: channelsIn, out: channelsOut, kernel, stride, padding, bias };
}

export const conv2dKind: WeightsKind<Conv2d> = {
  type: 'conv2d',
  role: 'weights',
  fields: { in: count, out: count, kernel: side, stride: side, padding: integer(0, 4096), bias: flag },
  sums: (layer, input) => ({ geometry: geometryOf(layer, input), in: layer.in, out: layer.out }),
  output(layer, input, fit) {
    fit.expect('input channels', layer.in, input[2]);
    const { outHeight, outWidth } = geometryOf(layer, input);
    return [fit.sized(outHeight), fit.sized(outWidth), layer.out];
  },
  parameters({ in: channels, out, kernel, bias }) {
    const fanIn = channels * kernel * kernel;
    const shape = [out, channels, kernel, kernel];
    return [
      { suffix: 'weight', shape, role: 'weight', fanIn },
      ...(bias ? [{ suffix: 'bias', shape: [out], role: 'bias' as const, fanIn }] : []),
    ];
  },
  words: ({ kernel, stride }) => `Conv ${kernel} × ${kernel}, stride ${stride}`,
  row: 'own',
};
