// A row for each method: accuracy by each way of choosing an epoch, effect against the baseline, spikes, energy, time, gradients.
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import { shownInterval } from '../../statistics/few.js';
import { interval, type Interval, mean } from '../../statistics/interval.js';
import {
  atBestValidationOf,
  bestTestAccuracyOf,
  meanOf,
  pairedBySeed,
  spreadOf,
  testAccuracyOf,
} from '../../statistics/seeds.js';
import { type Tested, withTests } from '../../statistics/tested.js';
import { energyAt } from '../latency/steps.js';
import { spikesOf } from '../spikes.js';
import { BASELINE, METHOD_CASES, type TrainedCase } from './trials.js';

/** A method that was trained. */
export interface MethodRow {
  method: string;
  title: string;
  kind: string;
  as: string;
  /** Seeds, and time steps T. */
  n: number;
  T: number;
  /** Test accuracy in %: after the last epoch with its spread and 95 % interval, at the best epoch by validation, at the best by test. */
  last: number;
  lastSd: number | null;
  lower: number | null;
  upper: number | null;
  bestValidation: number | null;
  bestTest: number;
  /** Spikes of an example, of all layers and steps; null where neurons hand on no spikes. */
  spikes: number | null;
  /** Energy of an example in nJ by the paper's counting and with multiplications counted; null where not counted. */
  nanojoulePaper: number | null;
  nanojouleMultiplied: number | null;
  /** Seconds of the fastest epoch, the passes over validation and test images not among them, on one thread of the machine of the record. */
  seconds: number;
  /** Between the gradient of the first weights and finite differences, and share of weights that a batch moves; null where not measured. */
  cosine: number | null;
  coverage: number | null;
  runs: string[];
}

/** Accuracy minus that of the baseline, within seeds. */
export interface MethodEffect extends Interval, Tested {
  method: string;
  as: string;
  kind: string;
  runs: string[];
}

const MULTIPLIED = { cost: 'int32', firstLayer: 'macOnce', averages: 'mac' } as const;

/** A row for each case that was trained. */
export const methodRows = (
  cases: readonly TrainedCase[],
  evaluations: readonly EvaluationRecord[],
): MethodRow[] =>
  cases
    .filter(({ runs }) => runs.length > 0)
    .map(({ method, as, runs }) => {
      const last = shownInterval(interval(runs.map(testAccuracyOf)));
      const [{ experiment }] = runs;
      const of = (kind: string): EvaluationRecord[] =>
        evaluations.filter(
          ({ evaluation, of: id }) => evaluation.kind === kind && runs.some((run) => run.id === id),
        );
      const energies = of('energy');
      const nanojoule = (counting?: typeof MULTIPLIED): number | null =>
        energies.length === 0
          ? null
          : mean(energies.map((record) => energyAt(record, experiment.steps, counting).snn / 1000));
      const result = (kind: string, name: string): number | null => {
        const value = of(kind)[0]?.results.at(-1)?.[name];
        return typeof value === 'number' ? value : null;
      };
      return {
        ...{ method: method.name, title: method.title, kind: method.kind, as },
        ...{ n: runs.length, T: experiment.steps },
        ...{ last: last.mean, lastSd: last.sd, lower: last.lower, upper: last.upper },
        bestValidation: meanOf(runs, atBestValidationOf),
        bestTest: spreadOf(runs, bestTestAccuracyOf).mean,
        spikes: runs.some(({ spikeRates }) => spikeRates.length > 0) ? mean(runs.map(spikesOf)) : null,
        nanojoulePaper: nanojoule(),
        nanojouleMultiplied: nanojoule(MULTIPLIED),
        seconds: Math.min(...runs.map(fastestEpochOf)),
        cosine: result('alignment', 'cosine'),
        coverage: result('coverage', 'share'),
        runs: runs.map(({ id }) => id),
      };
    });

/** Seconds of training in the fastest epoch: other work on a machine only slows. */
const fastestEpochOf = ({ rows, data }: RunRecord): number =>
  data.split.train / Math.max(...rows.map(({ imagesPerSecond }) => imagesPerSecond));

/** Effects of every method but the baseline, p corrected for all cases, those without three seeds too. */
export function methodEffects(cases: readonly TrainedCase[]): MethodEffect[] {
  const baseline = cases.find(({ method, as }) => method.name === BASELINE && as === 'equal');
  return withTests(
    cases.flatMap((one) => {
      const difference = one === baseline ? undefined : pairedBySeed(one.runs, baseline?.runs ?? []);
      if (difference === undefined) return [];
      const { method, as, runs } = one;
      return [{ ...difference, method: method.name, as, kind: method.kind, runs: runs.map(({ id }) => id) }];
    }),
    METHOD_CASES.length - 1,
  );
}
