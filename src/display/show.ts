// `show`: displays figures, tables, records, parts of studies and things with a display of their own.
import type { ColumnTable } from 'arquero';
import type { Figure } from '../figures/theme.js';
import { print } from '../print.js';
import type { EvaluationRecord, RunRecord } from '../records/record.js';
import { plot } from './plot.js';
import { printedComparison } from '../statistics/print.js';
import { differenceFigure, isComparison } from './comparison.js';
import { differingEvaluations, evaluationRowsOf, isEvaluation, resultTablesOf } from './evaluations.js';
import { differingRows, isRun, runRowsOf } from './runs.js';
import { table, type TableInput } from './table.js';

/** The method by which a thing shows itself. */
export const SHOWN = Symbol.for('sgs-snn.show');

/** A thing that shows itself. */
export interface Showable {
  [SHOWN](): void | Promise<void>;
}

/**
 * Shows something in the cell; outside a notebook it is printed. Figures (Plotly JSON) are drawn; rows, arquero tables and
 * danfo frames are tables; of a run what it gave and what was set, of an evaluation what it asked and its rows, of several the
 * settings in which they differ; a comparison is its table and a forest plot of its intervals; of a sweep the table of its trials; parts of a study show their figures, tables and sentences. A
 * promise is awaited first.
 *
 * @param value - anything, or a promise of it; what is none of these is printed as text or JSON
 * @returns resolves when it is shown
 * @throws SettingsError when a figure has a size that is none; what the promise rejects with
 *
 * @example
 * ```ts
 * const study = await openStudy('noise-robustness');
 * await show(study.accuracy);
 * ```
 */
export async function show(value: unknown): Promise<void> {
  const what = await value;
  if (isShowable(what)) await what[SHOWN]();
  else if (isFigure(what)) await plot(what);
  else if (isRun(what)) table(runRowsOf(what), { limit: Infinity });
  else if (isEvaluation(what)) {
    table(evaluationRowsOf(what), { limit: Infinity });
    for (const rows of resultTablesOf(what)) table(rows);
  } else if (isList(what, isRecord)) showRecords(what);
  else if (isComparison(what)) {
    table(printedComparison(what), { limit: Infinity });
    const figure = differenceFigure(what);
    if (figure) await plot(figure);
    what.notes.forEach(print);
  } else if (isSweep(what)) table(filled(what.table), { limit: Infinity });
  else if (isTable(what)) table(what);
  else print(typeof what === 'string' ? what : (JSON.stringify(what, null, 2) ?? String(what)));
}

const isObject = (value: unknown): value is Record<string | symbol, unknown> =>
  typeof value === 'object' && value !== null;

const isShowable = (value: unknown): value is Showable =>
  isObject(value) && typeof value[SHOWN] === 'function';

const isList = <One>(value: unknown, is: (one: unknown) => one is One): value is One[] =>
  Array.isArray(value) && value.length > 0 && value.every(is);

const isRecord = (value: unknown): value is RunRecord | EvaluationRecord =>
  isRun(value) || isEvaluation(value);

/** Trainings in a table, evaluations in one for each kind. */
function showRecords(records: readonly (RunRecord | EvaluationRecord)[]): void {
  const runs = records.filter(isRun);
  const evaluations = records.filter(isEvaluation);
  if (runs.length > 0) table(differingRows(runs), { limit: Infinity });
  for (const rows of differingEvaluations(evaluations)) table(rows, { limit: Infinity });
}

/** Result of `sweep` and `sweepResults`. */
const isSweep = (value: unknown): value is { table: ColumnTable } =>
  isObject(value) && 'records' in value && 'complete' in value && isTable(value.table);

/** A table's rows without the columns that are empty in each of them. */
function filled(rows: ColumnTable): object[] {
  const names = rows
    .columnNames()
    .filter((name) => Array.from(rows.array(name)).some((cell) => cell != null));
  return rows.select(names).objects();
}

const isFigure = (value: unknown): value is Figure =>
  isObject(value) && Array.isArray(value.data) && isObject(value.layout);

const isTable = (value: unknown): value is TableInput =>
  Array.isArray(value)
    ? value.length > 0 && value.every(isObject)
    : isObject(value) &&
      (typeof value.columnNames === 'function' ||
        ('columns' in value && 'values' in value && 'index' in value));

/**
 * What the kernel gives the last value of a cell to (jupyter/last-value.cjs): things that are something to look at. Plain arrays and
 * objects stay as JavaScript prints them.
 */
Object.defineProperty(globalThis, Symbol.for('sgs-snn.last-value'), {
  configurable: true,
  value: {
    takes: (value: unknown): boolean =>
      isShowable(value) ||
      isFigure(value) ||
      isRun(value) ||
      isEvaluation(value) ||
      isList(value, isRecord) ||
      isComparison(value) ||
      isSweep(value) ||
      (isTable(value) && !Array.isArray(value)),
    show,
  },
});
