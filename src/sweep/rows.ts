// The trials of a sweep as rows of a table: axis values, where each stands, and what its record says.
// Tests: test/sweep/executor.test.ts.
import type { ColumnTable } from 'arquero';
import { toTable } from '../figures/table.js';
import type { Json } from '../json.js';
import { valueText } from './expand.js';
import type { SweepPlan } from './plan.js';
import type { TrialState } from './state.js';

const isPlain = (value: Json): boolean => typeof value !== 'object' || value === null;

/**
 * One row a trial, in the order of the sweep: its number, the value of each axis under its path, `status`, `epochs`
 * completed, validation accuracies (last epoch and best), test accuracy of the last epoch (to report, not to choose
 * by), `seconds`, `reason` and run id. What is not known yet is null.
 *
 * @param status - words for trials about which records do not say all, by id, such as `running`
 */
export function sweepTable(
  { trials }: SweepPlan,
  states: ReadonlyMap<string, TrialState>,
  status: ReadonlyMap<string, string> = new Map(),
): ColumnTable {
  const rows = trials.map(({ index, id, axes }) => {
    const { record, epochs = 0, reason, status: recorded = 'missing' } = states.get(id) ?? {};
    const { validationAccuracy, bestValidationAccuracy, bestValidationEpoch, testAccuracy } =
      record?.outcome ?? {};
    return {
      trial: index,
      ...Object.fromEntries(
        Object.entries(axes).map(([path, value]) => [path, isPlain(value) ? value : valueText(value)]),
      ),
      status: status.get(id) ?? recorded,
      epochs,
      validationAccuracy: validationAccuracy ?? null,
      bestValidationAccuracy: bestValidationAccuracy ?? null,
      bestValidationEpoch: bestValidationEpoch ?? null,
      testAccuracy: testAccuracy ?? null,
      seconds: record?.seconds ?? null,
      reason: recorded === 'done' ? null : (reason ?? null),
      id,
    };
  });
  return toTable(rows);
}
