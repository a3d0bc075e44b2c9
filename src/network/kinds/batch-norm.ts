// Tests: test/network/layers.test.ts.
import { count } from '../fields.js';
import type { NormKind } from '../layer.js';

/** Batch normalisation by channel over `T · B · H · W` (see `BatchNormSettings`). */
export interface BatchNorm {
  type: 'batchNorm';
  name: string;
  channels: number;
}

/**
 * Batch normalisation by channel over `T · B · H · W`: running mean and variance, a learned scale γ and shift β.
 *
 * @param name - unique in the network
 * @param channels - of its input
 * @returns the layer
 */
export const batchNorm = (name: string, channels: number): BatchNorm => ({
  type: 'batchNorm',
  name,
  channels,
});

export const batchNormKind: NormKind<BatchNorm> = {
  type: 'batchNorm',
  role: 'norm',
  fields: { channels: count },
  output(layer, input, fit) {
    fit.expect('channels', layer.channels, input[2]);
    return input;
  },
  /** `weight` is the scale γ, `bias` the shift β. */
  parameters: ({ channels }) => [
    { suffix: 'weight', shape: [channels], role: 'scale' },
    { suffix: 'bias', shape: [channels], role: 'shift' },
    { suffix: 'runningMean', shape: [channels], role: 'runningMean' },
    { suffix: 'runningVariance', shape: [channels], role: 'runningVariance' },
  ],
  words: () => 'BN',
  row: 'appended',
};
