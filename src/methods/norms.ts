// The methods that normalise: other statistics of batch norm, other places of it, or none. Merged batch norm, over steps and batch at
// once, is that of the method `baseline`. Adding one: its entry.
import { type MethodEntry, onPlain, quotedBy, row } from './method.js';

/** By name, in the order in which they are documented. */
export const normMethods = {
  stepwiseBn: {
    title: 'Batch norm of each step by itself',
    kind: 'norm',
    source: 'in effect, all networks that are called once a step: PLIF, STL-SNN, CLIF',
    code: { read: 'fangwei123456/Parametric-Leaky-Integrate-and-Fire-Spiking-Neuron@f644ff6' },
    equal: onPlain({ batchNorm: { kind: 'stepwise' } }),
    ownLacks: 'No method by itself: see plif, stl and clif.',
    published: [],
    note: 'Running statistics move T times a batch, and inference takes the same at every step: what was trained is not what is tested.',
  },
  tdbn: {
    title: 'Threshold-dependent batch norm, θ a factor (form A)',
    kind: 'norm',
    source: 'Zheng et al., AAAI 2021',
    code: { read: 'thiswinex/STBP-simple@a15de7c' },
    equal: onPlain({ batchNorm: { kind: 'tdbn' } }),
    own: onPlain({
      neuron: { tau: 0.25, theta: 0.2, reset: 'hard', surrogate: { name: 'rectangle' } },
      batchNorm: { kind: 'tdbn' },
      readout: { kind: 'rate' },
      optimizer: { kind: 'adam', learningRate: 1e-3 },
      schedule: { kind: 'constant' },
      batchSize: 64,
    }),
    ownLacks:
      'α is 1/√2 where two branches add: here one α stands for all. Their script goes on with a training from epoch 401 to 800 whose ' +
      'beginning is not in it; steps and epochs stay ours.',
    published: [
      row('ResNet-19', 4, 'CIFAR-10', 92.92, quotedBy('Spikformer')),
      row('ResNet-19', 4, 'CIFAR-100', 70.86, quotedBy('Spikformer, from a run of TET')),
      row('ResNet-19', 10, 'CIFAR10-DVS', 67.8, quotedBy('Spikformer')),
    ],
    note: 'Its name is used for three things: this, form B (tdbnInit), and merged batch norm in the code of TET. The step of the learning rate is defined and never called.',
  },
  tdbnInit: {
    title: 'Threshold-dependent batch norm, θ the first scale (form B)',
    kind: 'norm',
    source: 'SpikingJelly and BrainCog, after Zheng et al., AAAI 2021',
    code: { read: 'BrainCog-X/Brain-Cog@d95e65e' },
    equal: onPlain({ batchNorm: { kind: 'tdbnInit' } }),
    ownLacks: 'A layer of two libraries, with no recipe.',
    published: [],
    note: 'The same as form A before the first update; then the scale of form A moves θ² times as far under SGD, θ times under Adam.',
  },
  tebn: {
    title: 'Temporal effective batch norm',
    kind: 'norm',
    source: 'Duan et al., NeurIPS 2022',
    code: {
      none: 'the repository of its authors was not found; what others made of the paper has this form',
    },
    equal: onPlain({ batchNorm: { kind: 'tebn' } }),
    ownLacks: 'Their recipe was not seen.',
    published: [],
    note: 'It folds into no one convolution: each step has weights of its own.',
  },
  bntt: {
    title: 'Batch norm through time',
    kind: 'norm',
    source: 'Kim and Panda, Frontiers in Neuroscience 2021',
    code: { read: 'Intelligent-Computing-Lab-Yale/BNTT-Batch-Normalization-Through-Time@bdf5250' },
    equal: onPlain({ batchNorm: { kind: 'bntt' } }),
    own: onPlain({
      neuron: {
        ...{ tau: 0.95, theta: 1, reset: 'soft', detachReset: true },
        surrogate: { name: 'triangle', height: 0.3, argument: 'ratio' },
      },
      batchNorm: { kind: 'bntt' },
      optimizer: { kind: 'sgd', learningRate: 0.3, momentum: 0.9, weightDecay: 1e-4 },
      steps: 25,
      epochs: 100,
      batchSize: 256,
    }),
    ownLacks:
      'Their input is signed random spikes of the pixels: here the image itself. Their rate falls in steps, here as ours does.',
    published: [
      row('VGG-9', 20, 'CIFAR-10', 90.3, quotedBy('NDOT')),
      row('VGG-11', 50, 'CIFAR-100', 66.6, quotedBy('NDOT')),
      row('7 layers', 20, 'CIFAR10-DVS', 63.2, quotedBy('NDOT')),
    ],
    note: 'Their test loader drops the last batch: 9,728 of 10,000 images of CIFAR-10 are scored, and the best epoch is kept. Leak and T differ between README and paper.',
  },
  neuNorm: {
    title: 'Neuron normalisation in place of batch norm',
    kind: 'norm',
    source: 'Wu et al., AAAI 2019',
    code: { none: 'the authors published none; the form is that of SpikingJelly' },
    equal: onPlain({ batchNorm: { kind: 'neuNorm' } }),
    ownLacks: 'Their recipe was not seen.',
    published: [
      row('CIFARNet', 12, 'CIFAR-10', 90.53, quotedBy('Spikformer and PLIF')),
      row('7 layers', undefined, 'CIFAR10-DVS', 60.5, quotedBy('PLIF and NDOT')),
    ],
    note: 'What its neurons hand on is not binary: the energy of additions alone is not what it costs. No batch norm stands beside it, as theirs had none: with the weights and without the addends that our convolutions begin with, deeper layers never fire and the rectangle hands no gradient back to them.',
  },
  mpbn: {
    title: 'Batch norm of the membrane potential (MPBN)',
    kind: 'norm',
    source: 'Guo et al., ICCV 2023',
    code: { read: 'yfguo91/MPBN@149379d' },
    equal: onPlain({ neuron: { norm: 'potential' } }),
    own: onPlain({
      neuron: {
        ...{ tau: 0.25, theta: 0.5, reset: 'hard', norm: 'potential' },
        surrogate: { name: 'dspike' },
      },
      optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4 },
      schedule: { kind: 'cosine' },
      steps: 4,
      epochs: 400,
      batchSize: 128,
    }),
    ownLacks: 'AutoAugment and Cutout; no weight decay of norms and biases, which it has here.',
    published: [],
    note: 'In inference it is a threshold of its own for each channel. Batch norm in front of the neurons stays.',
  },
} satisfies Record<string, MethodEntry>;
