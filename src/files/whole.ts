// Whole files, read with clear errors and written so that half of one is never seen: a temporary file beside
// it, fsync, then one rename or link, then fsync of the folder.
//
// Not the package write-file-atomic: 7.0.1 calls write once and trusts it, so a disk that fills up half-way (a short
// write, no error) puts a truncated file in place of a good one; and it names its temporary file by process id, which
// two machines on one shared folder can have in common.
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DataError } from '../errors.js';
import { fileError } from './errors.js';
import { makeFolder, syncFolder } from './folders.js';
import { removeQuietly, temporaryBeside } from './leftovers.js';

/**
 * Reads a whole file.
 *
 * @param limit - the most bytes it may have, default 2 GiB − 1 (all that Node reads at once)
 * @throws DataError when it is absent, unreadable, not a regular file or larger than the limit
 */
export function readWhole(file: string, limit: number = 2 ** 31 - 1): Uint8Array {
  try {
    const stats = statSync(file);
    // A pipe or a device could be read for ever. A folder is left to readFileSync, which says so.
    if (!stats.isFile() && !stats.isDirectory())
      throw new DataError(file, 'neither a file nor a folder', 'name a regular file');
    if (stats.isFile() && stats.size > limit)
      throw new DataError(
        file,
        `${stats.size} bytes, expected at most ${limit}`,
        'it is some other file: move it away',
      );
    return readFileSync(file);
  } catch (error) {
    throw fileError(file, 'read', error);
  }
}

/**
 * Writes a whole file atomically and durably, with the folders that it needs: a reader at any moment, and
 * after a kill, finds the old content or the new one.
 *
 * @param options - `create: true` writes only where there is no such file yet; `guard` is called when all is on the
 *   disk and only the name is missing, and prevents the write by throwing
 * @returns whether it was written
 * @throws DataError when the folder or the disk refuses; the old content is left as it was
 */
export function writeWhole(
  file: string,
  content: string | Uint8Array,
  options: { create?: boolean; guard?(): void } = {},
): boolean {
  const temporary = temporaryBeside(file);
  try {
    makeFolder(dirname(file));
    writeThrough(temporary, content);
    options.guard?.();
    const written = options.create ? createFrom(temporary, file) : replaceWith(temporary, file);
    syncFolder(dirname(file));
    return written;
  } catch (error) {
    throw fileError(file, 'write', error);
  } finally {
    removeQuietly(temporary);
  }
}

/**
 * Creates a file that must not exist yet, durably. Of any number of processes and machines that try, one succeeds, also
 * on file systems without links; only there may an early reader, or one after a kill, find its beginning alone.
 *
 * @returns whether it was created
 * @throws DataError when the folder or the disk refuses
 */
export function createExclusive(file: string, content: string): boolean {
  const temporary = temporaryBeside(file);
  try {
    makeFolder(dirname(file));
    writeThrough(temporary, content);
    const created = linkTo(temporary, file) ?? createAlone(file, content);
    syncFolder(dirname(file));
    return created;
  } catch (error) {
    throw fileError(file, 'write', error);
  } finally {
    removeQuietly(temporary);
  }
}

/**
 * Removes a file, if there is one.
 *
 * @throws DataError when the folder refuses
 */
export function removeFile(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (error) {
    throw fileError(file, 'remove', error);
  }
}

/** Writes a new file. What it cannot write whole it removes. */
function writeThrough(file: string, content: string | Uint8Array): void {
  const handle = openSync(file, 'wx');
  try {
    writeFileSync(handle, content); // repeats short writes until all is written or one fails
    fsyncSync(handle);
  } catch (error) {
    removeQuietly(file);
    throw error;
  } finally {
    closeSync(handle);
  }
}

function replaceWith(temporary: string, file: string): boolean {
  renameSync(temporary, file);
  return true;
}

/** Of several writers one wins; where there are no links, the last one. */
const createFrom = (temporary: string, file: string): boolean =>
  linkTo(temporary, file) ?? replaceWith(temporary, file);

/**
 * Gives a file a second name. A link, unlike a rename, fails where that name exists: then false. Undefined on a file
 * system without links.
 */
function linkTo(temporary: string, file: string): boolean | undefined {
  try {
    linkSync(temporary, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A server whose answer was lost is asked again and finds the link that it has just made.
    if (code === 'EEXIST' || existsSync(file)) return statSync(temporary).nlink === 2;
    if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code ?? '')) return undefined;
    throw error;
  }
}

/** Writes a file under its own name, if that is free. */
function createAlone(file: string, content: string): boolean {
  try {
    writeThrough(file, content);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
