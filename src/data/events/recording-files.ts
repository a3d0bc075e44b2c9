// The files of recordings in the folder of a class, in the order of their numbers.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../../errors.js';
import { fileError } from '../../files/errors.js';

/** The last number in a file's name, before its ending; −1 where there is none. */
export const recordingNumber = (name: string): number => Number(/(\d*)\.\w+$/.exec(name)?.[1] || -1);

/**
 * The recordings of a class below a folder, in the order of the last number in their names.
 *
 * @param ending - `.aedat`; in capitals too, as some disks write it
 * @param ifMissing - what to do when there are none, for the error
 * @returns `<label>/<name>`
 * @throws DataError when the folder of the class is missing, cannot be listed, or holds none
 */
export function recordingsIn(folder: string, label: string, ending: string, ifMissing: string): string[] {
  const place = join(folder, label);
  let names: string[];
  try {
    names = readdirSync(place);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new DataError(place, 'there is no such folder', ifMissing);
    throw fileError(place, 'list', error);
  }
  // Names that begin with a dot are what file managers and archivers leave behind.
  const recordings = names.filter((name) => name.toLowerCase().endsWith(ending) && !name.startsWith('.'));
  if (recordings.length === 0)
    throw new DataError(place, `no ${ending} file among ${names.length} entries`, ifMissing);
  return recordings
    .sort((a, b) => recordingNumber(a) - recordingNumber(b) || (a < b ? -1 : 1))
    .map((name) => `${label}/${name}`);
}
