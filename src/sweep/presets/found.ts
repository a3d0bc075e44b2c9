// The records of a preset's trials: which are there, which are missing, and how that is said.
import { SettingsError } from '../../errors.js';
import type { Experiment } from '../../experiment/experiment.js';
import { canonicalJson } from '../../hash.js';
import type { Runs } from '../../records/folder.js';
import type { EvaluationRecord, RunRecord, StoredRecord } from '../../records/record.js';
import { type Evaluation, evaluationIdOf } from '../../training/evaluate-run.js';
import { requireOneDataset } from './one-dataset.js';
import type { Trial } from './plan.js';

/** Identity of an experiment: everything but the name. */
export const contentOf = ({ name: _name, ...content }: Experiment): string => canonicalJson(content);

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
