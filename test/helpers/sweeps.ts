// Plans and states of sweeps without training anything.
import type { RunRecord, Status } from '../../src/records/record.js';
import { expandSweep } from '../../src/sweep/expand.js';
import type { PlannedTrial, SweepPlan } from '../../src/sweep/plan.js';
import { checkSweep, type SweepInput } from '../../src/sweep/spec.js';
import type { TrialState } from '../../src/sweep/state.js';
import { sampleRows, sampleRun } from './records.js';

/** The plan of a sweep, as if its data and engine had been looked at. */
export function samplePlan(given: SweepInput): SweepPlan {
  const sweep = checkSweep(given);
  const { trials, leftOut } = expandSweep(sweep);
  return { sweep, leftOut, trials: trials.map((trial) => ({ ...trial, ...described(trial.experiment) })) };
}

function described(settings: PlannedTrial['experiment']): Pick<PlannedTrial, 'id' | 'run' | 'peakBytes'> {
  const { schema, kind, id, experiment, numerics, data, parameters, macs } = sampleRun({ settings });
  return { id, run: { schema, kind, id, experiment, numerics, data, parameters, macs }, peakBytes: 2 ** 20 };
}

/** The record of a trial with these validation accuracies, an epoch each. */
export function trialRecord(
  trial: PlannedTrial,
  validation: readonly number[],
  status: Status = 'done',
): RunRecord {
  const rows = sampleRows(validation.length).map((row, i) => ({ ...row, validationAccuracy: validation[i] }));
  return sampleRun({ settings: trial.experiment, status, rows });
}

/** The state of a trial with that record, or without one. */
export function trialState(
  trial: PlannedTrial,
  validation: readonly number[],
  status?: TrialState['status'],
): TrialState {
  if (validation.length === 0) return { status: status ?? 'missing', epochs: 0 };
  const whole = validation.length === trial.experiment.epochs;
  const record = trialRecord(trial, validation, whole ? 'done' : 'interrupted');
  return { status: status ?? (whole ? 'done' : 'begun'), epochs: validation.length, record };
}
