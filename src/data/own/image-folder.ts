// Images of one's own in folders of classes: PNG, all of one size.
import { basename, join } from 'node:path';
import { DataError, SettingsError } from '../../errors.js';
import { nextTurn } from '../../host/turn.js';
import type { Dataset } from '../dataset.js';
import { readDataFile } from '../files.js';
import { arrayDataset, type LabelledImages } from '../sets/arrays.js';
import { classFiles, hasClassesOf, inTurns, type LabelledFile } from './folders.js';
import type { OwnContext, OwnFormat } from './format.js';
import { decodePng, type PictureBytes } from './png.js';

const ENDINGS = ['.png'];

export const imageFolder: OwnFormat = {
  title: 'a folder of PNG images in a folder a class, or such folders in train and test',
  framed: false,
  recognises: (path) => hasClassesOf(path, ENDINGS),
  load: readImageFolder,
};

/**
 * Reads PNG images by class: `CLASS/1.png`, a tenth of each class held out for the test, or `train/CLASS/1.png` and
 * `test/CLASS/1.png`. Grey where all are grey, else red, green, blue.
 *
 * @throws DataError naming the file that is none, is damaged, or is of another size than the first
 */
async function readImageFolder({ path, name, signal, onProgress }: OwnContext): Promise<Dataset> {
  const { classes, train, test } = classFiles(path, ENDINGS);
  const total = [...train, ...(test ?? [])].reduce((sum, files) => sum + files.length, 0);
  let done = 0;
  let first: PictureBytes & { file: string } = undefined!;
  const read = async (files: LabelledFile[]): Promise<{ pictures: PictureBytes[]; labels: number[] }> => {
    const pictures: PictureBytes[] = [];
    for (const { file } of files) {
      const whole = join(path, file);
      const picture = decodePng(readDataFile(whole, 'check the path'), whole);
      first ??= { ...picture, file };
      if (picture.height !== first.height || picture.width !== first.width)
        throw new DataError(
          whole,
          `${picture.height} × ${picture.width} pixels, ${first.file} has ${first.height} × ${first.width}`,
          'give all images one size',
        );
      pictures.push(picture);
      done++;
      if (done % 100 === 0) {
        await nextTurn(); // shows progress, notices an interrupt
        signal?.throwIfAborted();
        onProgress?.({ done, total, label: `reading ${name}` });
      }
    }
    return { pictures, labels: files.map(({ label }) => label) };
  };
  const parts = [await read(inTurns(train)), ...(test ? [await read(inTurns(test))] : [])];
  onProgress?.({ done, total, label: `reading ${name}` });
  const channels = parts.some(({ pictures }) => pictures.some((picture) => picture.channels === 3)) ? 3 : 1;
  const [trained, tested] = parts.map(({ pictures, labels }): LabelledImages => ({
    x: joined(pictures, channels),
    labels,
  }));
  try {
    const dataset = arrayDataset({
      ...{ name, classes, ...trained, shape: [first.height, first.width, channels] },
      ...(tested && { test: tested }),
    });
    const { count } = dataset.train;
    return {
      ...dataset,
      description: `${name}: ${grouped(count)} training and ${grouped(dataset.test.count)} test images of ${classes.length} classes from ${basename(path)}`,
    };
  } catch (error) {
    if (error instanceof SettingsError) throw new DataError(path, error.message, 'correct the folder');
    throw error;
  }
}

/** Pictures one after the other; a grey one among coloured ones has its grey in all three channels. */
function joined(pictures: readonly PictureBytes[], channels: 1 | 3): Uint8Array {
  const size = pictures.length === 0 ? 0 : pictures[0].height * pictures[0].width * channels;
  const bytes = new Uint8Array(size * pictures.length);
  pictures.forEach(({ data, channels: own }, i) => {
    if (own === channels) bytes.set(data, i * size);
    else for (let j = 0; j < size; j++) bytes[i * size + j] = data[Math.floor(j / 3)];
  });
  return bytes;
}

const grouped = (n: number): string => n.toLocaleString('en-US');
