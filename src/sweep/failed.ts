// The record of a trial that was given up: what was done of it, why it ended, and its last words.
// Tests: test/sweep/executor.test.ts.
import { join } from 'node:path';
import { LeaseError } from '../errors.js';
import { writeWhole } from '../files/whole.js';
import { claimLease, leasedRuns } from '../records/lease/lease.js';
import { provenance } from '../records/provenance.js';
import { outcomeOf, type RunRecord } from '../records/record.js';
import { openRuns } from '../records/folder.js';
import type { PlannedTrial } from './plan.js';

/** The file with the last words of a trial's process. */
export const lastWordsFile = (runsFolder: string, id: string): string =>
  join(runsFolder, 'failures', `${id}.txt`);

/**
 * Records a trial as failed. Epochs that an earlier record holds are kept, so is the checkpoint: it can be tried again.
 *
 * @param reason - one line
 * @param stderr - the end of what its process wrote
 * @returns what came of it: not recorded when another process works on it (`busy`), or when the run has a final record
 *   (`finished`), which stays
 * @throws DataError when the folder refuses
 */
export async function recordFailure(
  runsFolder: string,
  { id, run }: PlannedTrial,
  reason: string,
  stderr: string,
): Promise<'recorded' | 'busy' | 'finished'> {
  let lease;
  try {
    lease = await claimLease(runsFolder, id);
  } catch (error) {
    if (error instanceof LeaseError) return 'busy';
    throw error;
  }
  try {
    writeWhole(lastWordsFile(runsFolder, id), `${reason}\n\n${stderr}`);
    const runs = openRuns(runsFolder);
    const present = runs.has(id) ? (runs.get(id) as RunRecord) : undefined;
    const recorded = leasedRuns(runsFolder, lease).put({
      ...failed(present, run),
      outcome: outcomeOf('failed', present?.rows ?? [], { reason }),
    });
    return recorded ? 'recorded' : 'finished';
  } finally {
    await lease.release();
  }
}

const failed = (present: RunRecord | undefined, run: PlannedTrial['run']): RunRecord =>
  present ?? {
    ...run,
    rows: [],
    outcome: outcomeOf('failed', []),
    spikeRates: [],
    weightsDigest: null,
    seconds: 0,
    resumed: 0,
    ...provenance(),
  };
