// Accuracy of each cell at each number of training images, as each way of choosing an epoch would report it.
import { mean } from '../../statistics/interval.js';
import {
  atBestValidationOf,
  bestTestAccuracyOf,
  gapOf,
  meanOf,
  spreadOf,
  testAccuracyOf,
} from '../../statistics/seeds.js';
import { energyAt } from '../latency/steps.js';
import type { TrainingSize } from './sizes.js';

/** A cell at one number of training images. */
export interface AccuracyRow {
  images: number;
  delta: number;
  beta: number;
  /** Seeds. */
  n: number;
  /** Test accuracy in %: after the last epoch, at the best epoch by validation, at the best by the test part. */
  last: number;
  lastSd: number | null;
  bestValidation: number | null;
  bestTest: number;
  /** Training minus test accuracy after the last epoch, in points. */
  gap: number;
  gapSd: number | null;
  /** Energy of the ANN over that of the network by the paper's counting; null where it was not counted. */
  timesLess: number | null;
}

/** A row for each cell that has records. */
export const accuracyRows = (sizes: readonly TrainingSize[]): AccuracyRow[] =>
  sizes.flatMap(({ images, cells, evaluations }) =>
    cells.map(({ key: { delta, beta }, runs }) => {
      const last = spreadOf(runs, testAccuracyOf);
      const gap = spreadOf(runs, gapOf);
      const ratios = runs.flatMap(({ id, experiment }) =>
        evaluations
          .filter(({ of, evaluation }) => of === id && evaluation.kind === 'energy')
          .map((record) => {
            const { ann, snn } = energyAt(record, experiment.steps);
            return ann / snn;
          }),
      );
      return {
        ...{ images, delta, beta, n: last.n },
        ...{ last: last.mean, lastSd: last.sd },
        bestValidation: meanOf(runs, atBestValidationOf),
        bestTest: spreadOf(runs, bestTestAccuracyOf).mean,
        ...{ gap: gap.mean, gapSd: gap.sd },
        timesLess: ratios.length === 0 ? null : mean(ratios),
      };
    }),
  );
