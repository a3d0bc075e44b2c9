// Lists of trainings and evaluations by name: what `npm run reproduce` makes before it runs the notebooks.
import type { DatasetName } from './data/dataset.js';
import type { Evaluation } from './evaluations.js';
import { canonicalJson } from './identity.js';
import { experiment, type DataSettings, type Experiment, type ExperimentInput } from './experiment.js';
import { SettingsError } from './errors.js';
import type { RunRecord } from './record.js';
import type { Runs } from './runs.js';

/** A training of a preset, with the evaluations that are made of it. */
export interface Trial {
  /** What it is for: the stem of a notebook. */
  group: string;
  experiment: Experiment;
  evaluations: Evaluation[];
}

/** The presets. `quick`: embedded data, a few minutes. `desk`: real CIFAR-10, an hour or so on two cores. */
export const PRESET_NAMES = ['quick', 'desk'] as const;
/** One of {@link PRESET_NAMES}. */
export type PresetName = (typeof PRESET_NAMES)[number];

/** The noise levels of the paper's Fig. 7: ten from 0.02 to 0.10. */
export const FIGURE_7_LEVELS: readonly number[] = Array.from(
  { length: 10 },
  (_, i) => Math.round((0.02 + (0.08 * i) / 9) * 1e6) / 1e6,
);

/** What sets a preset apart. */
interface Size {
  data: DataSettings;
  base: ExperimentInput;
  /** Weights β of the Lipschitz regularisation that are compared under noise. */
  betas: number[];
  seeds: number[];
  noiseLevels: readonly number[];
  /** Noise definitions, one of each kind at least. */
  noiseDefinitions: string[];
  noiseLimit: number;
}

const SIZES: Record<PresetName, Size> = {
  quick: {
    data: { name: 'shapes10', trainLimit: 2000, testLimit: 500, validation: 0, augment: 'none' },
    base: {
      network: { architecture: 'convNet', width: 0.25 },
      epochs: 4,
      batchSize: 25,
      optimizer: { kind: 'adam', learningRate: 5e-3 },
    },
    betas: [0, 1e-4],
    seeds: [0, 1, 2],
    noiseLevels: [0.02, 0.06, 0.1],
    noiseDefinitions: ['gaussian-pixel-sigma-clip', 'salt-pepper-pixels'],
    noiseLimit: 500,
  },
  desk: {
    data: { name: 'cifar10', validation: 0, augment: 'standard' },
    base: { network: { architecture: 'convNet', width: 0.5 }, epochs: 10, batchSize: 50 },
    betas: [0, 1e-4],
    seeds: [0, 1, 2],
    noiseLevels: FIGURE_7_LEVELS,
    noiseDefinitions: [
      'gaussian-pixel-sigma-clip',
      'gaussian-normalised-sigma',
      'salt-pepper-pixels',
      'salt-pepper-values',
    ],
    noiseLimit: 2000,
  },
};

/**
 * The trials of a preset, in the order in which they are made.
 *
 * @param options - `data`: train them on another data set, whole
 */
export function presetTrials(preset: PresetName, options: { data?: DatasetName } = {}): Trial[] {
  const { data, base, betas, seeds, noiseLevels, noiseDefinitions, noiseLimit } = SIZES[preset];
  const chosen = options.data === undefined || options.data === data.name ? data : { name: options.data };
  const make = (name: string, more: ExperimentInput): Experiment =>
    experiment({ ...base, ...more, name, data: chosen });
  const noise = noiseDefinitions.map((definition): Evaluation => ({
    kind: 'noise',
    definition,
    levels: [0, ...noiseLevels],
    seed: 0,
    limit: noiseLimit,
  }));
  const quickstart: Trial = {
    group: 'quickstart',
    experiment: make('quickstart', { seed: seeds[0] }),
    evaluations: [{ kind: 'confusion' }, { kind: 'energy' }, { kind: 'probe' }],
  };
  const robustness = seeds.flatMap((seed) =>
    betas.map((beta): Trial => ({
      group: 'noise-robustness',
      experiment: make(`${beta === 0 ? 'without LR' : `LR beta = ${beta}`}, seed ${seed}`, {
        seed,
        lipschitz: { beta },
      }),
      evaluations: noise,
    })),
  );
  return mergeTrials([quickstart, ...robustness]);
}

/** The trials of a preset that a notebook looks at. A training that two notebooks look at is in both. */
export const trialsOf = (preset: PresetName, group: string, options: { data?: DatasetName } = {}): Trial[] =>
  presetTrials(preset, options).filter((trial) => trial.group.split('+').includes(group));

/** Joins trials of the same training: it is made once, with the evaluations of all. */
function mergeTrials(trials: Trial[]): Trial[] {
  const merged = new Map<string, Trial>();
  for (const trial of trials) {
    const key = contentOf(trial.experiment);
    const known = merged.get(key);
    merged.set(
      key,
      known
        ? {
            ...known,
            group: `${known.group}+${trial.group}`,
            evaluations: [...known.evaluations, ...trial.evaluations],
          }
        : trial,
    );
  }
  return [...merged.values()];
}

/** What makes two experiments the same: everything but the name. */
const contentOf = ({ name: _name, ...content }: Experiment): string => canonicalJson(content);

/**
 * The finished record of an experiment in a folder, if it is there.
 *
 * @throws SettingsError when there are several, from other data or another engine: a mean over them would count a
 *   seed twice
 */
export function recordOf(runs: Runs, wanted: Experiment): RunRecord | undefined {
  const content = contentOf(wanted);
  const found = runs
    .list()
    .records.filter(
      (record): record is RunRecord =>
        record.kind === 'run' && record.outcome.status === 'done' && contentOf(record.experiment) === content,
    );
  if (found.length > 1)
    throw new SettingsError(
      `${runs.folder} has ${found.length} records of ${wanted.name} (${found.map(({ id }) => id).join(', ')}), made on other data or by another engine; keep one, or use another folder`,
    );
  return found[0];
}

/** What `sgs train` trains when nothing is said: a small net, five epochs. */
export function starterExperiment(data: DatasetName): ExperimentInput {
  const events = data.endsWith('-dvs');
  return {
    name: `starter on ${data}`,
    network: events ? { architecture: 'vggsnn', width: 0.125 } : { architecture: 'convNet', width: 0.5 },
    data: { name: data },
    steps: events ? 10 : 2,
    epochs: 5,
    batchSize: events ? 16 : 50, // ten frames of a recording take ten times the memory of an image
  };
}
