// Tables as commands print them: as wide as the terminal, in full where a file or another program reads. Tests: test/display/fitted.test.ts.
import { print } from '../print.js';
import { fittedTable } from './fitted.js';

/** Options of a printed table. */
export interface PrintedTable {
  /** A line above. */
  heading?: string;
  /** Columns that a narrow terminal does without, what matters least first. */
  least?: readonly string[];
  /** All columns in full, however wide. */
  wide?: boolean;
}

/** Characters of a line of the terminal: its own, else those of `COLUMNS`; Infinity where neither is known, as in a pipe. */
export function terminalWidth(): number {
  const columns = process.stdout.columns ?? Number(process.env.COLUMNS);
  return columns >= 20 ? columns : Infinity;
}

/** Prints rows as a table no wider than the terminal; nothing when there are none. */
export function printTable(rows: readonly object[], { heading, least, wide }: PrintedTable = {}): void {
  if (rows.length === 0) return;
  const text = fittedTable(rows, { width: wide ? Infinity : terminalWidth(), least });
  print(`${heading === undefined ? '' : `${heading}\n`}${text}\n`);
}
