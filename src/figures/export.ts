// Tables as files for other programs: CSV, JSON, Arrow and Parquet. The same rows give the same bytes.
import { bool, float64, tableFromArrays, tableToIPC, utf8, type DataType } from '@uwdata/flechette';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { SettingsError } from '../errors.js';
import { typedColumns, type Column } from './columns.js';
import { completeRows } from '../statistics/complete-rows.js';
import { toCsv, toTable } from './table.js';

/** The formats. */
export const EXPORT_FORMATS = ['csv', 'json', 'arrow', 'parquet'] as const;
/** One of {@link EXPORT_FORMATS}. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * Writes rows as a file of another program.
 *
 * - `csv`: RFC 4180 in UTF-8, numbers in full, text that a spreadsheet would take for a formula made inert.
 * - `json`: an array of objects, one a line, each with every column; null where a row has no value.
 * - `arrow`: an Arrow IPC file (Feather version 2), uncompressed.
 * - `parquet`: Parquet, Snappy.
 *
 * Arrow and Parquet have 64-bit floats, booleans and UTF-8 text, all nullable. Text in them is as it is.
 *
 * @param rows - at least one; columns are the union of their keys
 * @param format - `csv`, `json`, `arrow` or `parquet`
 * @returns the file's content: text of `csv` and `json`, bytes `[length]` of the others
 * @throws SettingsError when there are no rows: without rows nothing says which columns there are
 */
export function exportRows(rows: readonly object[], format: ExportFormat): string | Uint8Array {
  if (rows.length === 0)
    throw new SettingsError('exportRows: there are no rows; name another table, or less in --where');
  return WRITERS[format](rows);
}

const WRITERS: Record<ExportFormat, (rows: readonly object[]) => string | Uint8Array> = {
  csv: (rows) => toCsv(toTable(rows)),
  json: (rows) =>
    `[\n${everyColumn(rows)
      .map((row) => JSON.stringify(row))
      .join(',\n')}\n]\n`,
  arrow: (rows) => toArrowFile(typedColumns(toTable(rows))),
  parquet: (rows) => toParquet(typedColumns(toTable(rows))),
};

const everyColumn = (rows: readonly object[]): object[] =>
  completeRows(rows.map((row) => new Map(Object.entries(row))));

const ARROW_TYPES: Record<Column['kind'], () => DataType> = {
  number: float64,
  boolean: bool,
  text: utf8,
};

function toArrowFile(columns: readonly Column[]): Uint8Array {
  const table = tableFromArrays(
    columns.map(({ name, values }): [string, unknown[]] => [name, values]),
    { types: Object.fromEntries(columns.map(({ name, kind }) => [name, ARROW_TYPES[kind]()])) },
  );
  return tableToIPC(table, { format: 'file' })!;
}

const PARQUET_TYPES = { number: 'DOUBLE', boolean: 'BOOLEAN', text: 'STRING' } as const;

function toParquet(columns: readonly Column[]): Uint8Array {
  const columnData = columns.map(({ name, kind, values }) => ({
    name,
    type: PARQUET_TYPES[kind],
    nullable: true,
    data: values,
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'sgs-snn' }));
}
