// Learning curves by number of training images: accuracy on training and test images against the images seen.
import { trainingNote } from '../../figures/training-note.js';
import { axis, type Figure, theme } from '../../figures/theme.js';
import { line } from '../../figures/traces.js';
import { mean, sd } from '../../statistics/interval.js';
import { sizesNote, type TrainingSize } from './sizes.js';

/** A point of a learning curve: means over seeds, in %. */
export interface CurveRow {
  images: number;
  epoch: number;
  /** Training images seen so far, repeated ones counted. */
  seen: number;
  n: number;
  test: number;
  testSd: number | null;
  training: number;
}

/** The learning curve of SGS and LR together at each number of images. */
export const curveRows = (sizes: readonly TrainingSize[]): CurveRow[] =>
  sizes.flatMap(({ images, cells }) => {
    const runs = cells.find(({ key }) => key.delta * key.beta > 0)?.runs ?? [];
    const epochs = Math.min(...runs.map(({ rows }) => rows.length));
    return Array.from({ length: runs.length === 0 ? 0 : epochs }, (_, i) => {
      const test = runs.map(({ rows }) => 100 * rows[i].testAccuracy);
      return {
        ...{ images, epoch: i + 1, seen: (i + 1) * images, n: runs.length },
        ...{ test: mean(test), testSd: test.length > 1 ? sd(test) : null },
        training: mean(runs.map(({ rows }) => 100 * rows[i].trainAccuracy)),
      };
    });
  });

/** Accuracy against images seen: solid on test images with ± one standard deviation over seeds, dashed on training images. */
export function curvesFigure(sizes: readonly TrainingSize[]): Figure {
  const rows = curveRows(sizes);
  return {
    data: sizes.flatMap(({ images, title, runs }, colour) => {
      const own = rows.filter((row) => row.images === images);
      const x = own.map(({ seen }) => seen);
      const shared = { x, colour, symbol: colour, runs: runs.map(({ id }) => id) };
      const half = own.map(({ testSd }) => testSd ?? 0);
      return [
        ...line({
          ...shared,
          name: `${title}, test`,
          y: own.map(({ test }) => test),
          lower: own.map(({ test }, i) => test - half[i]),
          upper: own.map(({ test }, i) => test + half[i]),
        }),
        ...line({
          ...shared,
          name: `${title}, training`,
          y: own.map(({ training }) => training),
          dash: 1,
        }),
      ];
    }),
    layout: theme({
      title: { text: 'Accuracy against training images seen, SGS and LR on' },
      margin: { t: 112 },
      xaxis: axis('training images seen, repeated ones counted', undefined, { type: 'log' }),
      yaxis: axis('accuracy', '%'),
      annotations: [trainingNote(sizesNote(sizes))],
    }),
  };
}
