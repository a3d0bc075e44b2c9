// N-MNIST (Orchard et al. 2015): the 70,000 digits of MNIST, moved in three jumps before an ATIS sensor of 34 × 34 pixels.
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Dataset } from '../dataset.js';
import type { ArchiveSource } from '../download/sources.js';
import { type FramedRecordings, type FrameOptions, frameRecordings } from '../events/framed-recordings.js';
import { NMNIST_SIDE, readNmnist } from '../events/nmnist.js';
import { recordingNumber, recordingsIn } from '../events/recording-files.js';
import type { Recording } from '../events/recording-split.js';
import { fingerprint } from '../fingerprint.js';
import { type DatasetDefinition, plainFrames } from './definition.js';

const NAME = 'nmnist';
const FOLDER = 'N-MNIST';
const PARTS = { train: 'Train', test: 'Test' };
const CLASSES: readonly string[] = '0123456789'.split('');
const SIZES = { train: 60_000, test: 10_000 };

/** Recordings of each digit, which are MNIST's images. */
const COUNTS = {
  train: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
  test: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
};

/** Mendeley Data, 10.17632/468j46mzdv.1; the MD5 are those that tonic and SpikingJelly check. */
const archiveOf = (part: keyof typeof PARTS, id: string, md5: string): ArchiveSource => ({
  urls: [`https://data.mendeley.com/public-files/datasets/468j46mzdv/files/${id}/file_downloaded`],
  file: `${PARTS[part]}.zip`,
  md5,
  inside: PARTS[part],
  folder: `${FOLDER}/${PARTS[part]}`,
  files: COUNTS[part].map((holds, digit) => ({ name: `${digit}`, holds })),
});

/** The folder with the two parts: `root` itself where one is in it, else its subfolder. */
const folderIn = (root: string): string =>
  Object.values(PARTS).some((part) => existsSync(join(root, part))) ? root : join(root, FOLDER);

export const nmnist: DatasetDefinition = {
  name: NAME,
  title: 'N-MNIST',
  kind: 'frames',
  sensor: [NMNIST_SIDE, NMNIST_SIDE],
  shape: [NMNIST_SIDE, NMNIST_SIDE, 2],
  officialTest: true,
  classes: CLASSES,
  sizes: SIZES,
  normalisation: plainFrames,
  augment: 'none', // a digit in the mirror is none
  files: {
    folder: folderIn,
    archives: [
      archiveOf('train', '39c25547-014b-4137-a934-9d29fa53c7a0', '20959b8e626244a1b502305a9e6e2031'),
      archiveOf('test', '05a4d654-7e03-4c15-bdfa-9bb2bcbea494', '69ca8762b2fe404d9b9bad1103e97832'),
    ],
  },
  load: ({ root, pipeline, frames, frameCache: cacheDir, signal, onProgress }) =>
    readNmnistFolders(root, {
      ...{ pipeline, frames, cacheDir, signal },
      onProgress: (done, total) => onProgress?.({ done, total, label: `reading ${NAME}` }),
    }),
};

const IF_MISSING =
  `run \`sgs data ${NAME}\`, or name the folder that holds ${FOLDER} with --data-dir or SGS_DATA; in it are ` +
  `${Object.values(PARTS).join(' and ')}, each with the folders 0 to 9 of .bin files`;

/**
 * Reads N-MNIST as frames, `[N, T, 34, 34, 2]`, channel 0 = OFF, 1 = ON, from the official archives unpacked:
 * `Train/0/00002.bin` and so on. There may be any number of recordings from one a class on.
 *
 * Frames are of the sensor's own size, so that no pipeline resizes, and `tet` and `tet-plain` give the same. The parts
 * are the official ones, each in the order of the files' numbers, which is MNIST's. All of it takes 1.6 GB of memory for
 * ten frames, and as much in the cache.
 *
 * @param root - the folder that holds `N-MNIST`, or that folder itself
 * @throws DataError when a class has no recordings, a recording is refused by {@link readNmnist}, or the cache cannot be
 *   written
 * @throws SettingsError when there is no such pipeline
 */
export async function readNmnistFolders(
  root: string,
  options: Omit<FrameOptions, 'side'> = {},
): Promise<Dataset & FramedRecordings> {
  const folder = folderIn(resolve(root));
  const [train, test] = Object.values(PARTS).map((part) => recordingsOf(folder, part));
  const framed = await frameRecordings(
    {
      ...{ name: NAME, folder, train, test, files: [...train, ...test].map(({ file }) => file) },
      read: (path) => readNmnist(path),
    },
    { ...options, side: NMNIST_SIDE },
  );
  const parts = { name: NAME, classes: [...CLASSES], ...framed };
  return {
    ...parts,
    fingerprint: fingerprint(parts, plainFrames),
    description:
      `${NAME}: ${counted(train.length, SIZES.train)} training and ${counted(test.length, SIZES.test)} test recordings ` +
      `from ${basename(folder)}, pipeline ${framed.pipeline}, ${framed.frames} frames of ${NMNIST_SIDE} × ${NMNIST_SIDE}`,
  };
}

/** The recordings of a part, in the order of their numbers: all digits together. */
const recordingsOf = (folder: string, part: string): Recording[] =>
  CLASSES.flatMap((digit, label) =>
    recordingsIn(folder, `${part}/${digit}`, '.bin', IF_MISSING).map((file) => ({ file, label })),
  ).sort((a, b) => recordingNumber(a.file) - recordingNumber(b.file) || a.label - b.label);

const counted = (there: number, official: number): string =>
  `${there.toLocaleString('en-US')} of ${official.toLocaleString('en-US')}`;
