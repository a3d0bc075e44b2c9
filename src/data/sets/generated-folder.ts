// A folder of generated files: whole and unaltered, or made anew. It appears at once, never in part.
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../../files/folders.js';
import { DataError } from '../../errors.js';
import { fileError } from '../../files/errors.js';
import { writeWhole } from '../../files/whole.js';
import { canonicalJson, sha256 as digest } from '../../hash.js';
import { nextTurn } from '../../host/turn.js';
import { removeLeftovers, removeQuietly, temporaryBeside } from '../../files/leftovers.js';

const MANIFEST = 'manifest.json';

/** A file to be written. */
export interface GeneratedFile {
  /** Below the folder, with `/`: a folder of {@link Recipe.folders} and a name. */
  path: string;
  bytes: Uint8Array;
}

/** Expected content of a folder. */
export interface Recipe {
  /** The folders that the files are in. */
  folders: string[];
  /** Whether a file of this path, in one of the folders, is one that such a recipe writes; others are not ours to remove. */
  owns: (path: string) => boolean;
  /** Everything that decides the files, as JSON: a folder made of another description is made anew. */
  description: unknown;
  /** Number of files. */
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
 * @throws DataError when the folder holds anything that no recipe of this kind wrote, or the disk refuses: then it says too
 *   what is wrong with the folder that is there
 */
export async function ensureFolder(
  folder: string,
  recipe: Recipe,
  options: { onProgress?: (done: number, total: number) => void; signal?: AbortSignal } = {},
): Promise<boolean> {
  removeLeftovers(dirname(folder), basename(folder));
  const fault = faultOf(folder, recipe);
  if (fault === undefined) return false;
  checkReplaceable(folder, recipe);
  const temporary = temporaryBeside(folder);
  try {
    for (const name of recipe.folders) makeFolder(join(temporary, name));
    const sha256: Manifest['sha256'] = {};
    for (const { path, bytes } of recipe.files()) {
      // A turn of the event loop for each file, to show progress and to notice an interrupt.
      await nextTurn();
      options.signal?.throwIfAborted();
      writeFileSync(join(temporary, path), bytes);
      sha256[path] = digest(bytes);
      options.onProgress?.(Object.keys(sha256).length, recipe.count);
    }
    writeWhole(join(temporary, MANIFEST), manifestText({ description: recipe.description, sha256 }));
    return putInPlace(temporary, folder, recipe);
  } catch (error) {
    throw withFault(folder, fault, fileError(folder, 'write', error));
  } finally {
    removeQuietly(temporary, { recursive: true });
  }
}

const manifestText = (manifest: Manifest): string => `${canonicalJson(manifest)}\n`;

/**
 * Fault of a folder, or undefined: it has a manifest of the recipe, and the files of the manifest and no others,
 * byte by byte.
 */
function faultOf(folder: string, { folders, description, count }: Recipe): string | undefined {
  if (!existsSync(folder)) return 'it is not there';
  try {
    const text = readFileSync(join(folder, MANIFEST), 'utf8');
    const { sha256 } = JSON.parse(text) as Manifest;
    if (text !== manifestText({ description, sha256 }) || Object.keys(sha256).length !== count)
      return `its ${MANIFEST} is damaged or of other settings`;
    const found = folders.flatMap((name) => filesIn(join(folder, name)).map((file) => `${name}/${file}`));
    if (found.length !== count) return `it has ${found.length} files in place of ${count}`;
    const damaged = found.find((path) => sha256[path] !== digest(readFileSync(join(folder, path))));
    return damaged && `${damaged} is damaged: its SHA-256 is not the one in ${MANIFEST}`;
  } catch (error) {
    return fileError(folder, 'read', error).message; // whatever cannot be read is made anew
  }
}

/** An error of making a folder anew, which says too why that was tried. */
const withFault = (folder: string, fault: string, error: Error): Error =>
  error instanceof DataError && existsSync(folder)
    ? new DataError(folder, fault, `it cannot be made anew: ${error.message}`)
    : error;

/** Refuses to replace what was not made here: someone's files are not to be lost to a wrong folder name. */
function checkReplaceable(folder: string, { folders, owns }: Recipe): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory())
    throw new DataError(folder, 'a file, expected a folder', 'move it away or name another folder');
  const names = readdirSync(folder);
  const inFolders = folders
    .filter((name) => names.includes(name))
    .flatMap((name) => filesIn(join(folder, name)).map((file) => `${name}/${file}`));
  const foreign =
    names.find((name) => name !== MANIFEST && !folders.includes(name)) ??
    inFolders.find((path) => !owns(path));
  if (foreign !== undefined)
    throw new DataError(
      folder,
      `it holds ${JSON.stringify(foreign)}, which was not generated here`,
      'move that away or name another folder',
    );
}

/** The names in a folder, without those that begin with a dot: file managers leave them behind. */
const filesIn = (folder: string): string[] => readdirSync(folder).filter((name) => !name.startsWith('.'));

/**
 * Gives the temporary folder its name; what has that name now is moved aside first, then removed.
 *
 * @returns false when another process has put a whole folder there in the meantime
 */
function putInPlace(temporary: string, folder: string, recipe: Recipe): boolean {
  if (faultOf(folder, recipe) === undefined) return false;
  checkReplaceable(folder, recipe); // once more: making the files has taken a while
  const aside = temporaryBeside(folder);
  try {
    if (existsSync(folder)) renameSync(folder, aside);
    renameSync(temporary, folder);
    return true;
  } catch (error) {
    if (faultOf(folder, recipe) === undefined) return false;
    throw error;
  } finally {
    removeQuietly(aside, { recursive: true });
  }
}
