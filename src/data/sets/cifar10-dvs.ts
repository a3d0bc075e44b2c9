// CIFAR10-DVS (Li et al. 2017): 10,000 recordings of CIFAR-10 images moved before a DVS128, 1,000 a class.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ArchiveSource } from '../download/sources.js';
import { readEventFolders, type EventDataset, type EventSetOptions } from '../events/event-folders.js';
import { CIFAR10_CLASSES } from './cifar10.js';
import { type DatasetDefinition, plainFrames } from './definition.js';

const NAME = 'cifar10-dvs';
const FOLDER = 'cifar10-dvs';
const RECORDINGS = 1000;

/** The official archives, named as CIFAR-10's classes are: files of figshare article 4724671. */
const ARCHIVES: [id: number, md5: string][] = [
  [7712788, '0afd5c4bf9ae06af762a77b180354fdd'],
  [7712791, '8438dfeba3bc970c94962d995b1b9bdd'],
  [7712794, 'a9c207c91c55b9dc2002dc21c684d785'],
  [7712812, '52c63c677c2b15fa5146a8daf4d56687'],
  [7712815, 'b6bf21f6c04d21ba4e23fc3e36c8a4a3'],
  [7712818, 'f379ebdf6703d16e0a690782e62639c3'],
  [7712842, 'cad6ed91214b1c7388a5f6ee56d08803'],
  [7712851, 'e7cbbf77bec584ffbf913f00e682782a'],
  [7712836, '41c7bd7d6b251be82557c6cce9a7d5c9'],
  [7712839, '89f3922fd147d9aeff89e76a2b0b70a7'],
];

/**
 * The recordings of one class. The interface address of figshare comes first: its download address answers programs
 * with a challenge (tonic, issue 329).
 */
const archiveOf = (label: string, i: number): ArchiveSource => {
  const [id, md5] = ARCHIVES[i];
  return {
    urls: [`https://api.figshare.com/v2/file/download/${id}`, `https://ndownloader.figshare.com/files/${id}`],
    file: `${label}.zip`,
    md5,
    inside: label,
    folder: `${FOLDER}/${label}`,
    files: Array.from({ length: RECORDINGS }, (_, n) => ({ name: `cifar10_${label}_${n}.aedat` })),
  };
};

/** The folder with a folder for each class: `root` itself where one is in it, else its subfolder. */
const folderIn = (root: string): string =>
  CIFAR10_CLASSES.some((label) => existsSync(join(root, label))) ? root : join(root, FOLDER);

export const cifar10Dvs: DatasetDefinition = {
  name: NAME,
  title: 'CIFAR10-DVS',
  kind: 'frames',
  sensor: [128, 128],
  shape: [48, 48, 2],
  classes: CIFAR10_CLASSES,
  sizes: { train: 9 * RECORDINGS, test: RECORDINGS }, // of any of the named splits
  normalisation: plainFrames,
  files: { folder: folderIn, archives: CIFAR10_CLASSES.map(archiveOf) },
  load: ({ root, pipeline, split, frames, frameCache: cacheDir, signal, onProgress }) =>
    readCifar10Dvs(root, {
      ...{ pipeline, split, frames, cacheDir, signal },
      onProgress: (done, total) => onProgress?.({ done, total, label: `reading ${NAME}` }),
    }),
};

/**
 * Reads CIFAR10-DVS as frames, `[N, T, 48, 48, 2]`, from the official archives unpacked:
 * `airplane/cifar10_airplane_0.aedat` and so on. A class may have any number of recordings from two on.
 *
 * @param root - the folder that holds `cifar10-dvs`, or that folder itself
 * @param options - pipeline, split, frames, cache; see {@link EventSetOptions}
 * @throws DataError and SettingsError as {@link readEventFolders}
 */
export function readCifar10Dvs(root: string, options: EventSetOptions = {}): Promise<EventDataset> {
  return readEventFolders(
    {
      name: NAME,
      folder: folderIn(resolve(root)),
      classes: [...CIFAR10_CLASSES],
      ifMissing: `run \`sgs data ${NAME}\`, or name the folder that holds ${FOLDER} with --data-dir or SGS_DATA`,
    },
    options,
  );
}
