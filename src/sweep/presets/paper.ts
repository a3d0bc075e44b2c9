// `paper`: the full recipe, for a GPU or a cluster: ResNet-19 at width 1, 150 epochs, batch 100, all images.
// Tests: test/sweep/presets/presets.test.ts.
import type { ExperimentInput } from '../../experiment/experiment.js';
import type { Preset } from './plan.js';

/** What is not said is the authors' default: δ = β = 10⁻⁴, τ = θ = ½, rectangle, T = 2, 150 epochs, batch 100, Adam 10⁻³. */
const base: ExperimentInput = { network: { architecture: 'resnet19' } };

/** The preset: its data, the settings that its trainings start from, and its seeds. */
export const paper = {
  data: { name: 'cifar10', augment: 'standard' },
  base,
  seeds: [2022, 2023, 2024],
} satisfies Preset & Record<string, unknown>;
