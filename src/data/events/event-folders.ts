// A data set of AEDAT 2.0 recordings in one folder a class: found, split by name and made into frames.
import { basename } from 'node:path';
import { readAedat2 } from './aedat.js';
import type { Dataset } from '../dataset.js';
import { fingerprint } from '../fingerprint.js';
import { type FramedRecordings, type FrameOptions, frameRecordings } from './framed-recordings.js';
import { recordingsIn } from './recording-files.js';
import { DEFAULT_SPLIT, splitRecordings } from './recording-split.js';

/** Options of turning recordings into examples. */
export interface EventSetOptions extends FrameOptions {
  /** `first-900` (default), `spikingjelly` or `random:<seed>`. */
  split?: string;
}

/** A data set of event frames, with what its record needs to name. */
export interface EventDataset extends Dataset, FramedRecordings {
  kind: 'frames';
  frames: number;
  pipeline: FramedRecordings['pipeline'];
  /** The recordings of the two parts; see {@link splitRecordings}. */
  recordingSplit: { name: string; hash: string };
}

/** The data set and its folder. */
export interface EventFolders {
  name: string;
  /** The folder that holds one folder a class. */
  folder: string;
  /** The classes in label order, named as their folders. */
  classes: string[];
  /** Remedy when recordings are missing, for errors. */
  ifMissing: string;
}

/**
 * Reads recordings as frames: `[N, T, side, side, 2]`, channel 0 = OFF, 1 = ON; see {@link frameRecordings}, whose cache
 * serves every split. Decoding the 10,000 recordings of CIFAR10-DVS takes a few minutes.
 *
 * @throws DataError when a class has no recordings, a recording is refused by {@link readAedat2} (for frames of equal
 * count the order of the file is kept, as TET and SpikingJelly do; for `duration` time must not step back), or
 * the cache cannot be written
 * @throws SettingsError when there is no such pipeline or split
 */
export async function readEventFolders(
  { name, folder, classes, ifMissing }: EventFolders,
  options: EventSetOptions = {},
): Promise<EventDataset> {
  const files = classes.map((label) => recordingsIn(folder, label, '.aedat', ifMissing));
  const split = splitRecordings(options.split ?? DEFAULT_SPLIT, files);
  const framed = await frameRecordings(
    {
      ...{ name, folder, train: split.train, test: split.test, files: files.flat() },
      read: (path, timeOrder) => readAedat2(path, { timeOrder }),
    },
    options,
  );
  const { train, test, frames, pipeline, shape } = framed;
  return {
    ...framed,
    name,
    classes,
    fingerprint: fingerprint({ name, kind: 'frames', shape, frames, classes, train, test }, undefined),
    recordingSplit: { name: split.name, hash: split.hash },
    description:
      `${name}: ${grouped(train.count)} training and ${grouped(test.count)} test recordings of ${classes.length} classes ` +
      `from ${basename(folder)}, split ${split.name}, pipeline ${pipeline}, ${frames} frames of ${shape[0]} × ${shape[1]}`,
  };
}

const grouped = (n: number): string => n.toLocaleString('en-US');
