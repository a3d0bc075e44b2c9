// Tables of RESULTS.md, made from the numbers of an output: which rows, and columns that say a number with its spread.
import { effectInBrief } from '../statistics/wording.js';
import { pValueText } from '../statistics/p-text.js';
import { withMinus } from '../text.js';

/** A row of an output's CSV file: the text of each cell, empty where there is no value. */
export type Cells = Readonly<Record<string, string>>;

/** A table of RESULTS.md. */
export interface ResultTable {
  /** The figure or table whose numbers are printed; those of its further networks are printed like it. */
  of: string;
  /** The rows that are shown; default all. */
  where?: (row: Cells) => boolean;
  /** Heading of each column, and what stands in it. */
  columns: Readonly<Record<string, (row: Cells) => string>>;
}

/** A cell as it stands. */
export const cell =
  (name: string) =>
  (row: Cells): string =>
    row[name];

/** A number with so many digits after the point; nothing where there is none. */
export const rounded =
  (name: string, digits: number = 2) =>
  (row: Cells): string =>
    row[name] === '' ? '' : withMinus(Number(row[name]).toFixed(digits));

/** `60.72 ± 0.69`; without a spread where there is one seed. */
export const spread =
  (mean: string, sd: string, digits: number = 2) =>
  (row: Cells): string =>
    rounded(mean, digits)(row) + (row[sd] === '' ? '' : ` ± ${Number(row[sd]).toFixed(digits)}`);

/** `−0.42 points [−0.59, −0.25]` of the columns `mean`, `lower` and `upper`. */
export const effect =
  (mean: string = 'mean') =>
  (row: Cells): string =>
    row[mean] === ''
      ? ''
      : effectInBrief({
          n: Number(row.n),
          mean: Number(row[mean]),
          sd: optional(row.sd),
          lower: optional(row.lower),
          upper: optional(row.upper),
        });

/** A p as it is written in tables. */
export const pValue =
  (name: string) =>
  (row: Cells): string =>
    row[name] === '' ? '' : pValueText(Number(row[name]));

const optional = (text: string | undefined): number | null =>
  text === undefined || text === '' ? null : Number(text);
