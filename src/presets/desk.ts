// `desk`: real CIFAR images as far as they are found, small enough for two cores: effects on a net of five
// convolutions with five seeds, the paper's topology at a quarter of its width with three. `--dry-run` estimates
// how long each takes here; none should take an hour.
import type { Evaluation } from '../evaluation-results.js';
import type { ExperimentInput } from '../experiment.js';
import { NOISE_DEFINITIONS } from '../data/noise-definitions.js';
import {
  combinations,
  EVALUATIONS,
  FIGURE_7_LEVELS,
  noiseEvaluations,
  variant,
  type Plan,
  type PlannedTrial,
} from './plan.js';

/** Five convolutions: where effects are looked for, because it can be trained often. */
const small: ExperimentInput = {
  network: { architecture: 'convNet', width: 0.5, convolutions: 5 },
  epochs: 10,
  batchSize: 50,
};
/** The paper's topology at a quarter of its width. */
const resnet: ExperimentInput = {
  network: { architecture: 'resnet19', width: 0.25 },
  epochs: 10,
  batchSize: 50,
};
const five = [0, 1, 2, 3, 4];
const three = [0, 1, 2];
const { energy, probe, confusion, spectra, gradients, sensitivity } = EVALUATIONS;
const lipschitz: Evaluation[] = [spectra, { ...sensitivity, sizes: [...sensitivity.sizes] }];
const change: Evaluation = { ...gradients, deltas: [...gradients.deltas] };
const chosenNoise = [
  'gaussian-pixel-sigma-clip',
  'gaussian-normalised-sigma',
  'salt-pepper-pixels',
  'salt-pepper-values',
];
const noise = (definitions: readonly string[]): Evaluation[] =>
  noiseEvaluations(definitions, FIGURE_7_LEVELS, 2000);

const trials: PlannedTrial[] = [
  {
    group: 'quickstart',
    settings: { ...small, name: 'quickstart', seed: 0 },
    evaluations: [confusion, energy, probe],
  },
  ...combinations({
    surrogate: ['rectangle', 'triangle', 'atan'] as const,
    delta: [0, 1e-4],
    beta: [0, 1e-4],
    seed: five,
  }).map((chosen) => ({
    group: 'sgs-ablation',
    settings: variant(small, chosen),
    evaluations: [
      ...(chosen.seed === 0 ? [probe] : []),
      ...(chosen.surrogate === 'rectangle' && chosen.delta * chosen.beta > 0 ? [change] : []),
    ],
  })),
  ...combinations({ delta: [0, 1e-4, 1e-3, 1e-2, 1e-1, 1], seed: five }).map((chosen) => ({
    group: 'sgs-ablation',
    settings: variant(small, { ...chosen, beta: 1e-4 }),
    evaluations: [],
  })),
  ...combinations({ beta: [0, 1e-5, 1e-4, 1e-3, 1e-2], seed: five }).map((chosen) => ({
    group: 'lipschitz-sweep',
    settings: variant(small, chosen),
    evaluations: lipschitz,
  })),
  // All definitions of noise for one model, the chosen ones for all.
  ...combinations({ seed: five, beta: [0, 1e-4] }).map((chosen) => ({
    group: 'noise-robustness',
    settings: variant(small, chosen),
    evaluations: noise(
      chosen.seed === 0 && chosen.beta > 0 ? NOISE_DEFINITIONS.map(({ name }) => name) : chosenNoise,
    ),
  })),
  ...combinations({ steps: [1, 2, 4, 6, 8], seed: three }).map((chosen) => ({
    group: 'latency',
    settings: variant(small, chosen),
    evaluations: [energy],
  })),
  ...combinations({ delta: [0, 1e-4], beta: [0, 1e-4], seed: three }).map((chosen) => ({
    group: 'comparison',
    settings: { ...variant(resnet, chosen), name: `resnet19, ${variant(resnet, chosen).name as string}` },
    evaluations: chosen.seed === 0 ? [energy, probe] : [],
  })),
  {
    group: 'comparison',
    settings: {
      ...resnet,
      name: 'cifar100, resnet19, seed 0',
      data: { name: 'cifar100', validation: 0.1 },
      seed: 0,
    },
    evaluations: [energy],
  },
  {
    group: 'energy',
    settings: { ...variant(resnet, { delta: 1e-4, beta: 1e-4, seed: 0 }) },
    evaluations: [energy, probe],
  },
  {
    group: 'events',
    settings: {
      name: 'shapes10-dvs, seed 0',
      network: { architecture: 'vggsnn', width: 0.125 },
      data: { name: 'shapes10-dvs', pipeline: 'tet-plain', augment: 'standard' },
      steps: 10,
      epochs: 20,
      batchSize: 25,
      seed: 0,
    },
    evaluations: [confusion, energy],
  },
];

/** The plan of the preset. A tenth of the training images is held out, so that nothing need be chosen by the test part. */
export const desk: Plan = { data: { name: 'cifar10', validation: 0.1, augment: 'standard' }, trials };
