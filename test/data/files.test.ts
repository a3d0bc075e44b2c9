import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { fileSize, readDataFile } from '../../src/data/files.js';
import { DataError } from '../../src/errors.js';
import { temporaryFolder } from '../helpers/folder.js';
import { testUnlessRoot } from '../helpers/needs.js';

test('a file is read whole', (t) => {
  const file = join(temporaryFolder(t), 'data');
  writeFileSync(file, Uint8Array.of(1, 2, 3));
  t.is(fileSize(file, ''), 3);
  t.deepEqual([...readDataFile(file, '')], [1, 2, 3]);
});

test('a missing file says what to do, a folder and a device are not files', (t) => {
  const folder = temporaryFolder(t);
  t.throws(() => readDataFile(join(folder, 'no'), 'fetch it'), {
    instanceOf: DataError,
    message: /no: there is no such file; fetch it$/,
  });
  mkdirSync(join(folder, 'sub'));
  t.throws(() => fileSize(join(folder, 'sub'), ''), {
    instanceOf: DataError,
    message: /expected a file, found a folder/,
  });
  t.throws(() => fileSize('/dev/null', ''), { instanceOf: DataError, message: /neither file nor folder/ });
});

test('a path through a file cannot be read, and the code says why', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'data');
  writeFileSync(file, 'x');
  t.throws(() => readDataFile(join(file, 'inside'), ''), {
    instanceOf: DataError,
    message: /cannot read it \(ENOTDIR\): .*; move that file away/,
  });
});

testUnlessRoot('a file without permission cannot be read, and the code says why', (t) => {
  const file = join(temporaryFolder(t), 'data');
  writeFileSync(file, 'x', { mode: 0 });
  t.throws(() => readDataFile(file, ''), { instanceOf: DataError, message: /cannot read it \(EACCES\)/ });
});
