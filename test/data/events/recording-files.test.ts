// Recordings in a folder of a class; what becomes of them is tested in event-folders.test.ts and nmnist.test.ts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { recordingNumber, recordingsIn } from '../../../src/data/events/recording-files.js';
import { DataError } from '../../../src/errors.js';
import { temporaryFolder } from '../../helpers/folder.js';

test('recordingNumber: the last number before the ending, −1 where there is none', (t) => {
  t.deepEqual(
    ['cat_12.aedat', '00007.bin', 'a/3/00120.BIN', 'cat.aedat', '12_cat.bin'].map(recordingNumber),
    [12, 7, 120, -1, -1],
  );
});

test('recordingsIn: of one ending, in any case, in the order of the numbers; others and hidden ones are left alone', (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'cat'));
  for (const name of ['10.bin', '9.BIN', 'cat.bin', '._9.bin', '1.bin.part', 'bin'])
    writeFileSync(join(folder, 'cat', name), '');
  t.deepEqual(recordingsIn(folder, 'cat', '.bin', 'get it'), ['cat/cat.bin', 'cat/9.BIN', 'cat/10.bin']);
  const refused = { instanceOf: DataError };
  t.throws(() => recordingsIn(folder, 'cat', '.aedat', 'get it'), {
    ...refused,
    message: /cat: no \.aedat file among 6 entries; get it/,
  });
  t.throws(() => recordingsIn(folder, 'dog', '.bin', 'get it'), {
    ...refused,
    message: /dog: there is no such folder; get it/,
  });
  t.throws(() => recordingsIn(folder, 'cat/10.bin', '.bin', 'get it'), refused);
});
