// A comparison as a table: numbers in full for files, and as a paper prints it for people.
import type { Cell } from './summary.js';
import type { ComparedGroup, Comparison } from './compare.js';
import { hasInterval, tooFew } from './few.js';
import { pValueText } from './p-text.js';
import { settingCell } from './settings.js';

/** A row of a comparison's table. */
export type ComparisonTableRow = Record<string, Cell>;

/**
 * One row a group with every number in a column of its own: for CSV files, data frames and further computation.
 * Accuracies in %, differences in points.
 *
 * @param comparison - from `compare`
 * @returns a row for each group; null where there is no number
 */
export function comparisonRows({ groups }: Comparison): ComparisonTableRow[] {
  return groups.map((group) => {
    const { values, difference, runs, ...figures } = group;
    return {
      ...settingCells(values),
      ...figures,
      pairs: difference?.n ?? null,
      difference: difference?.mean ?? null,
      differenceSd: difference?.sd ?? null,
      lower: difference?.lower ?? null,
      upper: difference?.upper ?? null,
      dz: difference?.dz ?? null,
      g: difference?.g ?? null,
      p: difference?.p ?? null,
      pCorrected: difference?.corrected ?? null,
      runs: runs.join(' '),
    };
  });
}

const settingCells = (values: ComparedGroup['values']): ComparisonTableRow =>
  Object.fromEntries(Object.entries(values).map(([path, value]) => [path, settingCell(value)]));

/** Counts of runs without a result that are shown only where there are any. */
const LOSSES = ['diverged', 'failed', 'interrupted'] as const;

/**
 * One row a group as a paper prints it: `78.20 ± 5.61`, `+1.90 [−0.42, 4.22]`. A difference from fewer than three pairs
 * stands without interval, d_z and g, which would look surer than they are. Columns that would be empty in every row are
 * left out.
 *
 * @param comparison - from `compare`
 * @returns a row for each group, its cells text; null where there is nothing to say
 */
export function printedComparison({ groups, measure }: Comparison): ComparisonTableRow[] {
  const headline = measure === 'testAccuracy' ? 'test accuracy (%)' : 'validation accuracy (%)';
  const rows = groups.map((group): ComparisonTableRow => {
    const { difference } = group;
    const losses = LOSSES.map((name) => [name, group[name] || null] as const);
    return {
      ...settingCells(group.values),
      seeds: group.seeds,
      ...Object.fromEntries(losses),
      [headline]: group.mean === null ? null : meanAndSpread(group.mean, group.sd),
      ...(measure === 'testAccuracy' && { 'validation (%)': fixed(group.validationMean) }),
      'best test epoch (%)': fixed(group.bestTestMean),
      'best by validation': group.selected ? 'yes' : null,
      'difference (points)': group.baseline ? 'baseline' : difference && withInterval(difference),
      pairs: difference?.n ?? null,
      d_z: difference && hasInterval(difference) ? fixed(difference.dz) : null,
      'Hedges g': difference && hasInterval(difference) ? fixed(difference.g) : null,
      p: probability(difference?.p),
      'p (Holm)': probability(difference?.corrected),
    };
  });
  const settings = new Set(groups.flatMap(({ values }) => Object.keys(values)));
  const filled = Object.keys(rows[0] ?? {}).filter(
    (name) => settings.has(name) || rows.some((row) => row[name] !== null),
  );
  return rows.map((row) => Object.fromEntries(filled.map((name) => [name, row[name]])));
}

const signed = (value: number): string => value.toFixed(2).replace('-', '−');

const fixed = (value: number | null): string | null => (value === null ? null : signed(value));

const meanAndSpread = (mean: number, sd: number | null): string =>
  sd === null ? signed(mean) : `${signed(mean)} ± ${signed(sd)}`;

function withInterval(difference: NonNullable<ComparedGroup['difference']>): string {
  const { mean } = difference;
  const size = `${mean > 0 ? '+' : ''}${signed(mean)}`;
  return hasInterval(difference)
    ? `${size} [${signed(difference.lower)}, ${signed(difference.upper)}]`
    : `${size} (${tooFew(difference)})`;
}

const probability = (p: number | null | undefined): string | null =>
  p === null || p === undefined ? null : pValueText(p);
