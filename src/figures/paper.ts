// The paper's published values, from data/paper, for comparison with ours.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromCSV, type ColumnTable } from 'arquero';
import { DataError, SettingsError } from '../errors.js';
import { paperRoot } from '../paths.js';

/**
 * The files of data/paper: `fig7` (accuracy against noise level), `sgs-claims` (the other numbers), `ledger`
 * (every equation, figure and table, and what became of it here), `comparison` (accuracies of other methods). Columns and sources: data/paper/README.md.
 */
export type PaperFile = 'fig7' | 'sgs-claims' | 'ledger' | 'comparison';

/**
 * Reads published values as an arquero table; numbers are numbers.
 *
 * @param name - of a file of `data/paper`, without its ending
 * @returns a table with the columns of the file; data/paper/README.md says where each value was read
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

/** A number of the paper's, of its data set where it is about one. */
export interface PaperClaim {
  claim: string;
  dataset: string;
  value: number;
  /** Half of the last digit that the paper gives. */
  rounding: number;
  /** Where it was read. */
  source: string;
}

/**
 * One of the paper's other numbers, by what it claims.
 *
 * @param dataset - where there is one for each data set; default the first
 * @throws SettingsError for a claim that is not in `sgs-claims`
 */
export function paperClaim(claim: string, dataset?: string): PaperClaim {
  const claims = readPaper('sgs-claims').objects() as PaperClaim[];
  const found = claims.find((row) => row.claim === claim && (dataset ?? row.dataset) === row.dataset);
  if (found === undefined) {
    const known = [...new Set(claims.map((row) => row.claim))].join(', ');
    throw new SettingsError(
      `paperClaim: the paper claims no ${JSON.stringify(claim)}${dataset === undefined ? '' : ` on ${dataset}`}; there are ${known}`,
    );
  }
  return found;
}
