// That accuracy grows with T, of which the paper says no number. Tests: test/studies/views.test.ts.
import type { SummaryRow } from '../../figures/summary.js';
import type { RunRecord } from '../../records/record.js';
import { verdict } from '../../statistics/verdict.js';
import { gainOver } from './gains.js';
import type { LatencyPoint } from './steps.js';

const UNKNOWN = 'no accuracy of the paper at two values of T is public';

/** A row about the smallest and the largest T that have records; none where there are no records. */
export function latencyClaims(trained: readonly RunRecord[], points: readonly LatencyPoint[]): SummaryRow[] {
  if (trained.length === 0) return [];
  const [{ data, experiment }] = trained;
  const [low, high] = [points[0].steps, points[points.length - 1].steps];
  const whole = high === low ? undefined : gainOver(trained, low, high);
  return [
    {
      claim: high === low ? 'accuracy grows with T' : `accuracy grows with T (from ${low} to ${high})`,
      paper: null,
      paperSource: null,
      ours: whole ? `${whole.mean.toFixed(2)} points` : null,
      n: whole ? whole.n : null,
      verdict: verdict(
        high === low
          ? { kind: 'notAttempted', why: `only T = ${low} has records, and ${UNKNOWN}` }
          : { kind: 'paperUnknown', why: UNKNOWN },
      ),
      note: `${data.name}, ${data.split.train} training images, ${experiment.epochs} epochs`,
      stem: 'latency',
    },
  ];
}
