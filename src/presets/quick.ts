// `quick`: small trainings on the embedded images, a few minutes in all; what `npm run reproduce` makes.
import type { Evaluation } from '../evaluation-results.js';
import type { ExperimentInput } from '../experiment.js';
import {
  combinations,
  EVALUATIONS,
  noiseEvaluations,
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
const { energy, probe, confusion, spectra, gradients } = EVALUATIONS;
const lipschitz: Evaluation[] = [
  spectra,
  { ...EVALUATIONS.sensitivity, sizes: [...EVALUATIONS.sensitivity.sizes] },
];
const change: Evaluation = { ...gradients, deltas: [...gradients.deltas] };

const trials: PlannedTrial[] = [
  {
    group: 'quickstart',
    settings: { ...base, name: 'quickstart', seed: 0 },
    evaluations: [confusion, energy, probe],
  },
  ...combinations({ seed: seeds, beta: [0, 1e-4] }).map((chosen) => ({
    group: 'noise-robustness',
    settings: variant(base, chosen),
    evaluations: noise,
  })),
  // The rectangle in every cell and seed; the triangle in two cells of one seed: more does not fit into the preset.
  ...combinations({ seed: seeds, delta: [0, 1e-4], beta: [0, 1e-4] }).map((chosen) => ({
    group: 'sgs-ablation',
    settings: variant(base, chosen),
    evaluations: [...(chosen.seed === 0 ? [probe] : []), ...(chosen.delta * chosen.beta > 0 ? [change] : [])],
  })),
  ...[0, 1e-4].map((delta) => ({
    group: 'sgs-ablation',
    settings: variant(base, { seed: 0, surrogate: 'triangle', delta, beta: 1e-4 }),
    evaluations: [probe],
  })),
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
  ...[
    ...combinations({ seed: seeds, beta: [0, 1e-4] }),
    { seed: 0, beta: 1e-2 },
    { seed: 0, beta: 1e-1 },
  ].map((chosen) => ({
    group: 'lipschitz-sweep',
    settings: variant(base, chosen),
    evaluations: lipschitz,
  })),
  ...[1, 2, 4, 8].map((steps) => ({
    group: 'latency',
    settings: variant(base, { seed: 0, steps }),
    evaluations: [energy],
  })),
  {
    group: 'energy',
    settings: variant(base, { seed: 0 }),
    evaluations: [energy, probe],
  },
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
