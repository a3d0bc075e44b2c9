// Estimates the time of what is missing from the seconds of records.
import { canonicalJson } from '../hash.js';
import type { EpochRow, RunRecord, StoredRecord } from '../records/record.js';
import type { PlannedTrial } from './plan.js';

/** Seconds of trials one after the other, and what that is based on, in words. */
export interface Estimate {
  /** undefined where no record says anything. */
  seconds: number | undefined;
  basis: string;
}

/** Gives the seconds of so many epochs of a trial. */
export type Estimator = (trial: PlannedTrial, epochs: number) => number | undefined;

type Sized = Pick<RunRecord, 'experiment' | 'data' | 'macs' | 'numerics'>;

/** A training with the seconds of its epochs: a record, or one under way. */
export type Timed = Sized & Pick<RunRecord, 'kind'> & { rows: readonly Pick<EpochRow, 'seconds'>[] };

/** Work of an epoch: multiply–accumulates of the forward pass over its training examples. */
const work = ({ experiment, data, macs }: Sized): number => macs * experiment.steps * data.split.train;

const groupOf = ({ experiment: { network, data, steps, batchSize }, numerics }: Sized): string =>
  canonicalJson([network, data.name, steps, batchSize, numerics.engine, numerics.backend]);

/**
 * Learns from records how long an epoch takes: from runs of the same network, data, steps and batch on the same engine;
 * where there are none, from any run on that engine, by multiply–accumulates.
 */
export function estimator(records: readonly (StoredRecord | Timed)[]): {
  of: Estimator;
  describe(trials: readonly PlannedTrial[]): string;
} {
  const same = new Map<string, number[]>();
  const any = new Map<string, number[]>();
  for (const record of records) {
    if (record.kind !== 'run' || record.rows.length === 0) continue;
    const rate =
      record.rows.reduce((sum, { seconds }) => sum + seconds, 0) / record.rows.length / work(record);
    if (!(rate > 0 && Number.isFinite(rate))) continue;
    push(same, groupOf(record), rate);
    push(any, record.numerics.engine, rate);
  }
  const rateOf = ({ run }: PlannedTrial): number | undefined => {
    const rates = (same.size > 0 ? same.get(groupOf(run)) : undefined) ?? any.get(run.numerics.engine);
    return rates && median(rates);
  };
  return {
    of: (trial, epochs) => {
      const rate = rateOf(trial);
      return rate === undefined ? undefined : rate * work(trial.run) * epochs;
    },
    describe(trials) {
      const groups = new Set<string>();
      for (const { run } of trials) groups.add(groupOf(run));
      const alike = [...groups].reduce((sum, group) => sum + (same.get(group)?.length ?? 0), 0);
      const known = [...groups].filter((group) => same.has(group)).length;
      const others = new Set(trials.map(({ run }) => run.numerics.engine));
      const rough = [...others].reduce((sum, engine) => sum + (any.get(engine)?.length ?? 0), 0);
      if (known === groups.size)
        return `from the seconds of ${count(alike, 'record')} of the same network, data, T and batch`;
      if (rough === 0) return 'no record to go by: train one trial first';
      return (
        `rough: from ${count(rough, 'record')} on the same engine, by multiply–accumulates` +
        (known > 0 ? `; ${known} of ${groups.size} kinds of trials have records of their own` : '')
      );
    },
  };
}

/**
 * Seconds of all that is missing, as if one after the other.
 *
 * @param left - epochs that each trial still needs
 */
export function estimate(
  records: readonly StoredRecord[],
  left: readonly { trial: PlannedTrial; epochs: number }[],
): Estimate {
  const { of, describe } = estimator(records);
  const basis = describe(left.map(({ trial }) => trial));
  let seconds: number | undefined = 0;
  for (const { trial, epochs } of left) {
    const own = of(trial, epochs);
    seconds = own === undefined || seconds === undefined ? undefined : seconds + own;
  }
  return { seconds, basis };
}

const push = (map: Map<string, number[]>, key: string, value: number): void =>
  void map.set(key, [...(map.get(key) ?? []), value]);

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
