// `paper`: the full recipe, for a GPU or a cluster: ResNet-19 at width 1, 150 epochs, batch 100, all images.
import type { ExperimentInput } from '../../experiment/experiment.js';
import {
  CHOSEN_NOISE,
  EVALUATIONS,
  FIGURE_7_LEVELS,
  isBoth,
  LIPSCHITZ_EVALUATIONS,
  noiseEvaluations,
  quickstartTrial,
  sweepTrials,
  variant,
  type Plan,
  type PlannedTrial,
} from './plan.js';

/** What is not said is the authors' default: δ = β = 10⁻⁴, τ = θ = ½, rectangle, T = 2, 150 epochs, batch 100, Adam 10⁻³. */
const base: ExperimentInput = { network: { architecture: 'resnet19' } };
const seeds = [2022, 2023, 2024];
const { energy, probe, confusion, gradients } = EVALUATIONS;

const trials: PlannedTrial[] = [
  quickstartTrial(base, 2022),
  ...sweepTrials(
    'sgs-ablation',
    base,
    { surrogate: ['rectangle', 'triangle'], delta: [0, 1e-4], beta: [0, 1e-4], seed: seeds },
    (chosen) => [probe, ...(isBoth(chosen) ? [gradients] : [])],
  ),
  ...sweepTrials(
    'noise-robustness',
    base,
    { seed: seeds, beta: [0, 1e-4] },
    noiseEvaluations(CHOSEN_NOISE, FIGURE_7_LEVELS, 10_000),
  ),
  ...sweepTrials('lipschitz-sweep', base, { beta: [0, 1e-4], seed: seeds }, LIPSCHITZ_EVALUATIONS),
  ...sweepTrials('latency', base, { steps: [2, 4, 6], seed: [2022] }, [energy]),
  ...sweepTrials('energy', base, { seed: [2022] }, [energy, probe]),
  ...[2, 4, 6].map((steps) => ({
    group: 'comparison',
    settings: {
      ...variant(base, { seed: 2022, steps }),
      name: `cifar100, T = ${steps}`,
      data: { name: 'cifar100' as const },
    },
    evaluations: [energy],
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
