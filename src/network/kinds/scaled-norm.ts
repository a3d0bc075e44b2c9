// Tests: test/network/layers.test.ts.
import { count } from '../fields.js';
import type { Field } from '../fields.js';
import type { NormKind } from '../layer.js';

/**
 * Batch normalisation as `batchNorm`, whose scale γ begins at `initial` in place of 1: tdBN as SpikingJelly and BrainCog have it
 * (form B), where `initial` is α·θ.
 */
export interface ScaledNorm {
  type: 'scaledNorm';
  name: string;
  channels: number;
  /** Where every γ begins. */
  initial: number;
}

/**
 * Batch normalisation whose scale γ begins at `initial` in place of 1.
 *
 * @param name - unique in the network
 * @param channels - of its input
 * @param initial - where every γ begins, dimensionless; α·θ for tdBN as SpikingJelly has it
 * @returns the layer
 */
export const scaledNorm = (name: string, channels: number, initial: number): ScaledNorm => ({
  ...{ type: 'scaledNorm', name, channels, initial },
});

const scale: Field = {
  expected: 'a number from -1e6 to 1e6',
  holds: (value) => typeof value === 'number' && Math.abs(value) <= 1e6,
};

export const scaledNormKind: NormKind<ScaledNorm> = {
  type: 'scaledNorm',
  role: 'norm',
  fields: { channels: count, initial: scale },
  output(layer, input, fit) {
    fit.expect('channels', layer.channels, input[2]);
    return input;
  },
  parameters: ({ channels, initial }) => [
    { suffix: 'weight', shape: [channels], role: 'scale', initial },
    { suffix: 'bias', shape: [channels], role: 'shift' },
    { suffix: 'runningMean', shape: [channels], role: 'runningMean' },
    { suffix: 'runningVariance', shape: [channels], role: 'runningVariance' },
  ],
  words: () => 'BN',
  row: 'appended',
};
