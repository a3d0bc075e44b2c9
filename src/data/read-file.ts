// Reads a data file whole, and says in one voice why it cannot be read.
import { readFileSync, statSync } from 'node:fs';
import { DataError } from '../errors.js';

/**
 * The size in bytes of a file that is about to be read.
 *
 * @param file - its path
 * @param ifMissing - what to do when it is not there, for the error
 * @throws DataError when it is missing, a folder, neither file nor folder, or cannot be looked at
 */
export function fileSize(file: string, ifMissing: string): number {
  const status = attempt(file, ifMissing, () => statSync(file));
  if (!status.isFile())
    throw new DataError(
      file,
      `expected a file, found ${status.isDirectory() ? 'a folder' : 'something that is neither file nor folder'}`,
      'move it away and put the file there',
    );
  return status.size;
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
  return attempt(file, ifMissing, () => readFileSync(file));
}

function attempt<T>(file: string, ifMissing: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new DataError(file, 'there is no such file', ifMissing);
    throw new DataError(file, `cannot be read (${code ?? message})`, 'check its path, permissions and disk');
  }
}
