// The presets by name, what studies ask of them as trials, and the records of these: what `npm run reproduce` makes before it
// runs the notebooks. Which trials there are, the studies say (src/studies).
import { type DatasetName, datasets } from '../../data/sets/index.js';
import { SettingsError } from '../../errors.js';
import { experiment, type Experiment, type ExperimentInput } from '../../experiment/experiment.js';
import { canonicalJson } from '../../hash.js';
import { networkLabel } from '../../network/architectures.js';
import type { Runs } from '../../records/folder.js';
import type { EvaluationRecord, RunRecord, StoredRecord } from '../../records/record.js';
import { type Evaluation, evaluationIdOf } from '../../training/evaluate-run.js';
import { desk } from './desk.js';
import { requireOneDataset } from './one-dataset.js';
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

/** Identity of an experiment: everything but the name. */
const contentOf = ({ name: _name, ...content }: Experiment): string => canonicalJson(content);

/**
 * The finished record of an experiment in a folder, if it is there.
 *
 * @throws SettingsError when there are several, from other data or another engine: a mean over them would count a
 *   seed twice
 */
export const recordOf = (runs: Runs, wanted: Experiment): RunRecord | undefined =>
  recordAmong(runs.list().records, wanted, runs.folder);

function recordAmong(
  records: readonly StoredRecord[],
  wanted: Experiment,
  folder: string,
): RunRecord | undefined {
  const content = contentOf(wanted);
  const found = records.filter(
    (record): record is RunRecord =>
      record.kind === 'run' && record.outcome.status === 'done' && contentOf(record.experiment) === content,
  );
  if (found.length > 1)
    throw new SettingsError(
      `${folder} has ${found.length} records of ${wanted.name} (${found.map(({ id }) => id).join(', ')}), made on other data or by another engine; keep one, or use another folder`,
    );
  return found[0];
}

const isDiverged = (record: StoredRecord): record is RunRecord =>
  record.kind === 'run' && record.outcome.status === 'diverged';

/** The records of a list of trials: those that are finished, and the trials that have none. */
export interface FoundRecords {
  runs: RunRecord[];
  missing: Trial[];
  /** Those of the missing ones that were trained and diverged: training them again gives the same. Absent: none. */
  diverged?: Trial[];
  /** Evaluations of the finished runs that their trials ask for; others that were made of them are not among them. */
  evaluations: EvaluationRecord[];
  /** Evaluations that the trials of finished runs ask for and that have no record. */
  missingEvaluations: { run: RunRecord; evaluation: Evaluation }[];
}

/**
 * Looks up the records of the trials that a notebook reads.
 *
 * @throws SettingsError where a trial has several records, or trials of one data set were made on different data
 */
export function recordsOf(runs: Runs, trials: readonly Trial[]): FoundRecords {
  const all = runs.list().records;
  const found = trials.map((trial) => ({ trial, record: recordAmong(all, trial.experiment, runs.folder) }));
  const records = found.flatMap(({ record }) => record ?? []);
  requireOneDataset(records, runs.folder);
  // Those of the trials only: another evaluation of a run would be counted as one more seed.
  const wanted = new Set(
    found.flatMap(({ trial, record }) =>
      record === undefined ? [] : trial.evaluations.map((evaluation) => evaluationIdOf(record, evaluation)),
    ),
  );
  const evaluations = all.filter(
    (record): record is EvaluationRecord => record.kind === 'evaluation' && wanted.has(record.id),
  );
  const made = new Set(evaluations.map(({ id }) => id));
  const missing = found.filter(({ record }) => record === undefined).map(({ trial }) => trial);
  const broken = new Set(all.filter(isDiverged).map(({ experiment }) => contentOf(experiment)));
  return {
    runs: records,
    missing,
    diverged: missing.filter((trial) => broken.has(contentOf(trial.experiment))),
    evaluations,
    missingEvaluations: found.flatMap(({ trial, record: run }) =>
      run === undefined
        ? []
        : trial.evaluations
            .filter((evaluation) => !made.has(evaluationIdOf(run, evaluation)))
            .map((evaluation) => ({ run, evaluation })),
    ),
  };
}

/** So many names of what is missing are listed. */
const NAMED = 4;

/**
 * What a notebook says about the records that it reads: how many there are, what is missing, and how that is made.
 *
 * @param command - what makes the missing ones
 * @returns a line
 * @throws SettingsError when no training is there
 */
export function describeFound(
  { runs, missing, diverged = [], evaluations, missingEvaluations }: FoundRecords,
  command: string,
): string {
  const trainings = runs.length + missing.length;
  if (runs.length === 0)
    throw new SettingsError(`none of ${trainings} trainings is there: run \`${command}\` first`);
  const lacking = [
    ...missing.filter((trial) => !diverged.includes(trial)).map(({ experiment: { name } }) => name),
    ...missingEvaluations.map(({ run, evaluation }) => `${evaluation.kind} of ${run.experiment.name}`),
  ];
  const there = `${runs.length} of ${trainings} trainings are there, with ${evaluations.length} evaluations`;
  const broken = diverged.map(({ experiment: { name } }) => name);
  return [
    there,
    ...(broken.length === 0 ? [] : [`diverged, and in no number: ${someOf(broken)}`]),
    ...(lacking.length === 0 ? [] : [`missing: ${someOf(lacking)}. To make them: ${command}`]),
  ].join('; ');
}

const someOf = (names: readonly string[]): string =>
  names.slice(0, NAMED).join('; ') + (names.length > NAMED ? ` and ${names.length - NAMED} more` : '');

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
