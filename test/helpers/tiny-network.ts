// A network small enough to count by hand: a convolution of 4 × 4 pixels, neurons, a linear layer fed by their spikes.
import type { LayerEnergy } from '../../src/measures/energy.js';
import type { Network } from '../../src/network/layers.js';

/** 3,456 multiply–accumulates in `conv` (2,400 off the padding: 10 · 10 of 12 · 12 taps), 1,280 in `fc`. */
export const tinyNetwork: Network = {
  name: 'tiny',
  input: [4, 4, 3],
  classes: 10,
  layers: [
    { type: 'conv2d', name: 'conv', in: 3, out: 8, kernel: 3, stride: 1, padding: 1, bias: false },
    { type: 'batchNorm', name: 'norm', channels: 8 },
    { type: 'lif', name: 'lif' },
    { type: 'flatten', name: 'flat' },
    { type: 'linear', name: 'fc', in: 128, out: 10, bias: true },
  ],
};

/** Its layers over T = 2 steps: a quarter of the neurons fires, those with a little less than the mean fan-out. */
export const tinyLayers: LayerEnergy[] = [
  { layer: 'conv', macs: 3456, inputRate: 1, input: 'image', synapticOperations: 4800 },
  { layer: 'fc', macs: 1280, inputRate: 0.25, input: 'spikes', synapticOperations: 600 },
];
