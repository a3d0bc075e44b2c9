// CIFAR-10 and CIFAR-100 in the official binary form (Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html):
// records of fixed length without header, so the number of images follows from the file's size.
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { DataError } from '../../errors.js';
import type { Dataset, Examples } from '../dataset.js';
import { fingerprint } from '../fingerprint.js';
import { fileSize, readDataFile } from '../files.js';
import { usualNormalisation } from '../images/normalise.js';

/** The two CIFAR data sets. */
export type CifarKind = 'cifar10' | 'cifar100';

const SIDE = 32;
const PLANE = SIDE * SIDE;
const PIXELS = 3 * PLANE;
const SHAPE = [SIDE, SIDE, 3] as const;

/** How the two forms differ. */
interface Format {
  folder: string;
  train: string[];
  test: string;
  recordsInTrainFile: number;
  /** The bytes before the pixels and their ranges; the last one is the class. */
  labels: { name: string; classes: number }[];
  /** The file with the class names. */
  names: string;
}

const FORMATS: Record<CifarKind, Format> = {
  cifar10: {
    folder: 'cifar-10-batches-bin',
    train: [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`),
    test: 'test_batch.bin',
    recordsInTrainFile: 10_000,
    labels: [{ name: 'label', classes: 10 }],
    names: 'batches.meta.txt',
  },
  cifar100: {
    folder: 'cifar-100-binary',
    train: ['train.bin'],
    test: 'test.bin',
    recordsInTrainFile: 50_000,
    labels: [
      { name: 'coarse label', classes: 20 },
      { name: 'fine label', classes: 100 },
    ],
    names: 'fine_label_names.txt',
  },
};

const TRAIN_IMAGES = 50_000;
const TEST_IMAGES = 10_000;

const CIFAR10_CLASSES = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');

/** Bytes of a record: labels (CIFAR-10 one, CIFAR-100 two) and 3 planes of 32 × 32 pixels. */
export const cifarRecordBytes = (kind: CifarKind): number => FORMATS[kind].labels.length + PIXELS;

/**
 * Decodes one CIFAR file: planes of red, green and blue become `[N, 32, 32, 3]`. CIFAR-100 gives the fine labels.
 *
 * @param bytes - the whole file
 * @param kind - which of the two forms
 * @param file - the file's name, for errors
 * @throws DataError when there is no record, a record is cut, or a label is out of range, with the byte offset
 */
export function decodeCifar(bytes: Uint8Array, kind: CifarKind, file: string): Examples {
  const kinds = FORMATS[kind].labels;
  const record = cifarRecordBytes(kind);
  checkLength(bytes.length, kind, file);
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
 * @param kind - which of the two
 * @param wanted - fingerprint of a data set: where the first training files give it, the others are left out, so that
 *   what was trained on some of them can be trained and tested on the same when more have come
 * @throws DataError when a file is missing, unreadable, not a file, empty, cut, too long or has a label out of range
 */
export function readCifar(root: string, kind: CifarKind, wanted?: string): Dataset {
  const format = FORMATS[kind];
  const folder = cifarFolder(resolve(root), kind);
  const there = format.train.filter((name) => existsSync(join(folder, name)));
  const trainFiles = there.length > 0 ? there : format.train.slice(0, 1); // the reader says what is wrong with it
  const read = (name: string): Examples => readPart(join(folder, name), kind, format.recordsInTrainFile);
  const parts = [read(trainFiles[0])];
  const test = readPart(join(folder, format.test), kind, TEST_IMAGES);
  const classes = classNames(join(folder, format.names), kind);
  const made = (): Dataset =>
    datasetOf(kind, folder, trainFiles.slice(0, parts.length), { classes, train: joined(parts), test });
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
  kind: CifarKind,
  folder: string,
  trainFiles: string[],
  { classes, train, test }: Pick<Dataset, 'classes' | 'train' | 'test'>,
): Dataset {
  const normalisation = usualNormalisation(kind);
  const parts = { name: kind, kind: 'images' as const, shape: [...SHAPE] as Dataset['shape'], classes, normalisation, train, test };
  return {
    ...parts,
    fingerprint: fingerprint(parts),
    description:
      `${kind}: ${grouped(train.count)} of ${grouped(TRAIN_IMAGES)} training images (${trainFiles.join(', ')}) and ` +
      `${grouped(test.count)} of ${grouped(TEST_IMAGES)} test images (${FORMATS[kind].test}) from ${basename(folder)}`,
  };
}

/** The folder with the files: `root` itself when the test file is in it, else its official subfolder. */
export function cifarFolder(root: string, kind: CifarKind): string {
  const { folder, test } = FORMATS[kind];
  return existsSync(join(root, test)) ? root : join(root, folder);
}

/** Reads and decodes one file; its size is looked at first, so that nothing absurd is read into memory. */
function readPart(file: string, kind: CifarKind, most: number): Examples {
  const size = fileSize(file, ifMissing(kind));
  checkLength(size, kind, file);
  const record = cifarRecordBytes(kind);
  if (size > most * record)
    throw new DataError(
      file,
      `expected at most ${grouped(most)} records of ${grouped(record)} bytes, found ${grouped(size / record)}`,
      'put the official file in its place (`sgs data` downloads it)',
    );
  return decodeCifar(readDataFile(file, ifMissing(kind)), kind, file);
}

function checkLength(length: number, kind: CifarKind, file: string): void {
  const record = cifarRecordBytes(kind);
  const over = length % record;
  if (length > 0 && over === 0) return;
  const found =
    length === 0
      ? `the file is empty, expected records of ${grouped(record)} bytes`
      : `byte ${length - over}: expected a whole record of ${grouped(record)} bytes or the end, ` +
        `found ${grouped(over)} bytes (file of ${grouped(length)} bytes)`;
  throw new DataError(file, found, 'the file is cut off or of another form; download it again with `sgs data`');
}

const ifMissing = (kind: CifarKind): string =>
  `run \`sgs data ${kind}\`, or name the folder that holds ${FORMATS[kind].folder} with --data-dir or SGS_DATA`;

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

/** Class names from the official text file, one a line; without the file the built-in ones, or numbers. */
function classNames(file: string, kind: CifarKind): string[] {
  const classes = kind === 'cifar10' ? 10 : 100;
  if (!existsSync(file))
    return kind === 'cifar10' ? [...CIFAR10_CLASSES] : Array.from({ length: classes }, (_, i) => `class ${i}`);
  const size = fileSize(file, ifMissing(kind));
  const lines = size > 65_536 ? [] : new TextDecoder().decode(readDataFile(file, ifMissing(kind))).split('\n');
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
