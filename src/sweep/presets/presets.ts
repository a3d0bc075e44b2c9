// The presets by name, and what studies ask of them as trials: what `npm run reproduce` makes before it runs the notebooks. Which
// trials there are, the studies say (src/studies).
import { type DatasetName, datasets } from '../../data/sets/index.js';
import { experiment, type ExperimentInput } from '../../experiment/experiment.js';
import { canonicalJson } from '../../hash.js';
import { networkLabel } from '../../network/architectures.js';
import type { Evaluation } from '../../measures/index.js';
import { desk } from './desk.js';
import { contentOf } from './found.js';
import { paper } from './paper.js';
import type { PlannedTrial, Preset, Trial } from './plan.js';
import { quick } from './quick.js';
import { whole } from './whole.js';

export { FIGURE_7_LEVELS } from './plan.js';

/**
 * The presets. `quick`: embedded data, a few minutes. `desk`: a fifth of CIFAR-10, hours on two cores, resumable. `whole`: the same on
 * all of it, days. `paper`: the full recipe, for a GPU or a cluster.
 */
export const PRESET_NAMES = ['quick', 'desk', 'whole', 'paper'] as const;

/** One of {@link PRESET_NAMES}. */
export type PresetName = (typeof PRESET_NAMES)[number];

const PRESETS: Record<PresetName, Preset> = { quick, desk, whole, paper };

/** The preset whose trainings are meant where a study names none for this one; undefined where none are. */
export const likenessOf = (preset: PresetName): PresetName | undefined => PRESETS[preset].like;

/** The presets that mean the same trainings on other numbers of images, a preset itself among them, in the order of the list. */
export const kinOf = (preset: PresetName): PresetName[] =>
  PRESET_NAMES.filter(
    (other) => other === preset || likenessOf(other) === preset || likenessOf(preset) === other,
  );

/** Requests of a study to a preset. */
export interface Asked {
  /** The study's stem. */
  group: string;
  trials: readonly PlannedTrial[];
}

/**
 * The trials that studies ask of a preset, network by network and within one in the order of the studies; those of the same
 * training as one.
 *
 * @param options - `data`: train those on the preset's main data set on another one instead, whole
 */
export function completeTrials(
  preset: PresetName,
  asked: readonly Asked[],
  options: { data?: DatasetName } = {},
): Trial[] {
  const known = PRESETS[preset];
  const main: Preset =
    options.data === undefined || options.data === known.data.name ? known : { data: wholly(options.data) };
  const trials = asked.flatMap(({ group, trials }) =>
    trials.map(({ settings, evaluations }): Trial => {
      const { data, fingerprint } = settings.data ? { data: settings.data } : main;
      const trial = { group, experiment: experiment({ ...settings, data }), evaluations };
      return fingerprint === undefined ? trial : { ...trial, fingerprint };
    }),
  );
  return byNetwork(mergeTrials(trials));
}

/** Trials of one network together, in the order in which networks are met: the small ones, which come first, are done first. */
const byNetwork = (trials: readonly Trial[]): Trial[] => {
  const labels = trials.map(({ experiment }) => networkLabel(experiment.network));
  return [...new Set(labels)].flatMap((network) => trials.filter((_, i) => labels[i] === network));
};

/** Whether a notebook looks at a trial. A training that two notebooks look at belongs to both. */
export const isFor = ({ group }: Trial, notebook: string): boolean => group.split('+').includes(notebook);

/** The networks of trials by label, that of most trainings first. */
export function networksOf(trials: readonly Pick<Trial, 'experiment'>[]): string[] {
  const labels = trials.map(({ experiment }) => networkLabel(experiment.network));
  const count = (network: string): number => labels.filter((label) => label === network).length;
  return [...new Set(labels)].sort((a, b) => count(b) - count(a));
}

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
            group: [...new Set([...known.group.split('+'), ...trial.group.split('+')])].join('+'),
            evaluations: distinct([...known.evaluations, ...trial.evaluations]),
          }
        : trial,
    );
  }
  return [...merged.values()];
}

const distinct = (evaluations: Evaluation[]): Evaluation[] => [
  ...new Map(evaluations.map((evaluation) => [canonicalJson(evaluation), evaluation])).values(),
];

/** All of a data set, augmented as suits it. */
function wholly(name: DatasetName): { name: DatasetName; augment?: 'standard' | 'none' } {
  const { augment } = datasets[name];
  return { name, ...(augment && { augment }) };
}

/** Default experiment of `sgs train`: a small net, five epochs. */
export function starterExperiment(data: DatasetName): ExperimentInput {
  const events = datasets[data].kind === 'frames';
  return {
    name: `starter on ${data}`,
    network: events ? { architecture: 'vggsnn', width: 0.125 } : { architecture: 'convNet', width: 0.5 },
    data: wholly(data),
    steps: events ? 10 : 2,
    epochs: 5,
    batchSize: events ? 16 : 50, // ten frames of a recording take ten times the memory of an image
  };
}
