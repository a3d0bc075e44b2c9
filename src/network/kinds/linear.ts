// Tests: test/network/layers.test.ts.
import { count, flag, integer } from '../fields.js';
import { ONE_PIXEL } from '../geometry.js';
import type { WeightsKind } from '../layer.js';

/** `y = W x + b` over `[B, in]`. Weight `[out, in]`. */
export interface Linear {
  type: 'linear';
  name: string;
  in: number;
  out: number;
  bias: boolean;
}

/**
 * A fully connected layer, `y = W x + b`: `[B, in]` → `[B, out]`.
 *
 * @param name - unique in the network
 * @param channelsIn - values of an example
 * @param channelsOut - of the last layer, the classes
 * @param bias - default true
 * @returns the layer
 */
export const linear = (name: string, channelsIn: number, channelsOut: number, bias = true): Linear => ({
  type: 'linear',
  name,
  in: channelsIn,
  out: channelsOut,
  bias,
});

export const linearKind: WeightsKind<Linear> = {
  type: 'linear',
  role: 'weights',
  fields: { in: integer(1, 2 ** 28), out: count, bias: flag },
  sums: (layer) => ({ geometry: ONE_PIXEL, in: layer.in, out: layer.out }),
  output(layer, [height, width, channels], fit) {
    fit.expect('features', layer.in, height * width * channels);
    if (height * width !== 1) fit.refuse('a flat input', 'put flatten before it');
    return [1, 1, layer.out];
  },
  parameters: ({ in: fanIn, out, bias }) => [
    { suffix: 'weight', shape: [out, fanIn], role: 'weight', fanIn },
    ...(bias ? [{ suffix: 'bias', shape: [out], role: 'bias' as const, fanIn }] : []),
  ],
  words: () => 'linear',
  row: 'own',
};
