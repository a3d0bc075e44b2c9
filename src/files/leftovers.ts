// Names temporary files and folders; removes those of killed writers.
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hex } from '../host/sha256.js';

const TEMPORARY = /\.[0-9a-f]{16}\.tmp$/;
const DAY = 24 * 60 * 60 * 1000;

/** A name beside a file that no other writer, on any machine, has. */
export const temporaryBeside = (file: string): string =>
  `${file}.${hex(crypto.getRandomValues(new Uint8Array(8)))}.tmp`;

/**
 * Removes the temporary files and folders of killed writers from a folder: those untouched for a day. Never fails. The day
 * is that of the disk, not of this machine, whose clock may be wrong: others may be writing.
 *
 * @param of - only those made for what has this name; default all
 */
export function removeLeftovers(folder: string, of?: string): void {
  removeUntouched(
    folder,
    namesIn(folder).filter(
      (name) => TEMPORARY.test(name) && (of === undefined || name.replace(TEMPORARY, '') === of),
    ),
  );
}

/** Of files and folders in a folder, removes those untouched for a day. Never fails. */
export function removeUntouched(folder: string, names: readonly string[]): void {
  if (names.length === 0) return;
  const now = diskTime(folder);
  if (now === undefined) return;
  for (const name of names) {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats && now - stats.mtimeMs > DAY) removeQuietly(path, { recursive: true });
  }
}

/** The time, in milliseconds, that the disk gives a file which is written now; undefined where none can be written. */
function diskTime(folder: string): number | undefined {
  const file = temporaryBeside(join(folder, 'now'));
  try {
    writeFileSync(file, '', { flag: 'wx' });
    return statSync(file).mtimeMs;
  } catch {
    return undefined;
  } finally {
    removeQuietly(file);
  }
}

/** Entries of a folder; none where it cannot be listed: writing to it fails with the reason. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Removes a file, or where asked a folder with all that it holds, if there is one and it can be removed. */
export function removeQuietly(path: string, { recursive = false } = {}): void {
  try {
    rmSync(path, { force: true, recursive });
  } catch {
    // A left-over is harmless: nothing reads it, and removeLeftovers tries again.
  }
}
