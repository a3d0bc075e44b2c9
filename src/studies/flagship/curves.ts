// Learning curves of the flagship's trainings.
import { trainingNote, trainingSetting } from '../../figures/training-note.js';
import { axis, type Figure, theme } from '../../figures/theme.js';
import { line } from '../../figures/traces.js';
import type { RunRecord } from '../../records/record.js';
import { type Flagship, FLAGSHIPS, flagshipOf } from './trials.js';

/** A point of a curve, in %. */
export interface FlagshipCurveRow {
  training: Flagship;
  epoch: number;
  test: number;
  validation: number | null;
  trainingAccuracy: number;
}

/** The curves of all trainings, below one another. */
export const flagshipCurveRows = (runs: readonly RunRecord[]): FlagshipCurveRow[] =>
  runs.flatMap((run) =>
    run.rows.map((row) => ({
      ...{ training: flagshipOf(run), epoch: row.epoch, test: 100 * row.testAccuracy },
      validation: row.validationAccuracy === undefined ? null : 100 * row.validationAccuracy,
      trainingAccuracy: 100 * row.trainAccuracy,
    })),
  );

/** Accuracy over epochs: solid on test images, dashed on training images. */
export function flagshipCurves(runs: readonly RunRecord[]): Figure {
  const rows = flagshipCurveRows(runs);
  const network = runs.filter(({ experiment }) => experiment.network.twin === undefined);
  return {
    data: runs.flatMap((run) => {
      const training = flagshipOf(run);
      const own = rows.filter((row) => row.training === training);
      const place = FLAGSHIPS.indexOf(training);
      const shared = {
        x: own.map(({ epoch }) => epoch),
        ...{ colour: place, symbol: place, runs: [run.id] },
      };
      return [
        ...line({ ...shared, name: `${training}, test`, y: own.map(({ test }) => test) }),
        ...line({
          ...{ ...shared, name: `${training}, training`, dash: 1 },
          y: own.map(({ trainingAccuracy }) => trainingAccuracy),
        }),
      ];
    }),
    layout: theme({
      title: { text: 'Flagship: accuracy over epochs' },
      height: 520,
      margin: { t: 132 },
      xaxis: axis('epoch', undefined, { dtick: 2 }),
      yaxis: axis('accuracy', '%'),
      annotations: [trainingNote(trainingSetting(network.length > 0 ? network : runs))],
    }),
  };
}
