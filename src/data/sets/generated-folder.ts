// A folder of generated files: whole and unaltered, or made anew. Nobody ever sees half of one.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../../files/folders.js';
import { DataError } from '../../errors.js';
import { fileError } from '../../files/errors.js';
import { writeWhole } from '../../files/whole.js';
import { canonicalJson } from '../../hash.js';
import { removeLeftovers, temporaryBeside } from '../../files/leftovers.js';

const MANIFEST = 'manifest.json';

/** A file to be written. */
export interface GeneratedFile {
  /** Below the folder, with `/`: a folder of {@link Recipe.folders} and a name. */
  path: string;
  bytes: Uint8Array;
}

/** What a folder must hold. */
export interface Recipe {
  /** The folders that the files are in. */
  folders: string[];
  /** Everything that decides the files, as JSON: a folder made of another description is made anew. */
  description: unknown;
  /** How many files. */
  count: number;
  /** Gives the files one by one. */
  files: () => Iterable<GeneratedFile>;
}

/** The manifest: what the files were made of, and the SHA-256 (hex) of each. */
interface Manifest {
  description: unknown;
  sha256: Record<string, string>;
}

/**
 * Makes sure that a folder holds just the files of a recipe: leaves it when it does, else makes it, or makes it anew.
 *
 * @param options - `onProgress` after each file that is made; `signal` stops the making and leaves nothing behind
 * @returns whether it was made
 * @throws DataError when the folder holds anything that no recipe of this kind wrote, or the disk refuses
 */
export async function ensureFolder(
  folder: string,
  recipe: Recipe,
  options: { onProgress?: (done: number, total: number) => void; signal?: AbortSignal } = {},
): Promise<boolean> {
  removeLeftovers(dirname(folder), basename(folder));
  if (isWhole(folder, recipe)) return false;
  checkReplaceable(folder, recipe);
  const temporary = temporaryBeside(folder);
  try {
    for (const name of recipe.folders) makeFolder(join(temporary, name));
    const sha256: Manifest['sha256'] = {};
    for (const { path, bytes } of recipe.files()) {
      // A turn of the event loop for each file: progress can be shown and an interrupt is heard.
      await new Promise((resolve) => setImmediate(resolve));
      options.signal?.throwIfAborted();
      writeFileSync(join(temporary, path), bytes);
      sha256[path] = digest(bytes);
      options.onProgress?.(Object.keys(sha256).length, recipe.count);
    }
    writeWhole(join(temporary, MANIFEST), manifestText({ description: recipe.description, sha256 }));
    return putInPlace(temporary, folder, recipe);
  } catch (error) {
    throw fileError(folder, 'write', error);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const manifestText = (manifest: Manifest): string => `${canonicalJson(manifest)}\n`;

/** Whether a folder has a manifest of the recipe, and the files of the manifest and no others, byte by byte. */
function isWhole(folder: string, { folders, description, count }: Recipe): boolean {
  try {
    const text = readFileSync(join(folder, MANIFEST), 'utf8');
    const { sha256 } = JSON.parse(text) as Manifest;
    if (text !== manifestText({ description, sha256 }) || Object.keys(sha256).length !== count) return false;
    const found = folders.flatMap((name) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`));
    return found.length === count && found.every((path) => sha256[path] === digest(readFileSync(join(folder, path))));
  } catch {
    return false; // whatever cannot be read is made anew, and writing says what is wrong
  }
}

/** Refuses to replace what was not made here: someone's files are not to be lost to a wrong folder name. */
function checkReplaceable(folder: string, { folders }: Recipe): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory())
    throw new DataError(folder, 'a file, expected a folder', 'move it away or name another folder');
  const foreign = readdirSync(folder).find((name) => name !== MANIFEST && !folders.includes(name));
  if (foreign !== undefined)
    throw new DataError(folder, `it holds ${JSON.stringify(foreign)}, which was not generated here`, 'name another folder');
}

/**
 * Gives the temporary folder its name; what has that name now is moved aside first, then removed.
 *
 * @returns false when another process has put a whole folder there in the meantime
 */
function putInPlace(temporary: string, folder: string, recipe: Recipe): boolean {
  if (isWhole(folder, recipe)) return false;
  const aside = temporaryBeside(folder);
  try {
    if (existsSync(folder)) renameSync(folder, aside);
    renameSync(temporary, folder);
    return true;
  } catch (error) {
    if (isWhole(folder, recipe)) return false;
    throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
