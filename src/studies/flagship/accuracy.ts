// Accuracy of each training as each way of choosing an epoch would report it, with spikes, energy and time.
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import { atBestValidationOf, bestTestAccuracyOf, gapOf, testAccuracyOf } from '../../statistics/seeds.js';
import { energyAt } from '../latency/steps.js';
import { spikesOf } from '../spikes.js';
import { type Flagship, flagshipOf } from './trials.js';

/** A training. */
export interface FlagshipRow {
  training: Flagship;
  T: number;
  epochs: number;
  /** Test accuracy in %: after the last epoch, at the best epoch by validation, at the best by the test part. */
  last: number;
  bestValidation: number;
  bestTest: number;
  /** Training minus test accuracy after the last epoch, in points. */
  gap: number;
  /** Spikes of an example, of all layers and steps; null for the twin. */
  spikes: number | null;
  /** Energy of the ANN over that of the network by the paper's counting; null where it was not counted. */
  timesLess: number | null;
  /** Of training, with the passes over validation and test images. */
  minutes: number;
  run: string;
}

/** A row for each training that is there. */
export const flagshipRows = (
  runs: readonly RunRecord[],
  evaluations: readonly EvaluationRecord[],
): FlagshipRow[] =>
  runs.map((run) => {
    const { steps, epochs } = run.experiment;
    const energy = evaluations.find(({ of, evaluation }) => of === run.id && evaluation.kind === 'energy');
    const joule = energy && energyAt(energy, steps);
    return {
      ...{ training: flagshipOf(run), T: steps, epochs },
      ...{ last: testAccuracyOf(run), bestValidation: atBestValidationOf(run) },
      ...{ bestTest: bestTestAccuracyOf(run), gap: gapOf(run) },
      spikes: run.spikeRates.length === 0 ? null : spikesOf(run),
      timesLess: joule ? joule.ann / joule.snn : null,
      minutes: run.seconds / 60,
      run: run.id,
    };
  });
