// The methods that change the gradient through the spike by a rule of its own: by its sign, by the epoch, by a norm, by time. Adding
// one: its entry.
import { type MethodEntry, onPlain, quotedBy, row } from './method.js';

const SEED = 'Chen et al., Applied Intelligence 2023';
/** The authors' files are public, the lines of the gradient are left blank there. */
const SEED_CODE = { none: 'their training code is unpublished; the published files have the settings' };

/** By name, in the order in which they are documented. */
export const gradientMethods = {
  sgs: {
    title: 'Surrogate gradient scaling, δ = 1e-4',
    kind: 'gradient',
    source: SEED,
    code: SEED_CODE,
    equal: onPlain({ neuron: { delta: 1e-4 } }),
    ownLacks: 'Their code has Lipschitz regularisation beside it: method sgsLr.',
    published: [],
    note: 'At this δ the factor of the gradient differs from 1 by δ times the distance of potential and spike.',
  },
  sgsLr: {
    title: 'Surrogate gradient scaling with Lipschitz regularisation',
    kind: 'gradient',
    also: 'loss',
    source: SEED,
    code: SEED_CODE,
    equal: { neuron: { delta: 1e-4 }, lipschitz: { beta: 1e-4 } },
    own: {
      neuron: { tau: 0.5, theta: 0.5, reset: 'hard', surrogate: { name: 'rectangle' }, delta: 1e-4 },
      lipschitz: { beta: 1e-4 },
      loss: { kind: 'mean' },
      optimizer: { kind: 'adam', learningRate: 1e-3 },
      schedule: { kind: 'cosine' },
      steps: 2,
      epochs: 150,
      batchSize: 100,
    },
    ownLacks:
      'Optimizer, schedule and augmentation are inferred from the code that theirs was made from. Which weights are regularised is not said.',
    published: [row('ResNet-19', 2, 'CIFAR-10', 94, 'README, rounded')],
    note: 'What they call tdBN is merged batch norm. The best test epoch is probably what is reported.',
  },
  sgsCurvature: {
    title: 'Surrogate gradient scaling, δ by the curvature rule of EWGS',
    kind: 'gradient',
    source: 'Lee, Kim and Ham (EWGS), CVPR 2021, whose rule the paper replaced by a fixed δ',
    code: { read: 'cvlab-yonsei/EWGS@56c654c' },
    equal: onPlain({ neuron: { delta: { rule: 'curvature' } } }),
    ownLacks: 'Theirs quantises weights and activations of an ANN; no spiking network was trained by it.',
    published: [],
    note: 'The first epoch has δ = 0. The trace is taken by differences of gradients, for a rectangle has no second derivative, along one random direction on 12 images, so that δ scatters from epoch to epoch; theirs takes up to 50 directions on 768 images. At the trained weights of seed 0 two draws of 96 images give 0.0007 to 0.010, on average 0.004.',
  },
  esg: {
    title: 'Evolving surrogate, tanh of slope K from 1 to 10',
    kind: 'gradient',
    source: 'Guo et al. (IM-Loss), NeurIPS 2022',
    code: {
      none: 'K(i) and its ends are from memory, the abstract alone was seen; the simplified code of its authors has a slope that stays 3',
    },
    // ½·tanh(K·u) + ½ is the logistic function of 2K·u.
    equal: onPlain({
      neuron: { surrogate: { name: 'sigmoid', parameter: { from: 2, to: 20, schedule: 'log' } } },
    }),
    ownLacks: 'Their recipe was not seen.',
    published: [],
    note: 'Their numbers are with the loss beside it: method imLoss. GSGL (Chen et al., ICASSP 2022) has a schedule whose equations were not found: this is not it.',
  },
  mpdAgl: {
    title: 'Width of the rectangle tied to the batch norm (MPD-AGL)',
    kind: 'gradient',
    source: 'Jiang et al., IJCAI 2025',
    code: { read: 'Stay-Sane/MPD-AGL@334b3e9' },
    equal: onPlain({ neuron: { surrogate: { name: 'rectangle', parameter: { rule: 'norm' } } } }),
    own: onPlain({
      neuron: {
        ...{ tau: 0.2, theta: 0.5, reset: 'hard' },
        surrogate: { name: 'rectangle', parameter: { rule: 'norm' } },
      },
      batchNorm: { kind: 'tdbn' },
      optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4 },
      schedule: { kind: 'cosine' },
      steps: 2,
      epochs: 150,
      batchSize: 100,
    }),
    ownLacks:
      'The policy of AutoAugment; and its neuron is PLIF unless it is asked for LIF, which stands here.',
    published: [],
    note: 'Made for tdBN, whose γ̄·θ is the spread of the current; in preset equal γ is that of the norm at hand. Its numbers stand in the paper, which was not seen.',
  },
  stdb: {
    title: 'Surrogate of the time since the last spike (STDB)',
    kind: 'gradient',
    source: 'Rathi et al., ICLR 2020',
    code: { read: 'nitin-rathi/hybrid-snn-conversion@3f6832c' },
    equal: onPlain({ neuron: { surrogate: { name: 'stdb', height: 0.3 } } }),
    ownLacks: 'Theirs begins with the weights and thresholds of a converted ANN, which is not done here.',
    published: [row('VGG-11', 125, 'CIFAR-100', 67.87, quotedBy('Spikformer and NDOT'))],
    note: 'It does not look at the potential. From the first weights hardly a gradient passes: 0.3·e^−9.99 where a neuron has not fired before, and of two steps that is most of them. The number is of a converted network trained on.',
  },
} satisfies Record<string, MethodEntry>;
