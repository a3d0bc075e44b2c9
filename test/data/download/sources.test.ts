import test from 'ava';
import type { ArchiveSource } from '../../../src/data/download/sources.js';
import { CIFAR10_CLASSES } from '../../../src/data/sets/cifar10.js';
import { type DatasetName, datasets, DOWNLOADABLE } from '../../../src/data/sets/index.js';

const archivesOf = (name: DatasetName): ArchiveSource[] => datasets[name].files!.archives!;

test('every archive has https addresses, an MD5, files to expect, and a name and folder of its own', (t) => {
  const all = DOWNLOADABLE.flatMap(archivesOf);
  for (const { urls, md5, files } of all) {
    t.true(urls.length > 0 && urls.every((url) => url.startsWith('https://')));
    t.regex(md5, /^[0-9a-f]{32}$/);
    t.true(files.length > 0);
    t.is(new Set(files.map(({ name }) => name)).size, files.length);
    for (const { sha256 } of files) if (sha256 !== undefined) t.regex(sha256, /^[0-9a-f]{64}$/);
  }
  for (const key of ['file', 'folder', 'md5'] as const)
    t.is(new Set(all.map((archive) => archive[key])).size, all.length);
});

test('CIFAR folders are those that the reader looks in, and every binary has a checksum', (t) => {
  const [ten] = archivesOf('cifar10');
  t.is(ten.folder, 'cifar-10-batches-bin');
  t.is(ten.files.length, 6);
  t.is(archivesOf('cifar100')[0].folder, 'cifar-100-binary');
  t.true([...ten.files, ...archivesOf('cifar100')[0].files].every(({ sha256 }) => sha256 !== undefined));
});

test('CIFAR10-DVS is ten archives of 1,000 recordings, one for each class of the reader', (t) => {
  const archives = archivesOf('cifar10-dvs');
  t.deepEqual(
    archives.map(({ folder }) => folder),
    CIFAR10_CLASSES.map((name) => `cifar10-dvs/${name}`),
  );
  t.true(archives.every(({ files }) => files.length === 1000));
  t.is(archives[5].files[999].name, 'cifar10_dog_999.aedat');
});

test('N-MNIST is two archives, of 60,000 and 10,000 recordings in a folder for each digit', (t) => {
  const held = archivesOf('nmnist').map(({ files }) =>
    files.reduce((sum, { holds = NaN }) => sum + holds, 0),
  );
  t.deepEqual(held, [60_000, 10_000]);
  for (const { files } of archivesOf('nmnist'))
    t.deepEqual(
      files.map(({ name }) => name),
      [...'0123456789'],
    );
});
