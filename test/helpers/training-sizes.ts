// Two sizes of a training set with made-up accuracies, of which every effect is known.
import type { EvaluationRecord } from '../../src/records/record.js';
import { ablationCells } from '../../src/studies/sgs-ablation/cells.js';
import type { TrainingSize } from '../../src/studies/training-set-size/sizes.js';
import { madeGrid } from './sweep.js';

/** Test accuracy in % by cell (`δ,β`) and seed. */
export type Accuracies = Readonly<Record<string, readonly number[]>>;

/** On fewer images SGS adds 1, 2, 6 without LR and takes 4 with it; LR adds 10 without SGS and 5, 4, 0 with it. */
export const FEWER: Accuracies = {
  '0,0': [50, 52, 57],
  '0,0.0001': [60, 62, 67],
  '0.0001,0': [51, 54, 63],
  '0.0001,0.0001': [56, 58, 63],
};
/** On more images SGS adds 1, 1, 4 without LR and nothing with it; LR adds 2 without SGS and 1, 1, −2 with it. */
export const MORE: Accuracies = {
  '0,0': [70, 72, 74],
  '0,0.0001': [72, 74, 76],
  '0.0001,0': [71, 73, 78],
  '0.0001,0.0001': [72, 74, 76],
};

/** The trainings of one size. */
export function madeSize(
  images: number,
  accuracies: Accuracies,
  evaluate: (runs: TrainingSize['runs']) => EvaluationRecord[] = () => [],
): TrainingSize {
  const runs = madeGrid([0, 1e-4], [0, 1e-4], [0, 1, 2], (delta, beta, seed) => ({
    test: accuracies[`${delta},${beta}`][seed] / 100,
    validation: 0.5,
  }));
  return {
    ...{ images, runs, evaluations: evaluate(runs), cells: ablationCells(runs) },
    title: `${images.toLocaleString('en-US')} images`,
    network: 'convNet',
    data: 'shapes10',
  };
}

/** Both sizes: 9,000 and 45,000 images. */
export const madeSizes = (): TrainingSize[] => [madeSize(9000, FEWER), madeSize(45_000, MORE)];
