// The paper's published values, from data/paper: what our numbers are put beside.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromCSV, type ColumnTable } from 'arquero';
import { DataError } from '../errors.js';
import { paperRoot } from '../paths.js';

/**
 * The files of data/paper: `fig7` (accuracy against noise level), `sgs-claims` (the other numbers), `ledger`
 * (every equation, figure and table, and what became of it here), `comparison` (accuracies of other methods). Columns and sources: data/paper/README.md.
 */
export type PaperFile = 'fig7' | 'sgs-claims' | 'ledger' | 'comparison';

/**
 * Reads published values as an arquero table; numbers are numbers.
 *
 * @throws DataError when the package's own file is missing
 */
export function readPaper(name: PaperFile): ColumnTable {
  const file = join(paperRoot(), `${name}.csv`);
  try {
    return fromCSV(readFileSync(file, 'utf8')) as ColumnTable;
  } catch (error) {
    throw new DataError(file, (error as Error).message, 'install the package again; this file is part of it');
  }
}
