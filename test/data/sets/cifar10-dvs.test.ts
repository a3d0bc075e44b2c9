// CIFAR10-DVS from folders that the test writes; the reader itself is tested in event-folders.test.ts.
import { join } from 'node:path';
import test from 'ava';
import { CIFAR10_CLASSES } from '../../../src/data/sets/cifar10.js';
import { readCifar10Dvs } from '../../../src/data/sets/cifar10-dvs.js';
import { DataError } from '../../../src/errors.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { writeRecordings } from '../../helpers/recordings.js';

test('readCifar10Dvs: ten classes, 10 frames of 48 × 48, pipeline tet, split first-900', async (t) => {
  const root = temporaryFolder(t);
  writeRecordings(join(root, 'cifar10-dvs'), [...CIFAR10_CLASSES], [0, 1]);
  const set = await readCifar10Dvs(root);
  t.deepEqual([set.name, set.kind, set.frames], ['cifar10-dvs', 'frames', 10]);
  t.deepEqual(set.shape, [48, 48, 2]);
  t.deepEqual(set.classes, CIFAR10_CLASSES);
  t.deepEqual([set.pipeline, set.recordingSplit.name], ['tet', 'first-900']);
  t.deepEqual([...set.train.labels], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  t.deepEqual([...set.test.labels], [...set.train.labels]);
  t.is(set.train.data.length, 10 * 10 * 48 * 48 * 2);
  t.is((await readCifar10Dvs(join(root, 'cifar10-dvs'))).fingerprint, set.fingerprint, 'the folder itself');
});

test('readCifar10Dvs without data says which folder and how to get it', async (t) => {
  await t.throwsAsync(readCifar10Dvs(temporaryFolder(t)), {
    instanceOf: DataError,
    message:
      /cifar10-dvs.airplane: there is no such folder; run `sgs data cifar10-dvs`, or name the folder .*SGS_DATA/,
  });
});
