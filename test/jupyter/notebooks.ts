// The notebooks as the tests open them: copies in an ignored folder of the repository, where imports resolve.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { formatNotebook, readNotebook } from '../../src/notebooks/nbformat.js';
import { injectParameters, tagsOf } from '../../src/notebooks/parameters.js';
import { packageRoot } from '../../src/paths.js';

/** Where everything is that a test leaves for a person to look at: notebooks as executed, and pictures. */
export const outputFolder = (): string => join(packageRoot(), 'figures', 'jupyter');

/** The records that the notebooks read: those of `npm run reproduce`. */
export const recordsFolder = (): string => join(packageRoot(), 'data', 'runs', 'quick');

/** Whether `npm run reproduce` has not been run. */
export const recordsMissing = (): boolean =>
  !existsSync(recordsFolder()) || !readdirSync(recordsFolder()).some((name) => /^run-.*\.json$/.test(name));

/** Names of the repository's notebooks, without `.ipynb`. */
export const notebookNames = (): string[] =>
  readdirSync(join(packageRoot(), 'notebooks'))
    .filter((name) => name.endsWith('.ipynb'))
    .map((name) => basename(name, '.ipynb'));

/** A place where notebooks may be executed without a trace in the repository. */
export interface Workplace {
  /** The notebooks. */
  folder: string;
  /** For the kernel: where it finds a copy of the records and writes figures. */
  environment: Readonly<Record<string, string>>;
  /** Pictures for a person to look at. */
  pictures: string;
}

/** Makes an empty place, named after the program that is tested. */
export function openWorkplace(name: string): Workplace {
  const root = join(outputFolder(), name);
  rmSync(root, { recursive: true, force: true });
  const at = (part: string): string => join(root, part);
  for (const part of ['notebooks', 'pictures', 'figures']) mkdirSync(at(part), { recursive: true });
  cpSync(recordsFolder(), at('records'), { recursive: true });
  return {
    folder: at('notebooks'),
    pictures: at('pictures'),
    environment: { SGS_RUNS: at('records'), SGS_FIGURES: at('figures') },
  };
}

/** Copies a notebook of the repository into a folder; those that choose a preset take `quick`. */
export function copyNotebook(name: string, folder: string): void {
  const file = join(packageRoot(), 'notebooks', `${name}.ipynb`);
  const committed = readNotebook(file);
  const chooses = committed.cells.some((cell) => tagsOf(cell).includes('parameters'));
  const notebook = injectParameters(committed, chooses ? { preset: 'quick' } : {}, file);
  writeFileSync(join(folder, `${name}.ipynb`), formatNotebook(notebook));
}
