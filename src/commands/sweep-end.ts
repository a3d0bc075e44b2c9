// The last lines of `sgs sweep`, and its exit code.
import type { Executor } from '../sweep/executor.js';
import { trialText } from '../sweep/expand.js';
import { bestText } from '../sweep/snapshot.js';

/** The last words of a sweep. */
export interface SweepEnd {
  lines: string[];
  /** 0: nothing is left to do. 1: something failed. 130: stopped, the same command goes on. */
  code: number;
}

/**
 * Puts the end of a sweep into words: every trial that failed and every run that could not be evaluated, with its reason.
 *
 * @param folder - of the records
 * @param stopped - whether it was stopped before its end
 */
export function sweepEnd(
  executor: Pick<Executor, 'plan' | 'states' | 'unevaluated' | 'isSettled'>,
  folder: string,
  stopped: boolean,
): SweepEnd {
  const { plan, states, unevaluated } = executor;
  const { trials } = plan;
  const lines: string[] = [];
  let failed = 0;
  for (const trial of trials) {
    const { id } = trial;
    const { status, reason } = states.get(id)!;
    if (status === 'failed' || status === 'damaged') failed += 1;
    else if (!unevaluated.has(id)) continue;
    const word = unevaluated.has(id) ? 'not evaluated' : status;
    lines.push(`${word}: ${id}, ${trialText(trial)}: ${reason}`);
  }
  const best = bestText(executor);
  if (best) lines.push(best);
  lines.push(`records: ${folder}`);
  if (stopped) {
    const left = trials.filter((trial) => !executor.isSettled(trial)).length;
    lines.push(`stopped with ${left} of ${trials.length} trials to do; the same command goes on`);
    return { lines, code: 130 };
  }
  if (failed > 0) lines.push(`${failed} of ${trials.length} trials failed; --retry-failed tries them again`);
  if (unevaluated.size > 0)
    lines.push(
      `${unevaluated.size} of ${trials.length} trials are trained but not evaluated; the same command tries again`,
    );
  return { lines, code: failed + unevaluated.size > 0 ? 1 : 0 };
}
