// The flagship's trainings with made-up accuracies.
import type { EvaluationRecord, RunRecord } from '../../src/records/record.js';
import { type Flagship, FLAGSHIPS, flagshipTrials } from '../../src/studies/flagship/trials.js';
import { evaluationOf, sampleRows, sampleRun } from './records.js';

/** A training by its name; accuracies are shares. */
export function flagshipRun(name: Flagship, test: number): RunRecord {
  const { settings } = flagshipTrials[FLAGSHIPS.indexOf(name)];
  const rows = sampleRows(settings.epochs!, true);
  Object.assign(rows.at(-1)!, { testAccuracy: test, validationAccuracy: 0.5 });
  return sampleRun({ settings: { ...settings, data: { name: 'shapes10', validation: 0.1 } }, rows });
}

/** The definition of noise of {@link flagshipNoise}. */
export const FLAGSHIP_NOISE = 'salt-pepper-pixels';

const LEVELS: readonly number[] = [0, 0.02, 0.1];

/** Its accuracies under noise at levels 0, 0.02 and 0.1. */
export const flagshipNoise = (run: RunRecord, accuracies: readonly number[]): EvaluationRecord => ({
  ...evaluationOf(
    run,
    'noise',
    LEVELS.map((level, i) => ({ level, accuracy: accuracies[i], loss: 1, examples: 20 })),
  ),
  evaluation: { kind: 'noise', definition: FLAGSHIP_NOISE, levels: [...LEVELS], seed: 0 },
});
