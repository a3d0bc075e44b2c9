// Lists a folder of one's own data: files by their ending, and folders of classes, of one part or of two. Tests:
// test/data/own/image-folder.test.ts.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../../errors.js';
import { fileError } from '../../files/errors.js';

/** Names in a folder in the order of their text, without those that begin with a dot: file managers leave them behind. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .sort(byText);
  } catch (error) {
    throw fileError(folder, 'list', error);
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whether a path is a folder; false where there is none. */
export const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** The folders within a folder. */
export const foldersIn = (folder: string): string[] =>
  namesIn(folder).filter((name) => isFolder(join(folder, name)));

/** Whether a folder holds a file with one of these endings. */
export const holds = (folder: string, endings: readonly string[]): boolean =>
  namesIn(folder).some((name) => endings.some((ending) => name.toLowerCase().endsWith(ending)));

/** Files by class: `[class][file]`, paths below the folder with `/`. */
export interface ClassFiles {
  classes: string[];
  train: string[][];
  /** Left out where there is no test part of its own. */
  test?: string[][];
}

/** The names that the folders of the two parts may have. */
const PARTS = { train: ['train', 'training'], test: ['test', 'testing'] };

/** The folders of the two parts, where a folder has both; the official names of N-MNIST are in capitals. */
function partsOf(folder: string): { train: string; test: string } | undefined {
  const found = (names: readonly string[]): string | undefined =>
    foldersIn(folder).find((name) => names.includes(name.toLowerCase()));
  const [train, test] = [found(PARTS.train), found(PARTS.test)];
  return train === undefined || test === undefined ? undefined : { train, test };
}

/** Whether some folder of a class holds a file with one of these endings. */
export function hasClassesOf(path: string, endings: readonly string[]): boolean {
  if (!isFolder(path)) return false;
  const inside = join(path, partsOf(path)?.train ?? '');
  return foldersIn(inside).some((name) => holds(join(inside, name), endings));
}

/**
 * Files in folders of classes: `CLASS/file`, or `train/CLASS/file` and `test/CLASS/file`. Classes are in the order of their
 * names, files in that of the last number in theirs.
 *
 * @param endings - of files that count; any other file is refused, so that none is left out unseen
 * @throws DataError where a class has no file, a file another ending, or the parts have other classes
 */
export function classFiles(folder: string, endings: readonly string[]): ClassFiles {
  const parts = partsOf(folder);
  if (parts === undefined) {
    const classes = foldersIn(folder);
    return { classes, train: filesByClass(folder, '', classes, endings) };
  }
  const classes = foldersIn(join(folder, parts.train));
  const tested = foldersIn(join(folder, parts.test));
  const odd = [...classes, ...tested].find((name) => !classes.includes(name) || !tested.includes(name));
  if (odd !== undefined)
    throw new DataError(
      folder,
      `class ${JSON.stringify(odd)} is in one of ${parts.train} and ${parts.test} only`,
      'give both parts a folder for each class',
    );
  return {
    classes,
    train: filesByClass(folder, `${parts.train}/`, classes, endings),
    test: filesByClass(folder, `${parts.test}/`, classes, endings),
  };
}

const numberIn = (name: string): number => Number(/(\d*)\.\w+$/.exec(name)?.[1] || -1);

const filesByClass = (
  folder: string,
  part: string,
  classes: string[],
  endings: readonly string[],
): string[][] =>
  classes.map((label) => {
    const place = join(folder, part, label);
    const names = namesIn(place);
    const other = names.find((name) => !endings.some((ending) => name.toLowerCase().endsWith(ending)));
    if (other !== undefined)
      throw new DataError(
        join(place, other),
        `expected files that end in ${endings.join(' or ')}`,
        'move it away, or convert it',
      );
    if (names.length === 0)
      throw new DataError(place, `no ${endings.join(' or ')} file in it`, 'add some, or remove the folder');
    return names
      .sort((a, b) => numberIn(a) - numberIn(b) || byText(a, b))
      .map((name) => `${part}${label}/${name}`);
  });

/** A file with its class. */
export interface LabelledFile {
  file: string;
  label: number;
}

/** Files of all classes with the classes taking turns, so that the first n hold every class equally often. */
export function inTurns(byClass: readonly string[][]): LabelledFile[] {
  const longest = Math.max(0, ...byClass.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) =>
    byClass.flatMap((files, label) => (i < files.length ? [{ file: files[i], label }] : [])),
  ).flat();
}
