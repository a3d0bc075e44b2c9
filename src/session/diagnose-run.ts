// `diagnoseRun(run)`: the diagnosis of a training from its id alone. Tests: test/session/train.test.ts.
import { epochOrder, makeBatch } from '../data/batches.js';
import { splitExamples } from '../data/split.js';
import { diagnose, type Diagnosis, type DiagnoseOptions } from '../diagnosis/diagnose.js';
import type { RunRecord } from '../records/record.js';
import { type SessionOptions, runsOf, withSession } from './open.js';

/** Options of {@link diagnoseRun}, none of them required. */
export interface DiagnoseRunOptions
  extends SessionOptions, Pick<DiagnoseOptions, 'weights' | 'probes' | 'epsilon' | 'seed' | 'signal'> {
  /** Number of examples; default 100. */
  limit?: number;
}

/**
 * Says in words what keeps a training from learning, as {@link diagnose} does, with the data, the engine and the batch opened by
 * itself: examples of the training part in the order in which the first epoch saw them.
 *
 * @param run - a record of a training, or its id
 * @param options - `limit`: how many examples, default 100; the rest as `diagnose` and `train`
 * @returns what was found, the worst first, and the facts that it was found in
 * @throws DataError when the run, its weights or its data are not here; what `diagnose` throws
 *
 * @example
 * ```ts
 * await showDiagnosis(await diagnoseRun(run));
 * ```
 */
export async function diagnoseRun(
  run: RunRecord | string,
  { limit = 100, weights, probes, epsilon, seed, signal, ...options }: DiagnoseRunOptions = {},
): Promise<Diagnosis> {
  const runs = runsOf(options);
  const record = typeof run === 'string' ? (runs.get(run) as RunRecord) : run;
  const { experiment, data } = record;
  const { steps } = experiment;
  const { fingerprint } = data;
  return withSession(experiment, { ...options, runs, fingerprint }, ({ dataset, engine, onProgress }) => {
    const { train } = splitExamples(dataset, experiment.data);
    const examples = epochOrder(train, experiment.seed, 0).subarray(0, limit);
    const batch = makeBatch(dataset, 'train', examples, { steps });
    return diagnose(record, batch, {
      ...{ engine, runs, onProgress, signal },
      ...{ weights, probes, epsilon, seed },
    });
  });
}
