// Whole files, read with clear errors and written so that nobody ever sees half of one: a temporary file beside
// it, fsync, then one rename or link, then fsync of the folder.
//
// Not the package write-file-atomic: 7.0.1 calls write once and trusts it, so a disk that fills up half-way (a short
// write, no error) puts a truncated file in place of a good one; and it names its temporary file by process id, which
// two machines on one shared folder can have in common.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DataError } from './errors.js';
import { fileError } from './file-error.js';

const TEMPORARY = /\.[0-9a-f]{16}\.tmp$/;
const DAY = 24 * 60 * 60 * 1000;

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
 * Writes a whole file atomically and durably, with the folders that it needs: whoever reads it at any moment, and
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
  const temporary = `${file}.${randomBytes(8).toString('hex')}.tmp`;
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
 * Creates a file that must not exist yet, durably. Of any number of processes and machines that try, one succeeds,
 * also on file systems without links; but whoever reads it early may find only its beginning.
 *
 * @returns whether it was created
 * @throws DataError when the folder or the disk refuses
 */
export function createExclusive(file: string, content: string): boolean {
  let created = false;
  try {
    makeFolder(dirname(file));
    const handle = openSync(file, 'wx');
    created = true;
    try {
      writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    syncFolder(dirname(file));
    return true;
  } catch (error) {
    if (!created && (error as NodeJS.ErrnoException).code === 'EEXIST' && existsSync(file)) return false;
    if (created) removeQuietly(file);
    throw fileError(file, 'write', error);
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

/**
 * Removes the temporary files of killed writers from a folder: those untouched for a day. Never fails. The day is that of
 * the disk, not of this machine, whose clock may be wrong: others may be writing.
 */
export function removeLeftovers(folder: string): void {
  const found = namesIn(folder).filter((name) => TEMPORARY.test(name));
  if (found.length === 0) return;
  const now = diskTime(folder);
  if (now === undefined) return;
  for (const name of found) {
    const file = join(folder, name);
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats && now - stats.mtimeMs > DAY) removeQuietly(file);
  }
}

/** The time, in milliseconds, that the disk gives a file which is written now; undefined where none can be written. */
function diskTime(folder: string): number | undefined {
  const file = join(folder, `now.${randomBytes(8).toString('hex')}.tmp`);
  try {
    writeFileSync(file, '', { flag: 'wx' });
    return statSync(file).mtimeMs;
  } catch {
    return undefined;
  } finally {
    removeQuietly(file);
  }
}

/** What is in a folder; nothing where it cannot be listed: whoever writes to it is told why. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // A left-over is harmless: nothing reads it, and removeLeftovers tries again.
  }
}

function writeThrough(file: string, content: string | Uint8Array): void {
  const handle = openSync(file, 'wx');
  try {
    writeFileSync(handle, content); // repeats short writes until all is written or one fails
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function replaceWith(temporary: string, file: string): boolean {
  renameSync(temporary, file);
  return true;
}

/** A link, unlike a rename, fails where the file exists, so of two writers one wins. */
function createFrom(temporary: string, file: string): boolean {
  try {
    linkSync(temporary, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || existsSync(file)) return false;
    if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code ?? ''))
      return replaceWith(temporary, file); // a file system without links
    throw error;
  }
}

function makeFolder(folder: string): void {
  const first = makeFolders(folder);
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) syncFolder(dirname(made));
}

/** Makes a folder and those above it; returns the first one that was missing. */
function makeFolders(folder: string): string | undefined {
  try {
    return mkdirSync(folder, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // What Node says of a read-only disk here (20 to 24); asked for one folder alone it gives the reason.
    let missing = folder;
    while (!existsSync(dirname(missing)) && dirname(missing) !== missing) missing = dirname(missing);
    mkdirSync(missing);
    return mkdirSync(folder, { recursive: true }) ?? missing;
  }
}

/** Makes a new name in a folder survive a power cut, on the systems that can open or sync a folder. */
function syncFolder(folder: string): void {
  let handle: number | undefined;
  try {
    handle = openSync(folder, 'r');
    fsyncSync(handle);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'].includes(code ?? '')) throw error;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
