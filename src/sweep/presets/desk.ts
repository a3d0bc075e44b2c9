// `desk`: real CIFAR images and recordings as far as they are found, small enough for two cores: effects on a net of five
// convolutions with five seeds, the paper's topology at a quarter of its width with three. `--dry-run` estimates
// how long each takes here; none should take an hour.
import type { ExperimentInput } from '../../experiment/experiment.js';
import { NOISE_DEFINITIONS } from '../../data/images/noise-definitions.js';
import {
  CHOSEN_NOISE,
  EVALUATIONS,
  FIGURE_7_LEVELS,
  isBoth,
  LIPSCHITZ_EVALUATIONS,
  noiseEvaluations,
  quickstartTrial,
  sweepTrials,
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
/** For recordings of events: VGGSNN at an eighth of its width. */
const eventNet: ExperimentInput = {
  network: { architecture: 'vggsnn', width: 0.125 },
  steps: 10,
  batchSize: 25,
  seed: 0,
};
const five = [0, 1, 2, 3, 4];
const three = [0, 1, 2];
const { energy, probe, confusion, gradients } = EVALUATIONS;

const trials: PlannedTrial[] = [
  quickstartTrial(small, 0),
  ...sweepTrials(
    'sgs-ablation',
    small,
    { surrogate: ['rectangle', 'triangle', 'atan'], delta: [0, 1e-4], beta: [0, 1e-4], seed: five },
    (chosen) => [
      ...(chosen.seed === 0 ? [probe] : []),
      ...(chosen.surrogate === 'rectangle' && isBoth(chosen) ? [gradients] : []),
    ],
  ),
  ...sweepTrials(
    'sgs-ablation',
    small,
    { delta: [0, 1e-4, 1e-3, 1e-2, 1e-1, 1], seed: five, beta: [1e-4] },
    [],
  ),
  ...sweepTrials(
    'lipschitz-sweep',
    small,
    { beta: [0, 1e-5, 1e-4, 1e-3, 1e-2], seed: five },
    LIPSCHITZ_EVALUATIONS,
  ),
  // All definitions of noise for one network, the chosen ones for all.
  ...sweepTrials('noise-robustness', small, { seed: five, beta: [0, 1e-4] }, ({ seed, beta = 0 }) =>
    noiseEvaluations(
      seed === 0 && beta > 0 ? NOISE_DEFINITIONS.map(({ name }) => name) : CHOSEN_NOISE,
      FIGURE_7_LEVELS,
      2000,
    ),
  ),
  ...sweepTrials('latency', small, { steps: [1, 2, 4, 6, 8], seed: three }, [energy]),
  ...[
    ...sweepTrials(
      'sgs-ablation+comparison',
      resnet,
      { delta: [0, 1e-4], beta: [0, 1e-4], seed: three },
      ({ seed }) => (seed === 0 ? [energy, probe] : []),
    ),
    // The paper's Fig. 7 is of this topology, with SGS.
    ...sweepTrials(
      'noise-robustness',
      resnet,
      { delta: [1e-4], beta: [0, 1e-4], seed: three },
      noiseEvaluations(CHOSEN_NOISE, FIGURE_7_LEVELS, 2000),
    ),
  ].map(({ settings, ...trial }) => ({
    ...trial,
    settings: { ...settings, name: `resnet19, ${settings.name}` },
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
  ...sweepTrials('energy', resnet, { delta: [1e-4], beta: [1e-4], seed: [0] }, [energy, probe]),
  {
    group: 'events',
    settings: {
      ...eventNet,
      name: 'shapes10-dvs, seed 0',
      data: { name: 'shapes10-dvs', pipeline: 'tet-plain', augment: 'standard' },
      epochs: 20,
    },
    evaluations: [confusion, energy],
  },
  // Ten times the recordings of shapes10-dvs: fewer epochs.
  {
    group: 'events+comparison',
    settings: {
      ...eventNet,
      name: 'cifar10-dvs, seed 0',
      data: { name: 'cifar10-dvs', pipeline: 'tet', augment: 'standard' },
      epochs: 10,
    },
    evaluations: [confusion, energy],
  },
];

/**
 * The plan of the preset. Its CIFAR-10 is the first training file by name, `data_batch_1.bin`, 10,000 images, also where
 * all five are found. A tenth of the training images is held out, so that nothing need be chosen by the test part.
 */
export const desk: Plan = {
  data: { name: 'cifar10', validation: 0.1, augment: 'standard' },
  fingerprint: 'cab944b2b057e706c0502052e607a32b90354bfd477799de50726dd15b67bac2',
  trials,
};
