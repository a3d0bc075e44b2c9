// Recordings of an event camera of one's own, made a data set of frames. Tests: test/data/own/recording-folder.test.ts.
import { basename } from 'node:path';
import { DataError, SettingsError } from '../../errors.js';
import { readAedat2 } from '../events/aedat.js';
import { isAedat3, readAedat3 } from '../events/aedat3.js';
import type { EventStream } from '../events/events.js';
import { frameRecordings, type Recordings } from '../events/framed-recordings.js';
import { NMNIST_SIDE, readNmnist } from '../events/nmnist.js';
import { DEFAULT_SPLIT, splitRecordings } from '../events/recording-split.js';
import { checkDataset } from '../check.js';
import type { Dataset } from '../dataset.js';
import { fingerprint } from '../fingerprint.js';
import { inTurns } from './folders.js';
import type { OwnContext } from './format.js';

/** Endings of recordings: AEDAT 2.0 and 3.1 of a DVS128, and N-MNIST's. */
export const RECORDING_ENDINGS = ['.aedat', '.bin'];
/** Pixels of a frame, each way, of a DVS128. */
const DVS128_SIDE = 48;

/** Reads a recording, whatever form it has. */
export function readRecording(path: string, timeOrder: 'keep' | 'refuse'): EventStream {
  if (path.toLowerCase().endsWith('.bin')) return readNmnist(path);
  return isAedat3(path) ? readAedat3(path, { timeOrder }) : readAedat2(path, { timeOrder });
}

/** Recordings by class, and how they are read. */
export interface OwnRecordings extends Partial<Pick<Recordings, 'read' | 'sourceOf'>> {
  classes: string[];
  /** `[class][recording]`. */
  train: string[][];
  /** Left out where the experiment's split says which are for the test. */
  test?: string[][];
}

/**
 * Makes frames of recordings: of 48 × 48 pixels where a DVS128 recorded them, of 34 × 34 those of N-MNIST.
 *
 * @throws DataError when a recording is refused by its reader, or the split leaves nothing; SettingsError when there is no such
 *   pipeline or split
 */
export async function framedDataset(
  { path, name, pipeline, split, frames, frameCache, signal, onProgress }: OwnContext,
  { classes, train, test, read = readRecording, sourceOf }: OwnRecordings,
): Promise<Dataset> {
  if (test !== undefined && split !== undefined)
    throw new SettingsError(
      `data.split: ${JSON.stringify(split)} is for recordings without a test part of their own, ${basename(path)} has one; leave it out`,
    );
  // Sorted, examples of one recording are neighbours, and a reader need not decode it for each of them.
  const all = [...train, ...(test ?? [])].flat().sort();
  const small = all.every((file) => file.toLowerCase().endsWith('.bin'));
  if (!small && all.some((file) => file.toLowerCase().endsWith('.bin')))
    throw new DataError(
      path,
      'it holds .aedat and .bin recordings',
      'keep recordings of one sensor together',
    );
  const recordingSplit = test ? undefined : splitRecordings(split ?? DEFAULT_SPLIT, train);
  const parts = recordingSplit ?? { train: inTurns(train), test: inTurns(test!) };
  const framed = await frameRecordings(
    { ...{ name, folder: path, train: parts.train, test: parts.test, files: all, read }, sourceOf },
    {
      ...{ pipeline, frames, side: small ? NMNIST_SIDE : DVS128_SIDE, cacheDir: frameCache, signal },
      onProgress: (done, total) => onProgress?.({ done, total, label: `reading ${name}` }),
    },
  );
  const { shape } = framed;
  const dataset: Dataset = {
    ...framed,
    name,
    classes,
    ...(recordingSplit && { recordingSplit: { name: recordingSplit.name, hash: recordingSplit.hash } }),
    fingerprint: '',
    description:
      `${name}: ${grouped(framed.train.count)} training and ${grouped(framed.test.count)} test recordings of ${classes.length} classes ` +
      `from ${basename(path)}, ${recordingSplit ? `split ${recordingSplit.name}, ` : ''}pipeline ${framed.pipeline}, ${framed.frames} frames of ${shape[0]} × ${shape[1]}`,
  };
  checkDataset(dataset);
  return { ...dataset, fingerprint: fingerprint(dataset, undefined) };
}

const grouped = (n: number): string => n.toLocaleString('en-US');
