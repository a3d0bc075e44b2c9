// A data set of AEDAT 2.0 recordings in one folder a class: found, split, made into frames and kept in a cache.
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DataError } from '../../errors.js';
import { fileError } from '../../files/errors.js';
import { canonicalJson, sha256 } from '../../hash.js';
import { readAedat2 } from './aedat.js';
import { DEFAULT_PIPELINE, DEFAULT_SPLIT } from '../check.js';
import type { Dataset, DatasetName, Examples } from '../dataset.js';
import { fingerprint } from '../fingerprint.js';
import { writeFrameCache, readFrameCache, type Place } from './frame-cache.js';
import { framer, pipelineName, PIPELINES, type PipelineName } from './pipelines.js';
import { splitRecordings, type Recording } from './recording-split.js';

/** How recordings become examples. */
export interface EventSetOptions {
  /** One of PIPELINES; default `tet`. */
  pipeline?: string;
  /** `first-900` (default), `spikingjelly` or `random:<seed>`. */
  split?: string;
  /** Frames of an example T, the time steps of the network; default 10. */
  frames?: number;
  /** Pixels of a frame, each way; default 48. */
  side?: number;
  /** Where frames are kept between runs; without it they are made anew each time. Safe to delete. */
  cacheDir?: string;
  /** Told after each recording that is decoded (not when the cache serves). */
  onProgress?: (done: number, total: number) => void;
  /** Stops the decoding; what was decoded is not kept. */
  signal?: AbortSignal;
}

/** A data set of event frames, with what its record needs to name. */
export interface EventDataset extends Dataset {
  kind: 'frames';
  frames: number;
  pipeline: PipelineName;
  /** Which recordings are in the two parts; see {@link splitRecordings}. */
  recordingSplit: { name: string; hash: string };
}

/** Which data set, and where. */
export interface EventFolders {
  name: DatasetName;
  /** The folder that holds one folder a class. */
  folder: string;
  /** The classes in label order, named as their folders. */
  classes: string[];
  /** What to do when recordings are missing, for errors. */
  ifMissing: string;
}

/**
 * Reads recordings as frames: `[N, T, side, side, 2]`, channel 0 = OFF, 1 = ON.
 *
 * The frames of all recordings are kept in one cache file, of the same size as the result, for every split. Its key is
 * the pipeline, the frames and the side, and each recording's name, size and time of change; anything else than the whole
 * file that was written is rebuilt, never trusted. Decoding the 10,000 recordings of CIFAR10-DVS takes a few minutes.
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
  const { frames = 10, side = 48 } = options;
  const pipeline = pipelineName(options.pipeline ?? DEFAULT_PIPELINE);
  const toFrames = framer(pipeline, frames, side);
  const files = classes.map((label) => recordingsOf(folder, label, ifMissing));
  const split = splitRecordings(options.split ?? DEFAULT_SPLIT, files);
  const bytes = frames * side * side * 2;
  const train = emptyExamples(split.train, bytes);
  const test = emptyExamples(split.test, bytes);

  const all = files.flat();
  const places = new Map([...placesOf(split.train, train, bytes), ...placesOf(split.test, test, bytes)]);
  const place: Place = (entry) => places.get(all[entry])!;
  const timeOrder = PIPELINES[pipeline].split === 'duration' ? 'refuse' : 'keep';
  const make = async (entry: number): Promise<Uint8Array> => {
    // A turn of the event loop for each recording: progress can be shown and an interrupt is heard.
    await new Promise((resolve) => setImmediate(resolve));
    options.signal?.throwIfAborted();
    const made = toFrames(readAedat2(join(folder, all[entry]), { timeOrder }));
    options.onProgress?.(entry + 1, all.length);
    return made;
  };
  if (options.cacheDir === undefined) {
    for (let entry = 0; entry < all.length; entry++) place(entry).set(await make(entry));
  } else {
    const recordings = all.map((file) => [file, ...sizeAndTime(join(folder, file))]);
    const key = sha256(canonicalJson({ pipeline: PIPELINES[pipeline], frames, side, recordings }));
    const file = join(options.cacheDir, `${name}-${pipeline}-${key.slice(0, 16)}.frames`);
    const cache = { file, key, count: all.length, bytes };
    if (!readFrameCache(cache, place)) await writeFrameCache(cache, make, place);
  }

  const kind = 'frames' as const;
  const parts = { name, kind, shape: [side, side, 2] as [number, number, number], frames, classes, train, test };
  return {
    ...parts,
    fingerprint: fingerprint(parts),
    pipeline,
    recordingSplit: { name: split.name, hash: split.hash },
    description:
      `${name}: ${grouped(train.count)} training and ${grouped(test.count)} test recordings of ${classes.length} classes ` +
      `from ${basename(folder)}, split ${split.name}, pipeline ${pipeline}, ${frames} frames of ${side} × ${side}`,
  };
}

/** A recording's name: its number, if it ends in one, and its ending, in capitals too as some disks write it. */
const RECORDING = /(\d*)\.aedat$/i;

/** The recordings of a class below the folder, in the order of the last number in their names. */
function recordingsOf(folder: string, label: string, ifMissing: string): string[] {
  const place = join(folder, label);
  let names: string[];
  try {
    names = readdirSync(place);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new DataError(place, 'there is no such folder', ifMissing);
    throw fileError(place, 'list', error);
  }
  // Names that begin with a dot are what file managers and archivers leave behind.
  const recordings = names.filter((name) => RECORDING.test(name) && !name.startsWith('.'));
  if (recordings.length === 0)
    throw new DataError(place, `no .aedat file among ${names.length} entries`, ifMissing);
  const number = (name: string): number => Number(RECORDING.exec(name)?.[1] || -1);
  return recordings
    .sort((a, b) => number(a) - number(b) || (a < b ? -1 : 1))
    .map((name) => `${label}/${name}`);
}

function sizeAndTime(file: string): [size: number, changed: number] {
  try {
    const { size, mtimeMs } = statSync(file);
    return [size, mtimeMs];
  } catch (error) {
    throw fileError(file, 'read', error);
  }
}

const emptyExamples = (recordings: Recording[], bytes: number): Examples => ({
  data: new Uint8Array(recordings.length * bytes),
  labels: Uint8Array.from(recordings, ({ label }) => label),
  count: recordings.length,
});

/** Where the frames of each recording belong in the data of its part. */
const placesOf = (recordings: Recording[], { data }: Examples, bytes: number): [string, Uint8Array][] =>
  recordings.map(({ file }, i) => [file, data.subarray(i * bytes, (i + 1) * bytes)]);

const grouped = (n: number): string => n.toLocaleString('en-US');
