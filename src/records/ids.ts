// Ids of the records in a folder, from the names of its files.
import { readdirSync } from 'node:fs';
import { fileError } from '../files/errors.js';
import { ID_PATTERN } from '../hash.js';

/** The ids of the records in a folder, in order; none where there is no folder. @throws DataError when it cannot be listed */
export function listIds(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && ID_PATTERN.test(name.slice(0, -'.json'.length)))
      .map((name) => name.slice(0, -'.json'.length))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fileError(folder, 'list', error);
  }
}
