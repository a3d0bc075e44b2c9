// The methods that change the objective: other losses of the logits, terms that judge neurons, penalties on weights. Adding one: its
// entry.
import { type MethodEntry, onPlain, quotedBy, row } from './method.js';

/** By name, in the order in which they are documented. */
export const lossMethods = {
  lr: {
    title: 'Lipschitz regularisation, β = 1e-4',
    kind: 'loss',
    source:
      'Chen et al., Applied Intelligence 2023, after Lin, Gan and Han (Defensive Quantization), ICLR 2019',
    code: { none: 'their training code is unpublished; no code of Defensive Quantization was found' },
    equal: onPlain({ lipschitz: { beta: 1e-4 } }),
    ownLacks: 'Their code has surrogate gradient scaling beside it: method sgsLr.',
    published: [],
    note: 'It pulls rows to length 1, so that weights grow at first; a batch norm behind them takes their scale out.',
  },
  parseval: {
    title: 'Parseval step after each update, β = 2e-3',
    kind: 'loss',
    source: 'Cissé et al., ICML 2017; of spiking networks Ding et al. (SNN-RAT), NeurIPS 2022',
    code: { read: 'putshua/SNN-RAT@7237b59' },
    equal: onPlain({ parseval: { beta: 2e-3 } }),
    ownLacks:
      'SNN-RAT trains against attacks, which is not done here; of a wide linear layer it draws rows, here all are moved.',
    published: [],
    note: 'No part of the loss: the step does not pass the optimizer. β is the default of the function of SNN-RAT; its scripts pass another, 5e-4 where nothing is said, and its one published log has 4e-3. The step stays as large while the learning rate falls, and the last layer is among those that it moves, so that its rows stay near length 1.',
  },
  tet: {
    title: 'Temporal efficient training: a cross entropy of each step',
    kind: 'loss',
    source: 'Deng et al., ICLR 2022',
    code: { read: 'brain-intelligence-lab/temporal_efficient_training@8217492' },
    equal: onPlain({ loss: { kind: 'tet', lambda: 0.05, target: 1 } }),
    own: onPlain({
      neuron: { tau: 0.5, theta: 1, reset: 'hard', surrogate: { name: 'triangle' } },
      loss: { kind: 'tet', lambda: 0.05, target: 1 },
      optimizer: { kind: 'adam', learningRate: 1e-3 },
      schedule: { kind: 'cosine' },
      steps: 2,
      epochs: 150,
      batchSize: 128,
    }),
    ownLacks:
      'The paper trains 300 epochs at T = 2, 4 and 6; steps and epochs are those of the script. For events λ is 1e-3.',
    published: [
      row('ResNet-19', 4, 'CIFAR-10', 94.44, quotedBy('Spikformer and LM-HT')),
      row('ResNet-19', 6, 'CIFAR-10', 94.5, quotedBy('POLARA')),
      row('ResNet-19', 4, 'CIFAR-100', 74.47, quotedBy('Spikformer and LM-HT')),
      row('VGGSNN', 10, 'CIFAR10-DVS, augmented', 83.17, 'a copy of the paper'),
      row('VGGSNN', 10, 'CIFAR10-DVS', 77.3, 'a copy of the paper'),
    ],
    note: '74.62 is quoted too for CIFAR-100 at T = 4. What its code calls tdBN is merged batch norm.',
  },
  rateMse: {
    title: 'Squared error of firing rates, ten neurons of a class vote',
    kind: 'loss',
    source: 'Fang et al. (PLIF), ICCV 2021; Sun et al. (STL-SNN), IEEE TCDS 2023',
    code: { read: 'fangwei123456/Parametric-Leaky-Integrate-and-Fire-Spiking-Neuron@f644ff6' },
    equal: onPlain({ loss: { kind: 'rateMse' }, readout: { kind: 'rate', voting: 10 } }),
    ownLacks: 'A part of the recipes of plif and stl.',
    published: [],
    note: 'The last layer is ten times as wide.',
  },
  imLoss: {
    title: 'IM-Loss as its code has it: rates pulled to 1/(2T), weight 0.005',
    kind: 'loss',
    source: 'Guo et al., NeurIPS 2022',
    code: {
      read: 'yfguo91/IM-Loss-Information-Maximization-Loss-for-Spiking-Neural-Networks@c12bca3',
    },
    equal: onPlain({ loss: [{ kind: 'mean' }, { kind: 'spikeRate', target: 0.25, weight: 0.005 }] }),
    ownLacks:
      'The simplified code trains one step by its README and four by its script, with Dspike, SGD and 100 epochs; which of them its numbers are of is not said. Its mean over layers is without the first and the last.',
    published: [
      row('ResNet-19', undefined, 'CIFAR-10', 95.49, 'an index of papers'),
      row('VGG-16', undefined, 'CIFAR-100', 70.18, 'an index of papers'),
      row('ResNet-19', undefined, 'CIFAR10-DVS', 72.6, 'an index of papers'),
    ],
    note: 'The paper pulls the mean potential to the threshold instead: loss kind imLoss, which at weight 1 came out 3.7 points below the baseline here (seed 0). Its numbers are with the evolving surrogate beside it: method esg. The target is that of two steps.',
  },
  distribution: {
    title: 'Distribution loss (form of binary networks), weight 1',
    kind: 'loss',
    source: 'Ding et al., CVPR 2019, applied to potentials',
    code: {
      none: 'the form is from memory; that of their code (ruizhoud/DistributionLoss@684191b) has mean and spread by channel where this has them by layer, and m² − s² in place of the last term',
    },
    equal: onPlain({ loss: [{ kind: 'mean' }, { kind: 'distribution' }] }),
    ownLacks: 'Nobody published its weight for spiking networks: weight and margins are ours.',
    published: [],
    note: 'RecDis (Guo et al., CVPR 2022) follows the same idea with coefficients that were not found: this is not it.',
  },
  ratePenalty: {
    title: 'Penalty on firing rates, weight 0.1',
    kind: 'loss',
    source: 'in the line of Yan et al. (BPSR), Frontiers in Neuroscience 2022',
    code: { none: 'no code was read' },
    equal: onPlain({ loss: [{ kind: 'mean' }, { kind: 'spikeRate', weight: 0.1 }] }),
    ownLacks: 'BPSR rewires connections too, and its weight was not found: the weight is ours.',
    published: [],
    note: 'Without the rewiring it is not BPSR.',
  },
} satisfies Record<string, MethodEntry>;
