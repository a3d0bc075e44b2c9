// CIFAR-10 and CIFAR-100 in the official binary form (Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html):
// records of fixed length without header, so the number of images follows from the file's size.
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { DataError } from '../../errors.js';
import type { Dataset, Examples } from '../dataset.js';
import type { ArchiveSource } from '../download/sources.js';
import { fingerprint } from '../fingerprint.js';
import { fileSize, readDataFile } from '../files.js';
import type { DatasetDefinition } from './definition.js';

const SIDE = 32;
const PLANE = SIDE * SIDE;
const PIXELS = 3 * PLANE;
export const SHAPE: Dataset['shape'] = [SIDE, SIDE, 3];

/** Differences of the two data sets of this form. */
export interface CifarForm extends Pick<DatasetDefinition, 'name' | 'title' | 'classes' | 'normalisation'> {
  /** The official folder, and the files in it. */
  folder: string;
  train: string[];
  test: string;
  recordsInTrainFile: number;
  /** The bytes before the pixels and their ranges; the last one is the class. */
  labels: { name: string; classes: number }[];
  /** The file with the class names, one a line. */
  names: string;
  archive: Pick<ArchiveSource, 'file' | 'md5' | 'bytes' | 'files'>;
}

export const TRAIN_IMAGES = 50_000;
export const TEST_IMAGES = 10_000;

/** Bytes of a record: labels (CIFAR-10 one, CIFAR-100 two) and 3 planes of 32 × 32 pixels. */
export const cifarRecordBytes = ({ labels }: Pick<CifarForm, 'labels'>): number => labels.length + PIXELS;

/**
 * Decodes one CIFAR file: planes of red, green and blue become `[N, 32, 32, 3]`. CIFAR-100 gives the fine labels.
 *
 * @param bytes - the whole file
 * @param form - of which data set
 * @param file - the file's name, for errors
 * @throws DataError when there is no record, a record is cut, or a label is out of range, with the byte offset
 */
export function decodeCifar(bytes: Uint8Array, form: CifarForm, file: string): Examples {
  const kinds = form.labels;
  const record = cifarRecordBytes(form);
  checkLength(bytes.length, form, file);
  const count = bytes.length / record;
  const data = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const start = i * record;
    kinds.forEach(({ name, classes }, at) => {
      const label = bytes[start + at];
      if (label >= classes)
        throw new DataError(
          file,
          `byte ${start + at}: expected a ${name} of 0 to ${classes - 1}, found ${label} (record ${i})`,
          'the file is damaged or of another form; download it again with `sgs data`',
        );
    });
    const red = start + kinds.length;
    labels[i] = bytes[red - 1];
    let to = i * PIXELS;
    for (let from = red; from < red + PLANE; from++) {
      data[to++] = bytes[from];
      data[to++] = bytes[from + PLANE];
      data[to++] = bytes[from + 2 * PLANE];
    }
  }
  return { data, labels, count };
}

/**
 * Reads CIFAR-10 or CIFAR-100: every training file that is there, in order, and the test file, whole.
 *
 * @param root - the folder that holds `cifar-10-batches-bin` or `cifar-100-binary`, or that folder itself
 * @param form - of which data set
 * @param wanted - fingerprint of a data set: where the first training files give it, the others are left out, so that
 *   what was trained on some of them can be trained and tested on the same when more have come
 * @throws DataError when a file is missing, unreadable, not a file, empty, cut, too long or has a label out of range
 */
export function readCifar(root: string, form: CifarForm, wanted?: string): Dataset {
  const folder = cifarFolder(resolve(root), form);
  const there = form.train.filter((name) => existsSync(join(folder, name)));
  const trainFiles = there.length > 0 ? there : form.train.slice(0, 1); // the reader says what is wrong with it
  const read = (name: string): Examples => readPart(join(folder, name), form, form.recordsInTrainFile);
  const parts = [read(trainFiles[0])];
  const test = readPart(join(folder, form.test), form, TEST_IMAGES);
  const classes = classNames(join(folder, form.names), form);
  const made = (): Dataset =>
    datasetOf(form, folder, trainFiles.slice(0, parts.length), { classes, train: joined(parts), test });
  for (const name of trainFiles.slice(1)) {
    if (wanted !== undefined) {
      const dataset = made();
      if (dataset.fingerprint === wanted) return dataset;
    }
    parts.push(read(name));
  }
  return made();
}

/** A data set of the examples in some training files and the test file. */
function datasetOf(
  form: CifarForm,
  folder: string,
  trainFiles: string[],
  { classes, train, test }: Pick<Dataset, 'classes' | 'train' | 'test'>,
): Dataset {
  const { name, normalisation } = form;
  const shape: Dataset['shape'] = [...SHAPE];
  const parts = { name, kind: 'images' as const, shape, classes, normalisation, train, test };
  return {
    ...parts,
    fingerprint: fingerprint(parts, normalisation),
    description:
      `${name}: ${grouped(train.count)} of ${grouped(TRAIN_IMAGES)} training images (${trainFiles.join(', ')}) and ` +
      `${grouped(test.count)} of ${grouped(TEST_IMAGES)} test images (${form.test}) from ${basename(folder)}`,
  };
}

/** The folder with the files: `root` itself when the test file is in it, else its official subfolder. */
export const cifarFolder = (root: string, { folder, test }: CifarForm): string =>
  existsSync(join(root, test)) ? root : join(root, folder);

/** Reads and decodes one file; its size is checked first, so that nothing absurd is read into memory. */
function readPart(file: string, form: CifarForm, most: number): Examples {
  const size = fileSize(file, ifMissing(form));
  checkLength(size, form, file);
  const record = cifarRecordBytes(form);
  if (size > most * record)
    throw new DataError(
      file,
      `expected at most ${grouped(most)} records of ${grouped(record)} bytes, found ${grouped(size / record)}`,
      'put the official file in its place (`sgs data` downloads it)',
    );
  return decodeCifar(readDataFile(file, ifMissing(form)), form, file);
}

function checkLength(length: number, form: CifarForm, file: string): void {
  const record = cifarRecordBytes(form);
  const over = length % record;
  if (length > 0 && over === 0) return;
  const found =
    length === 0
      ? `the file is empty, expected records of ${grouped(record)} bytes`
      : `byte ${length - over}: expected a whole record of ${grouped(record)} bytes or the end, ` +
        `found ${grouped(over)} bytes (file of ${grouped(length)} bytes)`;
  throw new DataError(
    file,
    found,
    'the file is cut off or of another form; download it again with `sgs data`',
  );
}

const ifMissing = ({ name, folder }: CifarForm): string =>
  `run \`sgs data ${name}\`, or name the folder that holds ${folder} with --data-dir or SGS_DATA`;

/** One part out of several files, in their order. */
function joined(parts: Examples[]): Examples {
  if (parts.length === 1) return parts[0];
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const whole = { data: new Uint8Array(count * PIXELS), labels: new Uint8Array(count), count };
  let at = 0;
  for (const { data, labels, count: more } of parts) {
    whole.data.set(data, at * PIXELS);
    whole.labels.set(labels, at);
    at += more;
  }
  return whole;
}

/** Class names from the official text file, one a line; without the file those of the definition. */
function classNames(file: string, form: CifarForm): string[] {
  const classes = form.classes.length;
  if (!existsSync(file)) return [...form.classes];
  const size = fileSize(file, ifMissing(form));
  const lines =
    size > 65_536 ? [] : new TextDecoder().decode(readDataFile(file, ifMissing(form))).split('\n');
  const found = lines.map((name) => name.trim()).filter(Boolean);
  if (found.length !== classes)
    throw new DataError(
      file,
      `expected ${classes} class names, one a line, found ${found.length} in ${grouped(size)} bytes`,
      'put the official file there, or delete it to use the built-in names',
    );
  return found;
}

const grouped = (n: number): string => n.toLocaleString('en-US');
