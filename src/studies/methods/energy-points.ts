// Accuracy that each method adds to the baseline's, and what it takes of energy.
import type { MethodEffect, MethodRow } from './rows.js';
import { BASELINE } from './trials.js';

/** A method in the figure. */
export interface EnergyPoint {
  method: string;
  as: string;
  kind: string;
  /** Seeds. */
  n: number;
  /** Accuracy minus that of the baseline, within seeds, in points, with its 95 % interval: a seed may be better for all methods. */
  mean: number;
  lower: number | null;
  upper: number | null;
  /** Energy of an example by the paper's counting. */
  nanojoule: number;
  runs: string[];
}

/** Whether a case is the baseline, which all others are held against. */
export const isBaseline = ({ method, as }: { method: string; as: string }): boolean =>
  method === BASELINE && as === 'equal';

/**
 * The baseline at 0 and every method that has a seed with it and whose energy was counted; none where that of the baseline was not,
 * which the figure draws its lines through.
 */
export function energyPoints(rows: readonly MethodRow[], effects: readonly MethodEffect[]): EnergyPoint[] {
  const found = rows.flatMap((row) => {
    const { method, as, kind, nanojoulePaper: nanojoule, runs } = row;
    const effect = isBaseline(row)
      ? { n: row.n, mean: 0, lower: null, upper: null }
      : effects.find((one) => one.method === method && one.as === as);
    if (nanojoule === null || effect === undefined) return [];
    const { n, mean, lower, upper } = effect;
    return [{ method, as, kind, n, mean, lower, upper, nanojoule, runs }];
  });
  return found.some(isBaseline) ? found : [];
}

/** The Pareto front: those than which no other is as accurate and as cheap, and better in one of both. */
export const unbeaten = (points: readonly EnergyPoint[]): EnergyPoint[] =>
  points.filter(
    ({ mean, nanojoule }) =>
      !points.some(
        (other) =>
          other.mean >= mean &&
          other.nanojoule <= nanojoule &&
          (other.mean > mean || other.nanojoule < nanojoule),
      ),
  );
