// The cache file itself; what readers do with it is tested in event-folders.test.ts.
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { readFrameCache, writeFrameCache, type FrameCache } from '../../../src/data/events/frame-cache.js';
import { DataError } from '../../../src/errors.js';
import { sha256 } from '../../../src/hash.js';
import { temporaryFolder } from '../../helpers/folder.js';

const entry = (i: number): Uint8Array => Uint8Array.of(i, 10 * i, 255 - i);
const makeEntry = (i: number): Promise<Uint8Array> => Promise.resolve(entry(i));
const room = (count: number): Uint8Array[] => Array.from({ length: count }, () => new Uint8Array(3));

test('writeFrameCache → readFrameCache gives the same entries; the file is head, entries, SHA-256', async (t) => {
  const cache: FrameCache = {
    file: join(temporaryFolder(t), 'new', 'a.frames'),
    key: 'k',
    count: 4,
    bytes: 3,
  };
  const [written, read] = [room(4), room(4)];
  await writeFrameCache(cache, makeEntry, (i) => written[i]);
  t.true(readFrameCache(cache, (i) => read[i]));
  t.deepEqual(written, [0, 1, 2, 3].map(entry));
  t.deepEqual(read, written);
  const file = readFileSync(cache.file);
  t.is(file.subarray(-32).toString('hex'), sha256(file.subarray(0, -32)));
  t.regex(file.toString('latin1'), /^\{"bytes":3,"count":4,"format":"sgs-snn frames 1","key":"k"\}\n/);
});

test('readFrameCache takes nothing with another key, count or size, and no missing file or folder', async (t) => {
  const folder = temporaryFolder(t);
  const cache: FrameCache = { file: join(folder, 'a.frames'), key: 'k', count: 4, bytes: 3 };
  await writeFrameCache(cache, makeEntry, (i) => room(4)[i]);
  const other: Partial<FrameCache>[] = [
    { key: 'l' },
    { key: 'kk' },
    { count: 3 },
    { count: 3, bytes: 4 },
    { bytes: 2 },
  ];
  for (const change of [...other, { file: join(folder, 'b.frames') }, { file: folder }])
    t.false(
      readFrameCache({ ...cache, ...change }, () => new Uint8Array(change.bytes ?? 3)),
      JSON.stringify(change),
    );
});

test('readFrameCache: what killed writers left goes after a day, also where the cache itself is whole', async (t) => {
  const folder = temporaryFolder(t);
  const cache: FrameCache = { file: join(folder, 'a.frames'), key: 'k', count: 4, bytes: 3 };
  await writeFrameCache(cache, makeEntry, (i) => room(4)[i]);
  const names = [
    'a.frames.0123456789abcdef.tmp',
    'b.frames.0123456789abcdef.tmp',
    'a.frames.fedcba9876543210.tmp',
  ];
  for (const name of names) writeFileSync(join(folder, name), 'cut');
  const yesterday = Date.now() / 1000 - 25 * 60 * 60;
  for (const name of names.slice(0, 2)) utimesSync(join(folder, name), yesterday, yesterday);
  t.true(readFrameCache(cache, (i) => room(4)[i]));
  t.deepEqual(readdirSync(folder).sort(), ['a.frames', names[2]]);
});

test('writeFrameCache: a failing entry is thrown on and leaves the old file and nothing else', async (t) => {
  const folder = temporaryFolder(t);
  const cache: FrameCache = { file: join(folder, 'a.frames'), key: 'k', count: 4, bytes: 3 };
  writeFileSync(cache.file, 'old');
  const failing = (i: number): Promise<Uint8Array> =>
    i < 2 ? makeEntry(i) : Promise.reject(new DataError('c.aedat', 'cut', 'copy it again'));
  await t.throwsAsync(
    writeFrameCache(cache, failing, (i) => room(4)[i]),
    { instanceOf: DataError, message: /^c\.aedat: cut; copy it again$/ },
  );
  t.deepEqual(readdirSync(folder), ['a.frames']);
  t.is(readFileSync(cache.file, 'utf8'), 'old');
  mkdirSync(join(folder, 'b.frames'));
  await t.throwsAsync(
    writeFrameCache({ ...cache, file: join(folder, 'b.frames') }, makeEntry, (i) => room(4)[i]),
    { instanceOf: DataError, message: /b\.frames: cannot write it/ },
  );
  t.deepEqual(readdirSync(folder).sort(), ['a.frames', 'b.frames']);
});
