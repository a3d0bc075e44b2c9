// The methods that are a neuron whose threshold is learned. In preset `equal` it begins at ours, θ = ½. Adding one: its entry.
import type { NeuronDescription } from '../equations/index.js';
import { type MethodEntry, onPlain, quotedBy, row } from './method.js';

/** The quantiser of N2UQ at one bit as the spike: its ramp begins at `start` and is `w` wide, the threshold its middle. */
const learnableRectangle: NeuronDescription = {
  name: 'learnableRectangle',
  parameters: {
    ...{ tau: 0.5, least: 1e-3 },
    start: { per: 'layer', learned: true, initial: 0 },
    a: { per: 'layer', learned: true, initial: 1 },
  },
  state: { u: 0 },
  step: ['w = max(a, least)', 'v = tau * u + x', 'o = spike((v - start) / w - 0.5)', 'u = (1 - o) * v'],
  output: 'o',
};

/** By name, in the order in which they are documented. */
export const thresholdMethods = {
  diet: {
    title: 'Diet-SNN: leak and threshold learned, one each a layer',
    kind: 'neuron',
    source: 'Rathi and Roy, IEEE TNNLS 2023',
    code: { read: 'nitin-rathi/DIET-SNN@4c7527b' },
    equal: onPlain({ neuron: { model: 'diet', parameters: { lambda: 0.5, theta: 0.5 } } }),
    own: onPlain({
      neuron: {
        ...{ model: 'diet', parameters: { lambda: 1, theta: 1 } },
        surrogate: { name: 'triangle', height: 0.3 },
      },
      readout: { kind: 'potential', leak: 1 },
      optimizer: { kind: 'adam', learningRate: 1e-4 },
      steps: 5,
      epochs: 300,
      batchSize: 64,
    }),
    ownLacks:
      'Weights and thresholds of a trained ANN to begin with; dropout; no batch norm, which stays here; amsgrad; a cosine of 128 of the ' +
      '300 epochs, after which the rate rises again.',
    published: [
      row('ResNet-20', 10, 'CIFAR-10', 92.54, quotedBy('Spikformer')),
      row('ResNet-20', 5, 'CIFAR-100', 64.07, quotedBy('Spikformer')),
    ],
    note: 'The spike looks at v/θ − 1: a surrogate of width 1 is θ wide in the potential, and 1/θ as high.',
  },
  stl: {
    title: 'STL-SNN: a threshold learned for each neuron',
    kind: 'neuron',
    source: 'Sun et al., IEEE TCDS 2023',
    code: { read: 'sunhongze/STL-SNN@295d911' },
    equal: onPlain({ neuron: { model: 'stl', parameters: { theta: 0.5 } } }),
    own: onPlain({
      neuron: {
        model: 'stl',
        parameters: { theta: { learned: true, per: 'neuron', initial: 2, spread: 1e-4 } },
        ...{ surrogate: { name: 'atan' }, comparison: '>=' },
      },
      batchNorm: { kind: 'stepwise' },
      loss: { kind: 'rateMse' },
      readout: { kind: 'rate', voting: 10 },
      optimizer: { kind: 'adam', learningRate: 1e-3, weightDecay: 1e-6 },
      steps: 4,
      epochs: 100,
      batchSize: 50,
    }),
    ownLacks:
      'Their code is for MNIST alone. Its input is random spikes; dropout of ½; its rate falls by 0.93 an epoch, here as a cosine.',
    published: [
      row('8 layers', 8, 'CIFAR-10', 92.42, quotedBy('DS-ATGO')),
      row('7 layers', 20, 'CIFAR10-DVS', 77.3, quotedBy('DS-ATGO')),
    ],
    note: 'The spread of the first thresholds is divided by 100 twice in the code: 1e-4, not 1e-2.',
  },
  trsg: {
    title: 'Threshold-robust surrogate gradient (TrSG): threshold learned and handed on',
    kind: 'neuron',
    source: 'WACV 2026, arXiv 2511.08708',
    code: { read: 'kookhh0827/SNN-MP-Init-TRSG@3d2aa23' },
    equal: onPlain({
      neuron: {
        model: 'trsg',
        parameters: { theta0: 0.5, tau0: 2 },
        surrogate: { name: 'rectangle' },
      },
    }),
    own: onPlain({
      neuron: { model: 'trsg', parameters: { theta0: 2, tau0: 2 }, surrogate: { name: 'rectangle' } },
      optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4 },
      schedule: { kind: 'cosine' },
      steps: 4,
      epochs: 200,
      batchSize: 128,
    }),
    ownLacks:
      'MP-Init, the first potential as a running mean. Augmentation was not noted; batch norm is over steps and batch at once.',
    published: [],
    note: 'The gradient is that of the rectangle of width 1 in v/θ, hence the surrogate is a part of the method. Their code fires at the threshold in inference, and above it in training.',
  },
  learnableRectangle: {
    title: 'Rectangle of learned place and width (N2UQ at one bit)',
    kind: 'neuron',
    source: 'Liu et al., CVPR 2022, whose quantiser of one bit it is',
    code: { read: 'liuzechun/Nonuniform-to-Uniform-Quantization@547a8d3' },
    equal: onPlain({ neuron: { model: learnableRectangle, surrogate: { name: 'rectangle' } } }),
    ownLacks: 'Theirs quantises an ANN; scales of input and output, which it learns too, are left out.',
    published: [],
    note: 'It begins as the rectangle of width 1 about θ = ½. Threshold and window move together: gradients of both are those of the ramp.',
  },
} satisfies Record<string, MethodEntry>;
