// Folders made so that they survive a power cut, and tried before work is done whose results they shall take.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileError } from './errors.js';
import { removeQuietly, temporaryBeside } from './leftovers.js';

/**
 * Makes a folder and those above it, durably. Throws what the system says.
 *
 * Not Node's `recursive`: where making a folder is answered with ENOENT although the one above is there (below /proc, or on a
 * read-only disk), Node 20 to 24 try the one above for ever, or give another reason.
 */
export function makeFolder(folder: string): void {
  const whole = resolve(folder);
  const missing = [whole];
  for (let above = dirname(whole); !existsSync(above) && dirname(above) !== above; above = dirname(above))
    missing.unshift(above);
  for (const each of missing) makeOne(each);
}

/** Makes one folder, if it is not there. */
function makeOne(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been first.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    throw error;
  }
  syncFolder(dirname(folder));
}

/**
 * Makes sure that files can be written in a folder, which is made where it is missing, and in those of its parts that are
 * there: writes a file in each and removes it.
 *
 * @param parts - names of folders in it
 * @throws DataError naming the folder and the reason
 */
export function checkWritable(folder: string, parts: readonly string[] = []): void {
  for (const each of [
    folder,
    ...parts.map((part) => join(folder, part)).filter((part) => existsSync(part)),
  ]) {
    const probe = temporaryBeside(join(each, 'probe'));
    try {
      makeFolder(each);
      writeFileSync(probe, 'probe', { flag: 'wx', flush: true });
    } catch (error) {
      throw fileError(each, 'write', error);
    } finally {
      removeQuietly(probe);
    }
  }
}

/** Makes a new name in a folder survive a power cut, on the systems that can open or sync a folder. */
export function syncFolder(folder: string): void {
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
