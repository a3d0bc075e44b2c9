// The data sets by name, in the order in which they are listed. Adding one: its file, and its line here.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { didYouMean } from '../../did-you-mean.js';
import { SettingsError } from '../../errors.js';
import type { Dataset } from '../dataset.js';
import { cifar10 } from './cifar10.js';
import { cifar100 } from './cifar100.js';
import { cifar10Dvs } from './cifar10-dvs.js';
import type { DatasetDefinition } from './definition.js';
import { nmnist } from './nmnist.js';
import { shapes10Definition } from './shapes10.js';
import { shapes10DvsDefinition } from './shapes10-dvs.js';

export type { DatasetDefinition } from './definition.js';

const builtIn = {
  shapes10: shapes10Definition,
  'shapes10-dvs': shapes10DvsDefinition,
  cifar10,
  cifar100,
  'cifar10-dvs': cifar10Dvs,
  nmnist,
} satisfies Record<string, DatasetDefinition>;

/** The name of a data set that can be loaded, one of {@link DATASET_NAMES}. */
export type DatasetName = keyof typeof builtIn;
/** All data sets that can be loaded, by name. */
export const datasets: Readonly<Record<DatasetName, DatasetDefinition>> = builtIn;
/** The data sets that can be named in an experiment. */
export const DATASET_NAMES = Object.keys(builtIn) as DatasetName[];
/** Those that `sgs data` downloads. */
export const DOWNLOADABLE = DATASET_NAMES.filter((name) => datasets[name].files?.archives !== undefined);
/** Default data set of a training: it needs no files. */
export const DEFAULT_DATASET = 'shapes10' satisfies DatasetName;

/** Whether a name is one of {@link DATASET_NAMES}: that of a data set which can be loaded again. */
export const isDatasetName = (name: string): name is DatasetName => Object.hasOwn(builtIn, name);

/** Definition of a data set; undefined for arrays under a name of their own. */
export const definitionOf = (name: string): DatasetDefinition | undefined =>
  isDatasetName(name) ? datasets[name] : undefined;

/**
 * The name of a data set that can be loaded.
 *
 * @throws SettingsError when there is none of this name
 */
export function loadableName(name: string): DatasetName {
  if (isDatasetName(name)) return name;
  throw new SettingsError(
    `no data set ${JSON.stringify(name).slice(0, 80)} can be loaded by its name${didYouMean(name, DATASET_NAMES) || `, only ${DATASET_NAMES.join(', ')}`}; arrays of your own are given to train and evaluateRun (see arrayDataset)`,
  );
}

/**
 * The classes of a data set in label order, as `loadDataset` names them. Those of CIFAR-100 stand in its files only:
 * they are numbered here.
 *
 * @param name - of a data set, such as `cifar10`
 * @returns a name for each class, in label order
 * @throws SettingsError when no data set of this name can be loaded: a record says the classes of arrays
 */
export const classNames = (name: string): readonly string[] => datasets[loadableName(name)].classes;

/** The name of a data set as people write it: `cifar10` → `CIFAR-10`; a name of one's own as it is. */
export const dataTitle = (name: string): string => definitionOf(name)?.title ?? name;

/** Whether a data set that can be loaded holds recordings of events; arrays under a name of their own do not. */
export const isEventData = (name: string): boolean => definitionOf(name)?.kind === 'frames';

/** Kind of the examples of a record's data: `recordings` of events, or `images`. */
export const exampleWord = ({ name, arrays }: { name: string; arrays?: Pick<Dataset, 'kind'> }): string =>
  (arrays?.kind ?? definitionOf(name)?.kind) === 'frames' ? 'recordings' : 'images';

/**
 * True for what is generated, and for a data set of files whose folder is there, whatever is in it.
 *
 * @param root - the data folder, as `loadDataset` takes it
 */
export function isFound(name: DatasetName, root: string): boolean {
  const { files } = datasets[name];
  return files === undefined || existsSync(files.folder(resolve(root)));
}
