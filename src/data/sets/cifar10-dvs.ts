// CIFAR10-DVS (Li et al. 2017): 10,000 recordings of CIFAR-10 images moved before a DVS128, 1,000 a class.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readEventFolders, type EventDataset, type EventSetOptions } from '../events/event-folders.js';

const FOLDER = 'cifar10-dvs';

/** The classes in label order (CIFAR-10's, which is also the alphabet's), named as the archives' folders. */
export const CIFAR10_DVS_CLASSES = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];

/** The folder with a folder for each class: `root` itself where one is in it, else its subfolder. */
export const cifar10DvsFolder = (root: string): string =>
  CIFAR10_DVS_CLASSES.some((label) => existsSync(join(root, label))) ? root : join(root, FOLDER);

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
      name: 'cifar10-dvs',
      folder: cifar10DvsFolder(resolve(root)),
      classes: [...CIFAR10_DVS_CLASSES],
      ifMissing: `run \`sgs data cifar10-dvs\`, or name the folder that holds ${FOLDER} with --data-dir or SGS_DATA`,
    },
    options,
  );
}
