// Recordings, whatever their form, made into the frames of a data set and kept in a cache.
// Tests: test/data/events/event-folders.test.ts and test/data/sets/nmnist.test.ts.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileError } from '../../files/errors.js';
import { canonicalJson, sha256 } from '../../hash.js';
import { nextTurn } from '../../host/turn.js';
import type { Dataset, Examples } from '../dataset.js';
import type { EventStream } from './events.js';
import { readFrameCache, writeFrameCache, type Place } from './frame-cache.js';
import { DEFAULT_PIPELINE, framer, pipelineName, PIPELINES, type PipelineName } from './pipelines.js';
import type { Recording } from './recording-split.js';

/** Options of turning recordings into examples. */
export interface FrameOptions {
  /** One of PIPELINES; default `tet`. */
  pipeline?: string;
  /** Frames of an example T, the time steps of the network; default 10. */
  frames?: number;
  /** Pixels of a frame, each way; default 48. */
  side?: number;
  /** Where frames are kept between runs; without it they are made anew each time. Safe to delete. */
  cacheDir?: string;
  /** Called after each recording that is decoded (not when the cache serves). */
  onProgress?: (done: number, total: number) => void;
  /** Stops the decoding; what was decoded is not kept. */
  signal?: AbortSignal;
}

/** Recordings and their reader. */
export interface Recordings {
  /** Of the data set. */
  name: string;
  /** The folder that their paths are below. */
  folder: string;
  /** Those of the two parts, in the order of the examples. */
  train: Recording[];
  test: Recording[];
  /** All of them, in the order in which the cache keeps them. */
  files: string[];
  /** The file that a recording is in, where its name says more than that; default its name. */
  sourceOf?(recording: string): string;
  /** Reads one; frames of equal count can be made where time steps back, for which the order of the file is kept. */
  read(path: string, timeOrder: 'keep' | 'refuse'): EventStream;
}

/** Frames of recordings, in the two parts of a data set. */
export interface FramedRecordings extends Pick<Dataset, 'train' | 'test' | 'shape'> {
  kind: 'frames';
  frames: number;
  pipeline: PipelineName;
}

/**
 * Reads recordings as frames: `[N, T, side, side, 2]`, channel 0 = OFF, 1 = ON.
 *
 * The frames of all recordings are kept in one cache file, of the same size as the result. Its key is the pipeline, the
 * frames and the side, and each recording's name, size and time of change; anything else than the whole file that was
 * written is rebuilt, never trusted.
 *
 * @throws DataError when a recording is refused by its reader, or the cache cannot be written
 * @throws SettingsError when there is no such pipeline
 */
export async function frameRecordings(
  { name, folder, files, read, sourceOf = (file) => file, ...parts }: Recordings,
  options: FrameOptions = {},
): Promise<FramedRecordings> {
  const { frames = 10, side = 48 } = options;
  const pipeline = pipelineName(options.pipeline ?? DEFAULT_PIPELINE);
  const toFrames = framer(pipeline, frames, side);
  const bytes = frames * side * side * 2;
  const train = emptyExamples(parts.train, bytes);
  const test = emptyExamples(parts.test, bytes);

  const places = new Map([...placesOf(parts.train, train, bytes), ...placesOf(parts.test, test, bytes)]);
  const place: Place = (entry) => places.get(files[entry])!;
  const timeOrder = PIPELINES[pipeline].split === 'duration' ? 'refuse' : 'keep';
  const make = async (entry: number): Promise<Uint8Array> => {
    // A turn of the event loop for each recording, to show progress and to notice an interrupt.
    await nextTurn();
    options.signal?.throwIfAborted();
    const made = toFrames(read(join(folder, files[entry]), timeOrder));
    options.onProgress?.(entry + 1, files.length);
    return made;
  };
  if (options.cacheDir === undefined) {
    for (let entry = 0; entry < files.length; entry++) place(entry).set(await make(entry));
  } else {
    const recordings = files.map((file) => [file, ...sizeAndTime(join(folder, sourceOf(file)))]);
    const key = sha256(canonicalJson({ pipeline: PIPELINES[pipeline], frames, side, recordings }));
    const file = join(options.cacheDir, `${name}-${pipeline}-${key.slice(0, 16)}.frames`);
    const cache = { file, key, count: files.length, bytes };
    if (!readFrameCache(cache, place)) await writeFrameCache(cache, make, place);
  }
  return { kind: 'frames', shape: [side, side, 2], frames, train, test, pipeline };
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
