// shapes10-dvs, the embedded event set: images of shapes10 moved before a simulated DVS128, kept as AEDAT 2.0 files in
// the folders of CIFAR10-DVS and read through the same reader, pipelines and splits.
import { basename, join, resolve } from 'node:path';
import { SettingsError } from '../../errors.js';
import { stream } from '../../random.js';
import { encodeAedat2 } from '../events/aedat.js';
import { defaultCamera, dvsCamera } from '../events/dvs-camera.js';
import { readEventFolders, type EventDataset, type EventSetOptions } from '../events/event-folders.js';
import { type DatasetDefinition, plainFrames } from './definition.js';
import { ensureFolder, type GeneratedFile } from './generated-folder.js';
import { SHAPES10_CLASSES, shapes10Part } from './shapes10.js';

/**
 * Raised whenever other code makes other recordings of the same settings: folders made before are then made anew. The
 * pinned digests of test/data/sets/shapes10-dvs.test.ts say when.
 */
const GENERATION = 1;
const IMAGE_BYTES = 32 * 32 * 3;
/** Of each class. */
const RECORDINGS = 100;

export const shapes10DvsDefinition: DatasetDefinition = {
  name: 'shapes10-dvs',
  title: 'shapes10-dvs',
  kind: 'frames',
  sensor: [128, 128],
  shape: [48, 48, 2],
  classes: SHAPES10_CLASSES,
  sizes: {
    train: 0.9 * RECORDINGS * SHAPES10_CLASSES.length,
    test: 0.1 * RECORDINGS * SHAPES10_CLASSES.length,
  },
  normalisation: plainFrames,
  load: ({ cache, pipeline, split, frames, frameCache: cacheDir, signal, onProgress }) =>
    shapes10dvs({
      folder: join(cache, 'shapes10-dvs'),
      pipeline,
      split,
      frames,
      cacheDir,
      signal,
      onProgress,
    }),
};

/** Where the recordings are kept, how many there are, and how they become frames. */
export interface Shapes10DvsOptions extends Omit<EventSetOptions, 'onProgress'> {
  /** The folder of the recordings; made when it is missing, made anew when it is not what was asked for. */
  folder: string;
  /** Recordings a class, an integer ≥ 2; default 100: 53 MB, 900 for training and 100 for the test. */
  recordings?: number;
  /** Seed of the images, a non-negative integer; default 0. */
  seed?: number;
  /** Called after each recording that is made or read. */
  onProgress?: (event: { done: number; total: number; label: string }) => void;
}

/**
 * Makes shapes10-dvs where it is not there yet, and reads it as frames, `[N, T, 48, 48, 2]`, channel 0 = OFF, 1 = ON.
 *
 * The recordings are those of the first training images of {@link shapes10}, `recordings` of each class, in
 * `disc/shapes10_disc_0.aedat` and so on: two rounds of the movement, 0.4 s, about 6,600 events (CIFAR10-DVS: six
 * rounds, more events). They are made in a temporary folder, which takes the name at the end. A manifest with
 * the SHA-256 of every file is checked at each reading; a folder that differs from it in any way is made anew.
 *
 * @throws SettingsError when `recordings` or `seed` is out of range, or there is no such pipeline or split
 * @throws DataError when the folder holds something else, or the disk refuses
 */
export async function shapes10dvs(options: Shapes10DvsOptions): Promise<EventDataset> {
  const { recordings = RECORDINGS, seed = 0, onProgress, ...reading } = options;
  if (!Number.isSafeInteger(recordings) || recordings < 2)
    throw new SettingsError(
      `shapes10dvs: recordings must be an integer ≥ 2 (a class), got ${recordings}; the default is 100`,
    );
  const folder = resolve(options.folder);
  const labelled = (label: string) => (done: number, total: number) => onProgress?.({ done, total, label });
  await ensureFolder(
    folder,
    {
      folders: [...SHAPES10_CLASSES],
      owns: (path) => /^([^/]+)\/shapes10_\1_\d+\.aedat$/.test(path),
      description: { set: 'shapes10-dvs', generation: GENERATION, recordings, seed, camera: defaultCamera },
      count: recordings * SHAPES10_CLASSES.length,
      files: () => recordingFiles(recordings, seed),
    },
    { onProgress: labelled(`making ${basename(folder)}`), signal: options.signal },
  );
  return readEventFolders(
    {
      name: 'shapes10-dvs',
      folder,
      classes: [...SHAPES10_CLASSES],
      ifMissing: 'remove the folder; it is made anew',
    },
    { ...reading, onProgress: labelled(`reading ${basename(folder)}`) },
  );
}

/** The recordings one after the other, each made when it is asked for. */
function* recordingFiles(recordings: number, seed: number): Generator<GeneratedFile> {
  const images = shapes10Part('train', recordings * SHAPES10_CLASSES.length, seed);
  const camera = dvsCamera();
  const numbers = SHAPES10_CLASSES.map(() => 0);
  for (let i = 0; i < images.count; i++) {
    const label = images.labels[i];
    const name = SHAPES10_CLASSES[label];
    const number = numbers[label]++;
    const image = images.data.subarray(i * IMAGE_BYTES, (i + 1) * IMAGE_BYTES);
    const events = camera(image, stream(seed, 'generate', 'shapes10-dvs', i));
    yield {
      path: `${name}/shapes10_${name}_${number}.aedat`,
      bytes: encodeAedat2(
        events,
        `simulated by sgs-snn: shapes10 seed ${seed}, training image ${i}, ${name}`,
      ),
    };
  }
}
