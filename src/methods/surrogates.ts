// The methods that are a shape of the surrogate: the rectangle, from which all comparisons begin, and others. Adding one: its entry.
import { type MethodEntry, onPlain, quotedBy, row } from './method.js';

const NO_RECIPE = 'A shape alone: its paper trains other networks on other data.';

/** By name, in the order in which they are documented. */
export const surrogateMethods = {
  baseline: {
    title: 'LIF with the rectangle (STBP), merged batch norm',
    kind: 'gradient',
    source: 'Wu et al., Frontiers in Neuroscience 2018; batch norm over steps and batch as in TET',
    code: { read: 'yjwu17/STBP-for-training-SpikingNN@e3c0c93' },
    equal: onPlain({ neuron: { surrogate: { name: 'rectangle' } } }),
    own: onPlain({
      neuron: { tau: 0.2, theta: 0.5, surrogate: { name: 'rectangle' } },
      loss: { kind: 'rateMse' },
      readout: { kind: 'rate' },
      optimizer: { kind: 'adam', learningRate: 1e-3 },
      batchSize: 100,
    }),
    ownLacks:
      'Their network has no batch norm and is for MNIST alone, with a schedule and a number of steps of its own.',
    published: [row('CIFARNet', 12, 'CIFAR-10', 89.83, quotedBy('Spikformer'))],
    note: 'The published number is of a network without batch norm.',
  },
  triangle: {
    title: 'Triangle',
    kind: 'gradient',
    source: 'Bellec et al., NeurIPS 2018',
    code: { read: 'brain-intelligence-lab/temporal_efficient_training@8217492' },
    equal: onPlain({ neuron: { surrogate: { name: 'triangle' } } }),
    ownLacks: `${NO_RECIPE} The code that was read is TET's, which takes this shape with γ = 1.`,
    published: [],
  },
  exponential: {
    title: 'Exponential',
    kind: 'gradient',
    source: 'Shrestha and Orchard (SLAYER), NeurIPS 2018',
    code: { none: 'the shape was taken from the paper' },
    equal: onPlain({ neuron: { surrogate: { name: 'exponential' } } }),
    ownLacks: NO_RECIPE,
    published: [],
    note: 'β = 2, by which its area is 1; the height is 1.',
  },
  fastSigmoid: {
    title: 'Fast sigmoid',
    kind: 'gradient',
    source: 'Zenke and Ganguli (SuperSpike), Neural Computation 2018',
    code: { none: 'the shape was taken from the paper' },
    equal: onPlain({ neuron: { surrogate: { name: 'fastSigmoid' } } }),
    ownLacks: NO_RECIPE,
    published: [],
    note: 'α = 2, by which its area is 1; the height is 1.',
  },
  atan: {
    title: 'Arc tangent',
    kind: 'gradient',
    source: 'Fang et al. (PLIF), ICCV 2021',
    code: { read: 'fangwei123456/Parametric-Leaky-Integrate-and-Fire-Spiking-Neuron@f644ff6' },
    equal: onPlain({ neuron: { surrogate: { name: 'atan' } } }),
    ownLacks: 'Their recipe is that of method plif.',
    published: [],
  },
  dspike: {
    title: 'Dspike, temperature b = 3',
    kind: 'gradient',
    source: 'Li et al., NeurIPS 2021',
    code: { read: 'yfguo91/MPBN@149379d' },
    equal: onPlain({ neuron: { surrogate: { name: 'dspike' } } }),
    ownLacks: 'No code of its authors is public; this form with b = 3 is in later code of the same group.',
    published: [
      row('ResNet-18', 4, 'CIFAR-10', 93.66, quotedBy('LM-HT')),
      row('ResNet-18', 6, 'CIFAR-10', 94.25, quotedBy('POLARA')),
      row('ResNet-18', 4, 'CIFAR-100', 73.35, quotedBy('LM-HT')),
      row('ResNet-18', 6, 'CIFAR-100', 74.24, quotedBy('CLIF')),
      row('ResNet-18', 10, 'CIFAR10-DVS, augmented', 75.4, 'abstract'),
    ],
    note:
      'Theirs chooses b before each epoch by finite differences, and the numbers are of that: neuron.surrogate.parameter ' +
      '{"rule": "cosine", "from": 1} does so here on a random subset of weights. POLARA quotes 73.49 for CIFAR-100 at T = 4.',
  },
} satisfies Record<string, MethodEntry>;
