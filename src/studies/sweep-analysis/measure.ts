// The measure that plots of a sweep show: accuracy in %, of runs that are done.
import { SettingsError } from '../../errors.js';
import type { Header, RunHeader } from '../../records/header.js';
import type { StoredRecord } from '../../records/record.js';

/** Accuracy at the last epoch on which part. */
export type SweepMeasure = 'testAccuracy' | 'validationAccuracy';

/** Its name on an axis. */
export const MEASURE_NAMES: Readonly<Record<SweepMeasure, string>> = {
  testAccuracy: 'test accuracy',
  validationAccuracy: 'validation accuracy',
};

/** The accuracy of a run in %; null for one that is not done, or has no such part. */
export const accuracyOf = ({ outcome }: RunHeader, measure: SweepMeasure): number | null =>
  outcome.status !== 'done' || outcome[measure] === undefined ? null : 100 * outcome[measure];

/** The runs among records; throws SettingsError when there is none. */
export function runsOf(records: readonly (StoredRecord | Header)[]): RunHeader[] {
  const runs = records.filter((record): record is RunHeader => record.kind === 'run');
  if (runs.length === 0) throw new SettingsError('there is no run among these records; give some');
  return runs;
}
