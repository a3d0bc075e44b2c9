// Records of evaluations in a cell: one as its settings and rows, several a row each. Tests: test/display/show.test.ts.
import { measures } from '../measures/index.js';
import type { EvaluationRecord } from '../records/record.js';
import { flatten } from '../statistics/summary.js';

/** Whether something is a record of an evaluation. */
export const isEvaluation = (value: unknown): value is EvaluationRecord =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === 'evaluation' &&
  'results' in value;

/** In words: what the measure is called. */
const titleOf = ({ evaluation }: EvaluationRecord): string => measures[evaluation.kind].title;

const asked = ({ evaluation: { kind: _kind, ...settings } }: EvaluationRecord) => flatten(settings);

/** Of one evaluation: what it is, of which run, and its settings. Its numbers are the rows of `results`. */
export const evaluationRowsOf = (record: EvaluationRecord): object[] => [
  { what: 'evaluation', value: `${record.id} ${titleOf(record)}` },
  { what: 'of', value: record.of },
  ...Array.from(asked(record), ([what, value]) => ({ what, value })),
];

/** Its results: a table for each kind of row where there are several, such as layers, rates and totals, with its own columns. */
export function resultTablesOf({ results }: EvaluationRecord): object[][] {
  const rows = results as readonly Record<string, unknown>[];
  const kinds = [...new Set(rows.map(({ row }) => row))];
  if (kinds.length < 2) return [[...rows]];
  return kinds.map((kind) =>
    rows.filter(({ row }) => row === kind).map(({ row: _row, ...columns }) => columns),
  );
}

/** Of several evaluations a table for each kind, a row each: of which run, and the settings in which they differ. */
export function differingEvaluations(records: readonly EvaluationRecord[]): object[][] {
  const kinds = [...new Set(records.map(({ evaluation }) => evaluation.kind))];
  return kinds.map((kind) => rowsOf(records.filter(({ evaluation }) => evaluation.kind === kind)));
}

function rowsOf(records: readonly EvaluationRecord[]): object[] {
  const settings = records.map(asked);
  const paths = [...new Set(settings.flatMap((each) => [...each.keys()]))].filter(
    (path) => new Set(settings.map((each) => each.get(path) ?? null)).size > 1,
  );
  return records.map((record, i) => ({
    what: titleOf(record),
    ...Object.fromEntries(paths.map((path) => [path, settings[i].get(path) ?? null])),
    rows: record.results.length,
    of: record.of,
    evaluation: record.id,
  }));
}
