// Resumes an interrupted training.
import type { Numerics } from '../engines/engine.js';
import { DamagedError } from '../errors.js';
import type { Checkpoint } from '../records/checkpoint.js';
import type { Runs } from '../records/folder.js';

/**
 * The checkpoint of a run; undefined where there is none, or where it is damaged: the run then begins anew, and the next
 * checkpoint takes the place of the damaged one.
 *
 * @param onNote - called with one line for a damaged one
 * @throws SettingsError for one made under other numerics; DataError for one of another run or that cannot be read
 */
export function checkpointOf(
  runs: Runs,
  id: string,
  numerics: Numerics,
  onNote: (line: string) => void,
): Checkpoint | undefined {
  if (!runs.hasCheckpoint(id)) return undefined;
  try {
    return runs.readCheckpoint(id, numerics);
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    onNote(`${id} begins anew, its checkpoint cannot be used: ${error.message}`);
    return undefined;
  }
}
