// The product of norms along each network that was measured, a row a training. Tests: test/studies/views.test.ts.
import type { EvaluationRecord, RunRecord } from '../../records/record.js';

/** Products of the largest singular values of all layers: an index of what the linear parts could amplify, not a bound. */
export interface NormIndex {
  beta: number;
  seed: number;
  /** Of the operators with batch norm folded in. */
  withBatchNorm: number;
  operatorsAlone: number;
  /** Of the kernels as matrices, on which LR acts. */
  reshapedKernels: number;
  run: string;
}

/**
 * The index of each run, by β and seed.
 *
 * @param spectra - evaluations of kind `spectra` of some of the runs
 */
export const normIndices = (
  trained: readonly RunRecord[],
  spectra: readonly EvaluationRecord[],
): NormIndex[] =>
  trained
    .flatMap((run) =>
      spectra
        .filter(({ of }) => of === run.id)
        .flatMap(({ results }) => results.filter(({ row }) => row === 'index'))
        .map(({ operatorNorm, plainNorm, matrixNorm }) => ({
          beta: run.experiment.lipschitz.beta,
          seed: run.experiment.seed,
          withBatchNorm: Number(operatorNorm),
          operatorsAlone: Number(plainNorm),
          reshapedKernels: Number(matrixNorm),
          run: run.id,
        })),
    )
    .sort((a, b) => a.beta - b.beta || a.seed - b.seed);
