// Tests: test/network/architectures.test.ts.
import { avgPool2d, flatten, type Layer, linear, type Network } from '../layers.js';
import { type Architecture, type ArchitectureOptions, convBnLif, named, scaled } from './architecture.js';

/**
 * VGGSNN as TET uses it on CIFAR10-DVS: eight 3 × 3 convolutions with bias, four average poolings, one linear layer.
 *
 * Source: Deng et al., Temporal efficient training of spiking neural network via gradient re-weighting, ICLR 2022.
 *
 * @param options - `classes`; `width`: multiplies every channel count, default 1; `inChannels`: default 2; `size`: height
 *   and width of the input, default 48
 * @returns the network
 */
export function vggsnn({ classes, width = 1, inChannels = 2, size = 48 }: ArchitectureOptions): Network {
  const layers: Layer[] = [];
  let channels = inChannels;
  [64, 128, 'pool', 256, 256, 'pool', 512, 512, 'pool', 512, 512, 'pool'].forEach((entry, i) => {
    if (typeof entry === 'string') layers.push(avgPool2d(`pool${i + 1}`));
    else {
      const out = scaled(entry, width);
      layers.push(...convBnLif(`layer${i + 1}`, channels, out, true));
      channels = out;
    }
  });
  const side = Math.max(1, Math.floor(size / 16)); // of less nothing is left, which the pooling says
  layers.push(flatten('flatten'), linear('fc', channels * side * side, classes));
  return { name: named('vggsnn', width), input: [size, size, inChannels], classes, layers };
}

export const vggsnnArchitecture: Architecture = {
  name: 'vggsnn',
  input: { size: 48, channels: 2, kind: 'frames' },
  settings: {},
  build: vggsnn,
};
