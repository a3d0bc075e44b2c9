// Loads a data set by name: the one place that knows where each comes from.
import { join, resolve } from 'node:path';
import { signalOrInterrupt } from '../../cell/interrupt.js';
import { SettingsError } from '../../errors.js';
import { cacheRoot, dataRoot } from '../../paths.js';
import { loadableName } from '../check.js';
import type { Dataset, DataSettings } from '../dataset.js';
import { readCifar } from './cifar.js';
import { readCifar10Dvs } from './cifar10-dvs.js';
import { shapes10dvs } from './shapes10-dvs.js';
import { shapes10 } from './shapes10.js';

/** Where to look, and who hears of progress. */
export interface LoadOptions {
  /** The folder of downloaded data; default `dataRoot()`: `SGS_DATA`, else `data/raw`. */
  root?: string;
  /** Where generated recordings and decoded frames are kept; default `data/cache`. Safe to delete. */
  cache?: string;
  /** Event data: frames of an example, which are the time steps T of the network; default 10. Images ignore it. */
  steps?: number;
  /**
   * The fingerprint in a record: where the first training files of CIFAR-10 by name give it, the others are left out.
   * Where no files give it, and for other data, everything that is there is read.
   */
  fingerprint?: string;
  /** Told of recordings that are made or decoded. */
  onProgress?(event: { done: number; total: number; label: string }): void;
  /** Stops the making and decoding of recordings; what is unfinished is removed. Default: a notebook's interrupt. */
  signal?: AbortSignal;
}

/**
 * Loads the data set that an experiment names, whole: limits and the validation share are for splitExamples.
 *
 * `shapes10` and `shapes10-dvs` are generated (the second is kept in the cache folder: 53 MB); the others are read
 * from the data folder, where `sgs data` puts them.
 *
 * @param data - `name`, and for event data `pipeline` and `split`
 * @throws DataError naming the folder that was looked at and what to do, or the file that is damaged
 * @throws SettingsError when no data set of this name can be loaded, there is no such pipeline or split, or one is given
 *   for images
 */
export async function loadDataset(
  data: Pick<DataSettings, 'name' | 'pipeline' | 'split'>,
  options: LoadOptions = {},
): Promise<Dataset> {
  const dataset = await load(data, options);
  loaded.add(dataset.fingerprint);
  return dataset;
}

/** Fingerprints of what `loadDataset` has given in this process. */
const loaded = new Set<string>();

/** Whether `loadDataset` gave data of this fingerprint: it can be had again from its name. */
export const isLoadable = (fingerprint: string): boolean => loaded.has(fingerprint);

async function load(
  data: Pick<DataSettings, 'name' | 'pipeline' | 'split'>,
  options: LoadOptions,
): Promise<Dataset> {
  const { root = dataRoot(), cache = cacheRoot(), steps: frames, onProgress } = options;
  const signal = signalOrInterrupt(options.signal);
  const { pipeline, split } = data;
  const name = loadableName(data.name);
  const events = { pipeline, split, frames, cacheDir: join(resolve(cache), 'frames'), signal };
  switch (name) {
    case 'shapes10':
      refuseForImages(name, { pipeline, split });
      return shapes10();
    case 'shapes10-dvs':
      return shapes10dvs({ ...events, folder: join(resolve(cache), 'shapes10-dvs'), onProgress });
    case 'cifar10':
    case 'cifar100':
      refuseForImages(name, { pipeline, split });
      return readCifar(root, name, options.fingerprint);
    case 'cifar10-dvs':
      return readCifar10Dvs(root, {
        ...events,
        onProgress: (done, total) => onProgress?.({ done, total, label: 'reading cifar10-dvs' }),
      });
  }
}

/** Refuses settings that would have no effect: they would give two run ids to the same run. */
function refuseForImages(name: string, settings: Record<string, string | undefined>): void {
  for (const [setting, value] of Object.entries(settings))
    if (value !== undefined)
      throw new SettingsError(
        `data.${setting}: ${JSON.stringify(value)} is for event data, ${name} are images; leave it out`,
      );
}
