// The flagship's trainings: the paper's topology at a quarter of its width, as long as a sitting of two cores allows, beside the
// same without SGS and LR, its ANN twin, and half as long.
import type { ExperimentInput } from '../../experiment/experiment.js';
import type { RunRecord } from '../../records/record.js';
import { desk } from '../../sweep/presets/desk.js';
import { EVALUATIONS, FIGURE_7_LEVELS, type PlannedTrial, variant } from '../../sweep/presets/plan.js';
import { CHOSEN_NOISE, noiseEvaluations } from '../noise-robustness/study.js';

/** Epochs: under two hours of two cores. */
const EPOCHS = 20;

/** The trainings, by what they are called. */
export const FLAGSHIPS = ['SGS and LR', 'neither', 'ANN twin', 'SGS and LR, 10 epochs'] as const;

/** One of {@link FLAGSHIPS}. */
export type Flagship = (typeof FLAGSHIPS)[number];

const base: ExperimentInput = { ...desk.resnet, epochs: EPOCHS };

const SETTINGS: Readonly<Record<Flagship, ExperimentInput>> = {
  'SGS and LR': variant(base, { seed: 0, delta: 1e-4, beta: 1e-4 }),
  neither: variant(base, { seed: 0, delta: 0, beta: 0 }),
  'ANN twin': {
    ...variant(base, { seed: 0, delta: 0, beta: 0 }),
    network: { architecture: 'resnet19', width: 0.25, twin: 'ann' },
    steps: 1,
  },
  'SGS and LR, 10 epochs': variant(desk.resnet, { seed: 0, delta: 1e-4, beta: 1e-4 }),
};

/** The trials, in the order in which they are made. */
export const flagshipTrials: readonly PlannedTrial[] = FLAGSHIPS.map((name) => ({
  settings: { ...SETTINGS[name], name: `flagship, ${name}` },
  evaluations: [
    ...(name === 'ANN twin' ? [] : [EVALUATIONS.energy, EVALUATIONS.probe]),
    ...noiseEvaluations(CHOSEN_NOISE, FIGURE_7_LEVELS, 2000),
  ],
}));

/** Which of them a training is. */
export function flagshipOf({
  experiment: { network, neuron, epochs },
}: Pick<RunRecord, 'experiment'>): Flagship {
  if (network.twin === 'ann') return 'ANN twin';
  if (neuron.delta === 0) return 'neither';
  return epochs === EPOCHS ? 'SGS and LR' : 'SGS and LR, 10 epochs';
}
