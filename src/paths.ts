// The only file that knows folder names: where the package, the data, the records and the figures are.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package: it holds package.json and `data/paper`, in a checkout and when installed. */
export const packageRoot = (): string => dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The folder of the project at work: the nearest one with a package.json at or above `from`, or `from` itself.
 *
 * A notebook runs in `notebooks/` and the command line anywhere: both find the same data and records.
 *
 * @param from - where to start, default the current folder
 */
export function projectRoot(from: string = process.cwd()): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) return resolve(from);
  }
}

/**
 * Where data sets are read from and downloaded to: the folder asked for (`--data-dir`), else the environment's
 * `SGS_DATA`, else `data/raw` of the project. An empty text counts as not given.
 *
 * @param options - `dataDir`: the folder asked for
 * @returns an absolute path; the folder need not be there
 */
export const dataRoot = (options: { dataDir?: string } = {}): string =>
  resolve(options.dataDir || process.env.SGS_DATA || join(projectRoot(), 'data', 'raw'));

/** The preset whose records and outputs are made afresh on every machine, into folders of its own that git ignores. */
const PASSING = 'quick';

/**
 * Where records are written and read: the folder asked for, else `SGS_RUNS`, else `data/runs` of the project, for preset
 * `quick` its folder `quick`.
 *
 * @param options - `runsDir`: the folder asked for; `preset`: `quick` has a folder of its own
 * @returns an absolute path; the folder need not be there
 */
export const runsRoot = (options: { runsDir?: string; preset?: string | null } = {}): string =>
  resolve(options.runsDir || process.env.SGS_RUNS || join(projectRoot(), 'data', 'runs', partOf(options)));

const partOf = ({ preset }: { preset?: string | null }): string => (preset === PASSING ? PASSING : '');

/** Where decoded or generated data is kept between runs; safe to delete: `data/cache` of the project. */
export const cacheRoot = (): string => join(projectRoot(), 'data', 'cache');

/**
 * Where figures and tables are written: the folder asked for, else `SGS_FIGURES`, else `figures` of the project, for
 * preset `quick` its folder `quick`.
 *
 * @param options - `figuresDir`: the folder asked for; `preset`: `quick` has a folder of its own
 * @returns an absolute path; the folder need not be there
 */
export const figuresRoot = (options: { figuresDir?: string; preset?: string | null } = {}): string =>
  resolve(options.figuresDir || process.env.SGS_FIGURES || join(projectRoot(), 'figures', partOf(options)));

/**
 * Where the results of a folder of outputs are written as Markdown: `RESULTS.md` in it, and for the figures that are committed
 * with this package in the root of its checkout.
 */
export const resultsFile = (figures: string): string =>
  join(resolve(figures) === join(packageRoot(), 'figures') ? packageRoot() : figures, 'RESULTS.md');

/** The records that come with this package's checkout: `data/runs`. */
export const committedRunsRoot = (): string => join(packageRoot(), 'data', 'runs');

/** Where the notebooks are: `notebooks` of the project. */
export const notebooksRoot = (): string => join(projectRoot(), 'notebooks');

/** The paper's published values as CSV, part of the package: `data/paper`. */
export const paperRoot = (): string => join(packageRoot(), 'data', 'paper');

/** The gallery of trained networks, part of the package, a folder of records with their weights: `data/trained`. */
export const trainedRoot = (): string => join(packageRoot(), 'data', 'trained');
