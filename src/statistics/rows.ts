// Records as plain rows for other programs: one row a run, an epoch, a layer's step, or a result of an evaluation. Every
// row has every column of its table, null where the record says nothing, as of a run that diverged.
import { completeRows } from './complete-rows.js';
import { flatten, type Cell } from './summary.js';
import { decidingSettings } from './settings.js';
import type { RunHeader } from '../records/header.js';
import type { EvaluationRecord, RunRecord } from '../records/record.js';

/** A row: value by column. Nested fields are columns with dotted names. */
export type ExportRow = Record<string, Cell>;

/**
 * One row a run: its settings under the names that `compare` takes, how it ended, and where it comes from.
 *
 * @param runs - records or headers of trainings
 * @returns flat rows, for `toTable` or `exportRows`
 */
export const runRows = (runs: readonly RunHeader[]): ExportRow[] =>
  table(
    runs.map((run) => {
      const { id, parameters, macs, outcome, weightsDigest, seconds, resumed } = run;
      const { machine, versions, commit, dirty } = run;
      return {
        id,
        ...decidingSettings(run),
        description: run.data.description,
        outcome,
        parameters,
        macs,
        weightsDigest,
        seconds,
        resumed,
        machine,
        versions,
        commit,
        dirty,
      };
    }),
  );

/**
 * One row an epoch; `id` is the run's.
 *
 * @param runs - records of trainings
 * @returns flat rows, for `toTable` or `exportRows`; accuracies in [0, 1]
 */
export const epochRows = (runs: readonly RunRecord[]): ExportRow[] =>
  table(runs.flatMap(({ id, rows }) => rows.map((epoch) => ({ id, ...epoch }))));

/**
 * One row a layer and time step (1-based): the share of its neurons that fire; `id` is the run's.
 *
 * @param runs - records of trainings
 * @returns flat rows, for `toTable` or `exportRows`; rates in [0, 1]
 */
export const spikeRows = (runs: readonly RunRecord[]): ExportRow[] =>
  runs.flatMap(({ id, spikeRates }) =>
    spikeRates.flatMap(({ layer, rates }) => rates.map((rate, t) => ({ id, layer, step: t + 1, rate }))),
  );

/**
 * One row a result of an evaluation; `of` is the run's id.
 *
 * @param evaluations - records of `evaluate`, of one kind or several
 * @returns flat rows, for `toTable` or `exportRows`
 */
export const resultRows = (evaluations: readonly EvaluationRecord[]): ExportRow[] =>
  table(
    evaluations.flatMap(({ id, of, evaluation, results }) =>
      results.map((result) => ({ id, of, evaluation, result })),
    ),
  );

const table = (rows: readonly object[]): ExportRow[] => completeRows(rows.map(flatten));
