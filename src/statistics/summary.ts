// Records side by side, as plain rows: what `sgs runs list`, `show` and `compare` print.
import { canonicalJson, sha256 } from '../hash.js';
import { networkLabel } from '../network/architectures.js';
import { type EvaluationHeader, type Header, headerOf, type RunHeader } from '../records/header.js';
import type { StoredRecord } from '../records/record.js';

/** A value in a table cell. */
export type Cell = string | number | boolean | null;

/** One run in a list of runs. */
export interface RunSummary {
  id: string;
  name: string;
  status: string;
  /** Epochs completed and asked for, such as `30/150`. */
  epochs: string;
  data: string;
  network: string;
  steps: number;
  seed: number;
  /** Shares in [0, 1]; null where no epoch was completed, or there is no validation part. */
  testAccuracy: number | null;
  bestTestAccuracy: number | null;
  validationAccuracy: number | null;
  seconds: number;
}

/**
 * The runs among records, one row each.
 *
 * @param records - runs and evaluations, whole or their headers; evaluations are left out
 * @returns rows for `table`; accuracies in [0, 1], null where there is none
 */
export function summariseRuns(records: readonly (StoredRecord | Header)[]): RunSummary[] {
  return records.filter(isRun).map(({ id, experiment, outcome, seconds }) => ({
    id,
    name: experiment.name,
    status: outcome.status,
    epochs: `${outcome.epoch}/${experiment.epochs}`,
    data: experiment.data.name,
    network: networkLabel(experiment.network),
    steps: experiment.steps,
    seed: experiment.seed,
    testAccuracy: outcome.testAccuracy ?? null,
    bestTestAccuracy: outcome.bestTestAccuracy ?? null,
    validationAccuracy: outcome.validationAccuracy ?? null,
    seconds,
  }));
}

/** One evaluation in a list of evaluations. */
export interface EvaluationSummaryRow {
  id: string;
  /** The run that was evaluated. */
  of: string;
  kind: string;
  /** Number of its rows of results. */
  rows: number;
  seconds: number;
}

/** The evaluations among records, one row each. */
export function summariseEvaluations(records: readonly (StoredRecord | Header)[]): EvaluationSummaryRow[] {
  return records
    .map((record) => ('results' in record ? headerOf(record) : record))
    .filter((header): header is EvaluationHeader => header.kind === 'evaluation')
    .map(({ id, of, evaluation, resultRows, seconds }) => ({
      id,
      of,
      kind: evaluation.kind,
      rows: resultRows,
      seconds,
    }));
}

/** One field of several runs: the field's name, then each run's value under its id. */
export type ComparisonRow = Record<string, Cell>;

/** Runs side by side. */
export interface RunComparison {
  /** What decides a run and is not the same in all of them; null where one does not have it. */
  differences: ComparisonRow[];
  /** The end of each. */
  results: ComparisonRow[];
}

/**
 * Compares runs: settings, numerics and data that differ, and all headline figures.
 *
 * @param runs - any number of runs, in the order of the columns
 * @returns a row for each setting or figure, with a column for each run
 */
export function compareRuns(runs: readonly RunHeader[]): RunComparison {
  const inputs = table(runs, ({ experiment, numerics, data }) =>
    flatten({ ...experiment, numerics, fingerprint: data.fingerprint, split: data.split }),
  );
  const outcomes = table(runs, ({ outcome, weightsDigest, parameters, seconds }) =>
    flatten({ ...outcome, parameters, weightsDigest, seconds }),
  );
  const differs = ({ field: _name, ...values }: ComparisonRow): boolean =>
    new Set(Object.values(values).map((value) => canonicalJson(value))).size > 1;
  return { differences: inputs.filter(differs), results: outcomes };
}

const isRun = (record: StoredRecord | Header): record is RunHeader => record.kind === 'run';

/** A row for each field that any of the runs has, in the order in which fields are met. */
function table(runs: readonly RunHeader[], fieldsOf: (run: RunHeader) => Map<string, Cell>): ComparisonRow[] {
  const columns = runs.map((run) => [run.id, fieldsOf(run)] as const);
  const fields = new Set(columns.flatMap(([, values]) => [...values.keys()]));
  return [...fields].map((field) => ({
    field,
    ...Object.fromEntries(columns.map(([id, values]) => [id, values.get(field) ?? null])),
  }));
}

/**
 * Nested fields by dotted name, `neuron.delta`. Lists of plain values become one text, lists of objects their length; the layers
 * of a network have some digits of their hash too, by which networks are told apart.
 */
export function flatten(value: object): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  collect(cells, value, '');
  return cells;
}

function collect(cells: Map<string, Cell>, value: object, prefix: string): void {
  for (const key of Object.keys(value)) {
    const entry = (value as Record<string, unknown>)[key];
    const field = prefix + key;
    if (entry === undefined) continue;
    if (Array.isArray(entry) && key === 'loss') collect(cells, entry, `${field}.`); // terms: loss.1.weight
    else if (Array.isArray(entry))
      cells.set(field, entry.some(isNested) ? lengthOf(key, entry) : entry.map(String).join(', '));
    else if (isNested(entry)) collect(cells, entry, `${field}.`);
    else cells.set(field, entry as Cell);
  }
}

const lengthOf = (key: string, list: readonly unknown[]): string =>
  key === 'layers'
    ? `${list.length} layers (${sha256(canonicalJson(list)).slice(0, 8)})`
    : `${list.length} rows`;

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;
