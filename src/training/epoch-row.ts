// The row of the record that an epoch becomes.
import type { EvaluationSummary } from '../measures/accuracy.js';
import type { Checkpoint } from '../records/checkpoint.js';
import { type EpochRow, finiteOrNull } from '../records/record.js';
import type { Network } from '../network/layers.js';
import { saturatedLayers, silentLayers } from './warnings.js';

/** Results of the test part, and of the validation part where there is one, after an epoch. */
export interface Evaluated {
  test: EvaluationSummary;
  validation?: EvaluationSummary;
}

/** Means over an epoch of what its steps summed up, and what was evaluated at its end. */
export function epochRow(
  { loss, lipschitz, terms, correct, seen }: Checkpoint['partial'],
  steps: number,
  { test, validation }: Evaluated,
  {
    epoch,
    learningRate,
    gradient,
    ...pace
  }: Pick<EpochRow, 'epoch' | 'learningRate' | 'seconds' | 'imagesPerSecond' | 'gradient'>,
  network: Network,
): EpochRow {
  const silent = silentLayers(test.activity ?? []);
  const saturated = saturatedLayers(test.activity ?? [], network);
  return {
    epoch,
    learningRate,
    trainLoss: finiteOrNull(loss / seen),
    trainAccuracy: correct / seen,
    lipschitz: finiteOrNull(lipschitz / steps),
    ...(terms && { terms: terms.map((sum) => finiteOrNull(sum / steps)) }),
    ...(validation && {
      validationLoss: finiteOrNull(validation.loss),
      validationAccuracy: validation.accuracy,
    }),
    testLoss: finiteOrNull(test.loss),
    testAccuracy: test.accuracy,
    ...pace,
    ...(silent.length > 0 && { silent }),
    ...(saturated.length > 0 && { saturated }),
    ...(gradient && { gradient }),
  };
}
