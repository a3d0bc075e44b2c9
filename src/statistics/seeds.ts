// Runs that differ in nothing but their seed, taken together: groups, their mean and spread, and effects paired by seed.
import { canonicalJson } from '../hash.js';
import type { RunRecord } from '../records/record.js';
import { mean, pairedDifference, sd, type Interval } from './interval.js';

/** Runs of one setting, by seed. */
export interface SeedGroup<Key> {
  key: Key;
  runs: RunRecord[];
}

/**
 * Groups runs by what `keyOf` says of them, in the order in which keys are met; runs of a group are sorted by seed.
 *
 * @param runs - records of trainings
 * @param keyOf - what is the same in a group, as JSON; leave the seed out of it
 * @returns the groups
 */
export function groupSeeds<Key>(
  runs: readonly RunRecord[],
  keyOf: (run: RunRecord) => Key,
): SeedGroup<Key>[] {
  const groups = new Map<string, SeedGroup<Key>>();
  for (const run of runs) {
    const key = keyOf(run);
    const name = canonicalJson(key);
    const group = groups.get(name) ?? { key, runs: [] };
    group.runs.push(run);
    groups.set(name, group);
  }
  for (const { runs: members } of groups.values())
    members.sort((a, b) => a.experiment.seed - b.experiment.seed);
  return [...groups.values()];
}

/** A number of a run, such as its test accuracy. */
export type Measure = (run: RunRecord) => number;

/**
 * Test accuracy after the last epoch, in %.
 *
 * @param run - the record of a training
 * @returns in %, NaN of a run without one
 */
export const testAccuracyOf: Measure = ({ outcome }) => 100 * (outcome.testAccuracy ?? NaN);

/** Validation accuracy after the last epoch, in %; NaN for a run that held nothing out. */
export const validationAccuracyOf: Measure = ({ outcome }) => 100 * (outcome.validationAccuracy ?? NaN);

/**
 * Test accuracy at the epoch that the validation part chooses, in %.
 *
 * @param run - the record of a training
 * @returns in %, NaN of a run that held nothing out
 */
export const atBestValidationOf: Measure = ({ outcome }) =>
  100 * (outcome.testAccuracyAtBestValidation ?? NaN);

/**
 * Test accuracy of the best epoch by the test part itself, in %: what publications often report, and too high.
 *
 * @param run - the record of a training
 * @returns in %, NaN of a run without epochs
 */
export const bestTestAccuracyOf: Measure = ({ outcome }) => 100 * (outcome.bestTestAccuracy ?? NaN);

/**
 * Generalisation gap in points: training minus test accuracy of the last epoch. Training accuracy is the mean over the
 * epoch while the weights move, so the gap is a little smaller than at the final weights.
 *
 * @param run - the record of a training
 * @returns in points, NaN of a run without epochs
 */
export const gapOf: Measure = ({ rows }) => {
  const last = rows.at(-1);
  return last === undefined ? NaN : 100 * (last.trainAccuracy - last.testAccuracy);
};

/** Mean and spread of a measure over seeds. */
export interface Spread {
  n: number;
  mean: number;
  /** Null for one seed. */
  sd: number | null;
}

/**
 * Mean ± sd of a measure over the runs of a group.
 *
 * @param runs - records that differ by seed
 * @param measure - a number of a run; default its test accuracy in %
 * @returns mean and sd in the unit of the measure; sd null for one run
 */
export function spreadOf(runs: readonly RunRecord[], measure: Measure = testAccuracyOf): Spread {
  const values = runs.map(measure);
  return { n: values.length, mean: mean(values), sd: values.length > 1 ? sd(values) : null };
}

/**
 * Treated minus baseline over the seeds that both have, with a 95 % t interval; undefined where they share none.
 *
 * @param treated - records that differ by seed
 * @param baseline - records of the other group
 * @param measure - a number of a run; default its test accuracy in %
 * @returns mean, sd and edges of the differences, in the unit of the measure
 */
export function pairedBySeed(
  treated: readonly RunRecord[],
  baseline: readonly RunRecord[],
  measure: Measure = testAccuracyOf,
): Interval | undefined {
  const bySeed = new Map(baseline.map((run) => [run.experiment.seed, run]));
  const pairs = treated.flatMap((run) => {
    const other = bySeed.get(run.experiment.seed);
    return other === undefined ? [] : [[measure(run), measure(other)]];
  });
  if (pairs.length === 0) return undefined;
  return pairedDifference(
    pairs.map(([value]) => value),
    pairs.map(([, value]) => value),
  );
}

/**
 * Mean of a measure over runs.
 *
 * @param runs - records that differ by seed
 * @param measure - a number of a run
 * @returns in the unit of the measure; null where a run lacks it
 */
export function meanOf(runs: readonly RunRecord[], measure: Measure): number | null {
  const values = runs.map(measure);
  return values.some(Number.isNaN) ? null : mean(values);
}
