// `quick`: small trainings on the embedded images, a few minutes in all; what `npm run reproduce` makes.
import type { ExperimentInput } from '../../experiment/experiment.js';
import {
  EVALUATIONS,
  isBoth,
  LIPSCHITZ_EVALUATIONS,
  noiseEvaluations,
  quickstartTrial,
  sweepTrials,
  variant,
  type Plan,
  type PlannedTrial,
} from './plan.js';

const base: ExperimentInput = {
  network: { architecture: 'convNet', width: 0.25 },
  epochs: 4,
  batchSize: 25,
  optimizer: { kind: 'adam', learningRate: 5e-3 },
};
const seeds = [0, 1, 2];
const noise = noiseEvaluations(['gaussian-pixel-sigma-clip', 'salt-pepper-pixels'], [0.02, 0.06, 0.1], 500);
const { energy, probe, confusion, gradients } = EVALUATIONS;

const trials: PlannedTrial[] = [
  quickstartTrial(base, 0),
  ...sweepTrials('noise-robustness', base, { seed: seeds, beta: [0, 1e-4] }, noise),
  // The rectangle in every cell and seed; the triangle in two cells of one seed: more does not fit into the preset.
  ...sweepTrials('sgs-ablation', base, { seed: seeds, delta: [0, 1e-4], beta: [0, 1e-4] }, (chosen) => [
    ...(chosen.seed === 0 ? [probe] : []),
    ...(isBoth(chosen) ? [gradients] : []),
  ]),
  ...sweepTrials(
    'sgs-ablation',
    base,
    { delta: [0, 1e-4], seed: [0], surrogate: ['triangle'], beta: [1e-4] },
    [probe],
  ),
  ...[
    { seed: 0, delta: 0.1 },
    { seed: 0, delta: 1 },
    { seed: 1, delta: 1 },
    { seed: 2, delta: 1 },
  ].map((chosen) => ({
    group: 'sgs-ablation',
    settings: variant(base, { ...chosen, beta: 1e-4 }),
    evaluations: [],
  })),
  ...sweepTrials('lipschitz-sweep', base, { seed: seeds, beta: [0, 1e-4] }, LIPSCHITZ_EVALUATIONS),
  ...sweepTrials('lipschitz-sweep', base, { beta: [1e-2, 1e-1], seed: [0] }, LIPSCHITZ_EVALUATIONS),
  ...sweepTrials('latency', base, { steps: [1, 2, 4, 8], seed: [0] }, [energy]),
  ...sweepTrials('energy', base, { seed: [0] }, [energy, probe]),
  {
    group: 'events',
    settings: {
      name: 'shapes10-dvs, seed 0',
      network: { architecture: 'convNet', width: 0.25 },
      data: { name: 'shapes10-dvs', pipeline: 'tet-plain', augment: 'none' },
      steps: 5,
      epochs: 6,
      batchSize: 25,
      optimizer: { kind: 'adam', learningRate: 5e-3 },
      seed: 0,
    },
    evaluations: [confusion, energy],
  },
];

/** The plan of the preset. */
export const quick: Plan = {
  data: { name: 'shapes10', trainLimit: 2000, testLimit: 500, validation: 0, augment: 'none' },
  trials,
};
