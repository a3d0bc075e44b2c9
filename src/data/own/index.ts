// The forms that data of one's own may have, in the order in which they are tried. Adding one: its file, and its line here.
// Tests: test/data/own/arrays.test.ts.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DataError, SettingsError } from '../../errors.js';
import type { Dataset } from '../dataset.js';
import { arrayFile } from './array-file.js';
import { arrayFolder } from './array-folder.js';
import type { OwnContext, OwnFormat } from './format.js';
import { imageFolder } from './image-folder.js';
import { labelledRecordings } from './labelled-recordings.js';
import { recordingFolder } from './recording-folder.js';

export const ownFormats: readonly OwnFormat[] = [
  arrayFile,
  arrayFolder,
  labelledRecordings,
  imageFolder,
  recordingFolder,
];

/** Forms of data of one's own, for help and errors. */
export const OWN_FORMATS = ownFormats.map(({ title }) => title);

/**
 * Loads data of one's own from a file or folder, whole.
 *
 * @param root - what a relative path is below: the data folder
 * @throws DataError naming the file, what is wrong with it and what to do; SettingsError where a setting has nothing to say
 */
export async function loadOwn(root: string, given: OwnContext): Promise<Dataset> {
  const path = resolve(root, given.path);
  if (!existsSync(path))
    throw new DataError(
      path,
      'there is no such file or folder',
      'correct data.path, which is below the data folder (--data-dir, SGS_DATA), or name it with --data-path',
    );
  const format = ownFormats.find(({ recognises }) => recognises(path));
  if (format === undefined)
    throw new DataError(
      path,
      'none of the forms of data that are read',
      `expected ${OWN_FORMATS.join('; ')}`,
    );
  const idle = (['pipeline', 'split'] as const).find((setting) => given[setting] !== undefined);
  if (!format.framed && idle !== undefined)
    throw new SettingsError(
      `data.${idle}: ${JSON.stringify(given[idle])} is for recordings of events, ${given.name} are arrays or images; leave it out`,
    );
  return format.load({ ...given, path });
}
