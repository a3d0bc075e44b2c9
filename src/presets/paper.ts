// `paper`: the full recipe, for a GPU or a cluster: ResNet-19 at width 1, 150 epochs, batch 100, all images.
import type { Evaluation } from '../evaluation-results.js';
import type { ExperimentInput } from '../experiment.js';
import {
  combinations,
  EVALUATIONS,
  FIGURE_7_LEVELS,
  noiseEvaluations,
  variant,
  type Plan,
  type PlannedTrial,
} from './plan.js';

/** What is not said is the authors' default: δ = β = 10⁻⁴, τ = θ = ½, rectangle, T = 2, 150 epochs, batch 100, Adam 10⁻³. */
const base: ExperimentInput = { network: { architecture: 'resnet19' } };
const seeds = [2022, 2023, 2024];
const { energy, probe, confusion, spectra, gradients, sensitivity } = EVALUATIONS;
const change: Evaluation = { ...gradients, deltas: [...gradients.deltas] };
const noise = noiseEvaluations(
  ['gaussian-pixel-sigma-clip', 'gaussian-normalised-sigma', 'salt-pepper-pixels', 'salt-pepper-values'],
  FIGURE_7_LEVELS,
  10_000,
);

const trials: PlannedTrial[] = [
  {
    group: 'quickstart',
    settings: { ...base, name: 'quickstart', seed: 2022 },
    evaluations: [confusion, energy, probe],
  },
  ...combinations({
    surrogate: ['rectangle', 'triangle'] as const,
    delta: [0, 1e-4],
    beta: [0, 1e-4],
    seed: seeds,
  }).map((chosen) => ({
    group: 'sgs-ablation',
    settings: variant(base, chosen),
    evaluations: [probe, ...(chosen.delta * chosen.beta > 0 ? [change] : [])],
  })),
  ...combinations({ seed: seeds, beta: [0, 1e-4] }).map((chosen) => ({
    group: 'noise-robustness',
    settings: variant(base, chosen),
    evaluations: noise,
  })),
  ...combinations({ beta: [0, 1e-4], seed: seeds }).map((chosen) => ({
    group: 'lipschitz-sweep',
    settings: variant(base, chosen),
    evaluations: [spectra, { ...sensitivity, sizes: [...sensitivity.sizes] }] as Evaluation[],
  })),
  ...[2, 4, 6].map((steps) => ({
    group: 'latency',
    settings: variant(base, { seed: 2022, steps }),
    evaluations: [energy],
  })),
  { group: 'energy', settings: variant(base, { seed: 2022 }), evaluations: [energy, probe] },
  ...[2, 4, 6].map((steps) => ({
    group: 'comparison',
    settings: {
      ...variant(base, { seed: 2022, steps }),
      name: `cifar100, T = ${steps}`,
      data: { name: 'cifar100' as const },
    },
    evaluations: [energy] as Evaluation[],
  })),
  {
    group: 'events+comparison',
    settings: {
      name: 'cifar10-dvs, VGGSNN',
      network: { architecture: 'vggsnn' },
      data: { name: 'cifar10-dvs', pipeline: 'tet' },
      steps: 10,
      seed: 2022,
    },
    evaluations: [confusion, energy],
  },
];

/** The plan of the preset. */
export const paper: Plan = { data: { name: 'cifar10', augment: 'standard' }, trials };
