// Folders made so that they survive a power cut.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes a folder and those above it, durably. Throws what the system says. */
export function makeFolder(folder: string): void {
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
