// `evaluate(run, evaluation)`: what can be asked of trained weights, from the id of a run alone. Tests: test/session/train.test.ts.
import type { Evaluation } from '../measures/index.js';
import { checkEvaluations } from '../measures/schema.js';
import type { EvaluationRecord, RunRecord } from '../records/record.js';
import { evaluateRun, evaluationIdOf } from '../training/evaluate-run.js';
import { type SessionOptions, runsOf, withSession } from './open.js';

/**
 * Evaluates a run's weights and keeps the record; where that has been done, the record is returned, and neither weights nor data are
 * needed.
 *
 * @param run - a record of a training, or its id
 * @param evaluation - what is asked: `{ kind: 'confusion' }`, `{ kind: 'energy' }` …; default the accuracy on the test part
 * @param options - `runs`: the folder; `dataset`: data of one's own; `engine`, `threads`, `backend`; `quiet`: no progress
 * @returns the record: `results` has its numbers, a row each
 * @throws SettingsError listing what is missing or out of range in the evaluation, or when the data is other data; DataError when the
 *   run, its weights or its data are not here
 *
 * @example
 * ```ts
 * const { results } = await evaluate(run, { kind: 'confusion' });
 * ```
 */
export async function evaluate(
  run: RunRecord | string,
  evaluation: Evaluation = { kind: 'test' },
  options: SessionOptions = {},
): Promise<EvaluationRecord> {
  const [asked] = checkEvaluations([evaluation], 'evaluate');
  const runs = runsOf(options);
  const record = typeof run === 'string' ? (runs.get(run) as RunRecord) : run;
  const { fingerprint } = record.data;
  const known = evaluationIdOf(record, asked);
  // Data that is given is checked against the run's; where none is, none is needed for what has been done.
  if (options.dataset === undefined && runs.has(known)) return runs.get(known) as EvaluationRecord;
  return withSession(record.experiment, { ...options, runs, fingerprint }, (session) =>
    evaluateRun(record.id, asked, session),
  );
}
