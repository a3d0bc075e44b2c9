// Rows as typed columns, for Arrow and Parquet files.
import type { ColumnTable } from 'arquero';

/** A column of one kind; null where a row has no value. */
export type Column =
  | { name: string; kind: 'number'; values: (number | null)[] }
  | { name: string; kind: 'boolean'; values: (boolean | null)[] }
  | { name: string; kind: 'text'; values: (string | null)[] };

/**
 * The columns of a table. Numbers are one kind, whole or not, so that two exports have one schema; a column that
 * mixes kinds, or has no value at all, is text. NaN and infinities, which records never hold, are null.
 */
export function typedColumns(table: ColumnTable): Column[] {
  return table.columnNames().map((name) => {
    const values = Array.from({ length: table.numRows() }, (_, row) => orNull(table.get(name, row)));
    if (only(values, isNumber)) return { name, kind: 'number', values };
    if (only(values, isBoolean)) return { name, kind: 'boolean', values };
    return { name, kind: 'text', values: values.map((value) => (value === null ? null : asText(value))) };
  });
}

const orNull = (value: unknown): unknown =>
  value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? null : value;

const isNumber = (value: unknown): value is number => typeof value === 'number';

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

/** Whether every value is of a kind or null, and one is not null. */
const only = <Kind>(values: unknown[], is: (value: unknown) => value is Kind): values is (Kind | null)[] =>
  values.some(is) && values.every((value) => value === null || is(value));

const asText = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);
