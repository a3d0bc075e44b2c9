// The tables of RESULTS.md about a study: rows made from the numbers of its outputs as it declares.
import { type ColumnTable, fromCSV } from 'arquero';
import { stemOf } from '../figures/stems.js';
import type { Cells } from '../studies/result-table.js';
import { declaredName, type Study } from '../studies/study.js';
import type { Output } from './outputs.js';

/** A table about one output. */
export interface StudyTable {
  output: Output;
  rows: Record<string, string>[];
}

/**
 * The tables of a study, in the order that it declares, those of further networks behind that of the first.
 *
 * @param outputs - of its notebook
 */
export function resultRows(study: Study, outputs: readonly Output[]): StudyTable[] {
  const { stem, results = [] } = study;
  const nameOf = (output: Output): string =>
    output.stem === stem ? stem : output.stem.slice(stemOf(stem, '').length);
  return results.flatMap(({ of, where = () => true, columns }) =>
    outputs
      .filter((output) => output.csv !== null && declaredName(study, nameOf(output)) === of)
      .map((output) => ({
        output,
        rows: cellsOf(output.csv!)
          .filter(where)
          .map((row) =>
            Object.fromEntries(Object.entries(columns).map(([heading, print]) => [heading, print(row)])),
          ),
      }))
      .filter(({ rows }) => rows.length > 0),
  );
}

/** The rows of a CSV file, every cell as its text. */
const cellsOf = (csv: string): Cells[] =>
  ((fromCSV(csv, { autoType: false }) as ColumnTable).objects() as Record<string, string | null>[]).map(
    (row) => Object.fromEntries(Object.entries(row).map(([name, text]) => [name, text ?? ''])),
  );
