// Two parts of images in one file.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { keep, readKept } from '../../../../src/data/sets/shapes10/kept.js';
import { temporaryFolder } from '../../../helpers/folder.js';

const sizes = { train: 2, test: 1 };
const parts = {
  train: { data: Uint8Array.of(1, 2, 3, 4, 5, 6), labels: Uint8Array.of(7, 8), count: 2 },
  test: { data: Uint8Array.of(9, 10, 11), labels: Uint8Array.of(12), count: 1 },
};

test('what was kept is read again; of another length or absent it is nothing', (t) => {
  const file = join(temporaryFolder(t), 'below', 'kept.bin');
  t.is(readKept(file, sizes, 3), undefined);
  keep(file, parts);
  t.deepEqual(readKept(file, sizes, 3), parts);
  const content = readFileSync(file);
  for (const other of [content.subarray(1), Buffer.concat([content, content]), Buffer.alloc(0)]) {
    writeFileSync(file, other);
    t.is(readKept(file, sizes, 3), undefined);
  }
});

test('where the disk takes nothing, nothing is kept and nothing thrown', (t) => {
  const file = join(temporaryFolder(t), 'kept.bin');
  mkdirSync(file);
  t.notThrows(() => keep(file, parts));
  t.is(readKept(file, sizes, 3), undefined);
});
