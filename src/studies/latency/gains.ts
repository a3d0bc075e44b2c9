// Gains of another time step: accuracy over seeds and the factor in energy from one T to the next. Tests:
// test/studies/views.test.ts.
import type { RunRecord } from '../../records/record.js';
import type { Interval } from '../../statistics/interval.js';
import { pairedBySeed } from '../../statistics/seeds.js';
import { effectSentence } from '../../statistics/wording.js';
import type { LatencyPoint } from './steps.js';

/** From one T to the next that was trained. */
export interface StepGain {
  from: number;
  to: number;
  /** Test accuracy at `to` minus that at `from`, paired by seed, in points, and its 95 % interval. */
  gain: number;
  lower: number | null;
  upper: number | null;
  seeds: number;
  /** Energy by the paper's counting at `to` over that at `from`; null where either was not measured. */
  energyFactor: number | null;
}

/** Accuracy with `to` steps minus accuracy with `from`, paired by seed; undefined where no seed has both. */
export const gainOver = (trained: readonly RunRecord[], from: number, to: number): Interval | undefined => {
  const at = (T: number): RunRecord[] => trained.filter(({ experiment }) => experiment.steps === T);
  return pairedBySeed(at(to), at(from));
};

/**
 * A row for each pair of neighbouring T that have a seed in common.
 *
 * @param points - in ascending order of T
 */
export const stepGains = (trained: readonly RunRecord[], points: readonly LatencyPoint[]): StepGain[] =>
  points.slice(1).flatMap((after, i) => {
    const before = points[i];
    const gain = gainOver(trained, before.steps, after.steps);
    if (gain === undefined) return [];
    return [
      {
        from: before.steps,
        to: after.steps,
        ...{ gain: gain.mean, lower: gain.lower, upper: gain.upper, seeds: gain.n },
        energyFactor: before.energy && after.energy ? after.energy.paper / before.energy.paper : null,
      },
    ];
  });

/** A gain in words. */
export function gainSentence({ from, to, gain, lower, upper, seeds, energyFactor }: StepGain): string {
  const effect = { mean: gain, lower, upper, sd: null, n: seeds };
  const energy = energyFactor === null ? '' : `; energy × ${energyFactor.toFixed(2)}`;
  return `${effectSentence(`T from ${from} to ${to}: test accuracy`, effect)}${energy}`;
}
