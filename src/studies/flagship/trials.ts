// The flagship's trainings: the paper's topology at a quarter of its width, as long as a sitting of two cores allows, beside the
// same without SGS and LR, and its ANN twin.
import type { ExperimentInput } from '../../experiment/experiment.js';
import type { RunRecord } from '../../records/record.js';
import { desk } from '../../sweep/presets/desk.js';
import { EVALUATIONS, FIGURE_7_LEVELS, type PlannedTrial, variant } from '../../sweep/presets/plan.js';
import { CHOSEN_NOISE, noiseEvaluations } from '../noise-robustness/study.js';

/** Epochs: under two hours of two cores. */
const EPOCHS = 20;

/** The three trainings, by what they are called. */
export const FLAGSHIPS = ['SGS and LR', 'neither', 'ANN twin'] as const;

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
};

/** The trials, in the order in which they are made. */
export const flagshipTrials: readonly PlannedTrial[] = FLAGSHIPS.map((name) => ({
  settings: { ...SETTINGS[name], name: `flagship, ${name}` },
  evaluations: [
    ...(name === 'ANN twin' ? [] : [EVALUATIONS.energy, EVALUATIONS.probe]),
    ...noiseEvaluations(CHOSEN_NOISE, FIGURE_7_LEVELS, 2000),
  ],
}));

/** Which of the three a training is. */
export const flagshipOf = ({ experiment: { network, neuron } }: Pick<RunRecord, 'experiment'>): Flagship =>
  network.twin === 'ann' ? 'ANN twin' : neuron.delta === 0 ? 'neither' : 'SGS and LR';
