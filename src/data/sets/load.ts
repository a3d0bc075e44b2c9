// Loads a data set by name, as its definition says.
import { join, resolve } from 'node:path';
import { signalOrInterrupt } from '../../cell/interrupt.js';
import { cacheRoot, dataRoot } from '../../paths.js';
import { SettingsError } from '../../errors.js';
import { ownNameProblem, refuseIdle } from '../check.js';
import type { Dataset } from '../dataset.js';
import { loadOwn } from '../own/index.js';
import type { DataSettings } from '../settings.js';
import { datasets, loadableName } from './index.js';

/** Data folder and progress callback. */
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
  /** Called while recordings are made or decoded. */
  onProgress?(event: { done: number; total: number; label: string }): void;
  /** Stops the making and decoding of recordings; what is unfinished is removed. Default: a notebook's interrupt. */
  signal?: AbortSignal;
}

/**
 * Loads the data set that an experiment names, whole: limits and the validation share are for splitExamples.
 *
 * `shapes10` and `shapes10-dvs` are generated and kept in the cache folder, 15 and 53 MB; the others are read from the data
 * folder, where `sgs data` puts them.
 *
 * @param data - `name`, and for event data `pipeline` and `split`; `path` for data of one's own, in one of the forms of
 *   `OWN_FORMATS`
 * @param options - `root`: the folder of downloaded data; `steps`: for event data, frames of an example, default 10
 * @returns both parts: images `[N, H, W, C]` or frames `[N, T, H, W, C]` as bytes, and labels `[N]`
 * @throws DataError naming the folder that was searched and what to do, or the file that is damaged
 * @throws SettingsError when no data set of this name can be loaded, there is no such pipeline or split, or one is given
 *   where it would have no effect
 */
export async function loadDataset(
  data: Pick<DataSettings, 'name' | 'path' | 'pipeline' | 'split'>,
  options: LoadOptions = {},
): Promise<Dataset> {
  const dataset = await load(data, options);
  if (data.path === undefined) loaded.add(dataset.fingerprint);
  return dataset;
}

/** Fingerprints of what `loadDataset` has given in this process. */
const loaded = new Set<string>();

/** Whether `loadDataset` gave data of this fingerprint: it can be had again from its name. */
export const isLoadable = (fingerprint: string): boolean => loaded.has(fingerprint);

async function load(
  data: Pick<DataSettings, 'name' | 'path' | 'pipeline' | 'split'>,
  options: LoadOptions,
): Promise<Dataset> {
  const { root = dataRoot(), cache = cacheRoot(), steps: frames, fingerprint, onProgress } = options;
  const { path, pipeline, split } = data;
  const frameCache = join(resolve(cache), 'frames');
  const signal = signalOrInterrupt(options.signal);
  if (path !== undefined) {
    const problem = ownNameProblem(data.name);
    if (problem !== undefined) throw new SettingsError(`data.name: ${problem}`);
    return loadOwn(root, { path, name: data.name, pipeline, split, frames, frameCache, signal, onProgress });
  }
  const name = loadableName(data.name);
  refuseIdle(name, { pipeline, split }, datasets[name].kind);
  return datasets[name].load({
    root,
    cache: resolve(cache),
    frameCache,
    pipeline,
    split,
    frames,
    fingerprint,
    signal,
    onProgress,
  });
}
