// Records of trainings and evaluations: the types of the two records, their ids, and the headline figures of a run. text.ts turns
// them into text and back; runs.ts keeps them in a folder.
import type { Dataset, Normalisation } from '../data/dataset.js';
import type { Numerics, Tuning } from '../engines/engine.js';
import type { Experiment } from '../experiment/experiment.js';
import { contentId } from '../hash.js';
import type { Json } from '../json.js';
import type { EvaluationKind, ResultRow } from '../measures/index.js';
import type { Provenance } from './provenance.js';

/** Raised when the fields of a record change; a record of another version is refused by name. */
export const RECORD_VERSION = 1;

/** Data of a run, and its split. */
export interface RecordedData {
  /** The data set's name, as in the experiment. */
  name: string;
  /** Where it came from and how much of it was there, for people. */
  description: string;
  /** SHA-256 (hex) of the data set's content, as `train` computed it. */
  fingerprint: string;
  /**
   * Only of a data set that was given as arrays: its name does not give it again. What besides bytes and labels makes it.
   */
  arrays?: {
    kind: Dataset['kind'];
    shape: Dataset['shape'];
    classes: string[];
    normalisation: Normalisation;
  };
  split: RecordedSplit;
}

/** A named split: how many examples each part has, and a hash over which ones. */
export interface RecordedSplit {
  name: string;
  /** SHA-256 (hex) over the indices of the parts. */
  hash: string;
  train: number;
  validation: number;
  test: number;
}

/**
 * One completed epoch. Losses are means over examples, `null` where the mean was NaN or infinite (JSON has no
 * such numbers); accuracies lie in [0, 1].
 */
export interface EpochRow {
  /** 1-based: row i of a record is epoch i + 1. */
  epoch: number;
  learningRate: number;
  /** Loss of the logits over the training examples, each taken before the update it causes. */
  trainLoss: number | null;
  trainAccuracy: number;
  /** Mean Lipschitz penalty of the epoch's steps. */
  lipschitz: number | null;
  /** Only where the loss is a list: mean of the epoch's steps of each term, without its weight. */
  terms?: (number | null)[];
  /** Only where the experiment holds out a validation part. */
  validationLoss?: number | null;
  validationAccuracy?: number;
  testLoss: number | null;
  testAccuracy: number;
  /** Wall-clock seconds of the epoch, evaluation included. */
  seconds: number;
  /** Training examples a second, evaluation excluded. */
  imagesPerSecond: number;
  /**
   * Only where there is one: the layers of neurons of which none fired after the epoch, for the test examples that were
   * looked at (the first 100; after the last epoch all).
   */
  silent?: string[];
  /** Likewise: the layers of which every neuron fired for each of them at every step. */
  saturated?: string[];
  /** Only where a rule of the experiment gives them: numbers of the gradient through the spikes that were in force. */
  gradient?: Tuning;
}

/** Ends of a run. `done` and `diverged` are final; the others may be resumed or run again. */
export const STATUSES = ['done', 'diverged', 'interrupted', 'failed'] as const;

/** One of {@link STATUSES}. */
export type Status = (typeof STATUSES)[number];

/** Where and why a run stopped before its last epoch. */
export interface Stop {
  /** 0-based index of the batch in the unfinished epoch. */
  step?: number;
  /** One line for people, such as `the loss is NaN`. */
  reason?: string;
}

/** The end of a run, and its headline figures. Made by `outcomeOf` only. */
export interface Outcome extends Stop {
  status: Status;
  /** Epochs completed: the number of rows. */
  epoch: number;
  /** The headline: test accuracy of the last completed epoch. */
  testAccuracy?: number;
  /** The best test accuracy of any epoch (chosen on the test part: not a headline), and the first epoch that has it. */
  bestTestAccuracy?: number;
  bestTestEpoch?: number;
  /** Validation accuracy of the last completed epoch, where there is a validation part. */
  validationAccuracy?: number;
  /** The best validation accuracy, the first epoch that has it, and the test accuracy of that epoch. */
  bestValidationAccuracy?: number;
  bestValidationEpoch?: number;
  testAccuracyAtBestValidation?: number;
}

/** Spike rate of one layer's neurons, over the test part at the end of the run. */
export interface SpikeRate {
  layer: string;
  /** Share of neurons that fire, by time step, `[T]`. */
  rates: number[];
}

/** A training: everything needed to repeat it, and what came of it. */
export interface RunRecord extends Provenance {
  /** `RECORD_VERSION`. */
  schema: number;
  kind: 'run';
  /** `runId` of the experiment, the data's fingerprint and the numerics. */
  id: string;
  experiment: Experiment;
  numerics: Numerics;
  data: RecordedData;
  /** Trainable parameters. */
  parameters: number;
  /** Multiply–accumulates of one example and one time step. */
  macs: number;
  rows: EpochRow[];
  outcome: Outcome;
  spikeRates: SpikeRate[];
  /** `weightsDigest` of the final weights; null where a run ended without any. */
  weightsDigest: string | null;
  /** Wall-clock seconds, all resumed parts together. */
  seconds: number;
  /** Number of times the run was continued from a checkpoint. */
  resumed: number;
  /** Only where there is something to say: what is suspicious about data or network, one line each, with the number. */
  warnings?: string[];
}

/** The evaluation: its kind and whatever settings decide the result, as plain JSON. */
export interface EvaluationSettings {
  kind: EvaluationKind;
  [setting: string]: Json;
}

/** Subject of an evaluation; all of it, and nothing else, enters the record's id. */
export interface EvaluationSubject {
  /** The id of the run whose weights are evaluated. */
  of: string;
  /** `weightsDigest` of those weights. */
  weightsDigest: string;
  evaluation: EvaluationSettings;
  /** `Dataset.fingerprint` of the data evaluated on. */
  dataFingerprint: string;
}

/** An evaluation of a run's weights. */
export interface EvaluationRecord extends EvaluationSubject, Provenance {
  /** `RECORD_VERSION`. */
  schema: number;
  kind: 'evaluation';
  /** `evaluationId` of the subject. */
  id: string;
  numerics: Numerics;
  results: ResultRow[];
  /** Wall-clock seconds. */
  seconds: number;
}

/** Either kind of record; `kind` tells which. */
export type StoredRecord = RunRecord | EvaluationRecord;

/**
 * The id of a run: a hash of everything that decides its result (the experiment without its name, the data and
 * the numerics), and of nothing else (not threads, machine or commit).
 *
 * @param fingerprint - `Dataset.fingerprint`
 */
export function runId(
  { name: _label, data, ...rest }: Experiment,
  fingerprint: string,
  numerics: Numerics,
): string {
  // The content of data counts, wherever it lies. A damaged record may lack its settings: then it has another id.
  const { path: _path, ...kept } = (data as Experiment['data'] | undefined) ?? {};
  return contentId('run', { experiment: { ...rest, ...(data && { data: kept }) }, fingerprint, numerics });
}

/** The id of an evaluation: a hash of run id, weights digest, evaluation settings and data fingerprint. */
export function evaluationId({ of, weightsDigest, evaluation, dataFingerprint }: EvaluationSubject): string {
  return contentId('eval', { of, weightsDigest, evaluation, dataFingerprint });
}

/** True for a run that is never run again. Evaluations are always final. */
export const isFinal = (record: StoredRecord): boolean =>
  record.kind === 'evaluation' || record.outcome.status === 'done' || record.outcome.status === 'diverged';

/**
 * What a record found, without when, where and how fast: equal for two runs of the same experiment exactly when
 * their results are. A run that was interrupted and continued has the result of one that was not.
 */
export function resultOf(record: StoredRecord): Record<string, unknown> {
  const { machine: _m, versions: _v, commit: _c, dirty: _d, seconds: _s, ...rest } = record;
  if (rest.kind === 'evaluation') return rest;
  const { resumed: _r, rows, experiment, data, ...found } = rest;
  return {
    ...found,
    experiment: { ...experiment, name: undefined, data: { ...experiment.data, path: undefined } },
    data: { ...data, description: undefined },
    rows: rows.map((row) => ({ ...row, seconds: undefined, imagesPerSecond: undefined })),
  };
}

/** A loss as a record holds it: null in place of NaN and infinities. */
export const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/**
 * The outcome of a run with its headline figures, from its rows.
 *
 * @param rows - the completed epochs, in order
 * @param stop - where and why, for a run that did not reach its end
 */
export function outcomeOf(status: Status, rows: readonly EpochRow[], { step, reason }: Stop = {}): Outcome {
  const outcome: Outcome = { status, epoch: rows.length };
  if (step !== undefined) outcome.step = step;
  if (reason !== undefined) outcome.reason = reason;
  const last = rows.at(-1);
  if (!last) return outcome;
  const bestTest = best(rows, (row) => row.testAccuracy);
  Object.assign(outcome, {
    testAccuracy: last.testAccuracy,
    bestTestAccuracy: bestTest.testAccuracy,
    bestTestEpoch: bestTest.epoch,
  });
  if (last.validationAccuracy === undefined) return outcome;
  const bestValidation = best(rows, (row) => row.validationAccuracy ?? -1);
  return Object.assign(outcome, {
    validationAccuracy: last.validationAccuracy,
    bestValidationAccuracy: bestValidation.validationAccuracy,
    bestValidationEpoch: bestValidation.epoch,
    testAccuracyAtBestValidation: bestValidation.testAccuracy,
  });
}

/** The first row with the greatest value. */
const best = (rows: readonly EpochRow[], value: (row: EpochRow) => number): EpochRow =>
  rows.reduce((found, row) => (value(row) > value(found) ? row : found));
