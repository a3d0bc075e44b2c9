// Reads a data file whole; where it is missing, the error says how to get it.
import { statSync } from 'node:fs';
import { DataError } from '../errors.js';
import { fileError } from '../files/errors.js';
import { readWhole } from '../files/whole.js';

/**
 * The size in bytes of a file that is about to be read.
 *
 * @param file - its path
 * @param ifMissing - what to do when it is not there, for the error
 * @throws DataError when it is missing, a folder, neither file nor folder, or cannot be looked at
 */
export function fileSize(file: string, ifMissing: string): number {
  let found: string;
  try {
    const status = statSync(file);
    if (status.isFile()) return status.size;
    found = status.isDirectory() ? 'a folder' : 'something that is neither file nor folder';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new DataError(file, 'there is no such file', ifMissing);
    throw fileError(file, 'read', error);
  }
  throw new DataError(file, `expected a file, found ${found}`, 'move it away and put the file there');
}

/**
 * Reads a file whole.
 *
 * @param file - its path
 * @param ifMissing - what to do when it is not there, for the error
 * @throws DataError as {@link fileSize}, and when it cannot be read
 */
export function readDataFile(file: string, ifMissing: string): Uint8Array {
  fileSize(file, ifMissing);
  return readWhole(file);
}
