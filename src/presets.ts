// Lists of experiments and evaluations by name: what `npm run reproduce` trains before it runs the notebooks.
import type { DatasetName } from './data/dataset.js';
import type { Evaluation } from './evaluations.js';
import { experiment, type Experiment, type ExperimentInput } from './experiment.js';
import { SettingsError } from './errors.js';

/** A training of a preset, with the evaluations that are made of it. */
export interface PresetRun {
  /** What it is for: the notebook's stem. */
  group: string;
  experiment: Experiment;
  evaluations: Evaluation[];
}

/** A named list of runs. */
export interface Preset {
  name: PresetName;
  description: string;
  runs: PresetRun[];
}

/** The presets. */
export const PRESET_NAMES = ['quick', 'desk'] as const;
/** One of {@link PRESET_NAMES}. */
export type PresetName = (typeof PRESET_NAMES)[number];

/** The noise levels of the paper's Fig. 7: ten from 0.02 to 0.10. */
export const FIGURE_7_LEVELS = Array.from({ length: 10 }, (_, i) => Math.round((0.02 + (0.08 * i) / 9) * 1e6) / 1e6);

/** What `sgs train` trains when nothing is said: a small net, five epochs. */
export const starterExperiment = (data: DatasetName): ExperimentInput => ({
  name: `starter on ${data}`,
  network: { architecture: data.endsWith('-dvs') ? 'vggsnn' : 'convNet', width: data.endsWith('-dvs') ? 0.125 : 0.5 },
  data: { name: data },
  steps: data.endsWith('-dvs') ? 10 : 2,
  epochs: 5,
  batchSize: 50,
});
