// Recordings in class folders to frames: order, splits, cache and refusals, on sets that the test writes.
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { encodeAedat2, readAedat2 } from '../../../src/data/events/aedat.js';
import {
  readEventFolders,
  type EventDataset,
  type EventSetOptions,
} from '../../../src/data/events/event-folders.js';
import { framer } from '../../../src/data/events/pipelines.js';
import { DataError, SettingsError } from '../../../src/errors.js';
import { aedatFile, DVS128_HEADER, randomEvents } from '../../helpers/events.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { writeRecordings } from '../../helpers/recordings.js';

const CLASSES = ['dog', 'frog'];
const NUMBERS = [0, 2, 10];
const TOTAL = CLASSES.length * NUMBERS.length;

/** A set of two classes with three recordings each, and a way to read it as 2 frames of 8 × 8. */
function smallSet(t: ExecutionContext): {
  folder: string;
  cacheDir: string;
  read: (options?: EventSetOptions) => Promise<EventDataset & { decoded: number }>;
} {
  const root = temporaryFolder(t);
  const [folder, cacheDir] = [join(root, 'set'), join(root, 'cache')];
  writeRecordings(folder, CLASSES, NUMBERS);
  const source = { name: 'cifar10-dvs' as const, folder, classes: CLASSES, ifMissing: 'get it' };
  const read = async (options: EventSetOptions = {}): Promise<EventDataset & { decoded: number }> => {
    let decoded = 0;
    const onProgress = (done: number, total: number): void => void (decoded = total === TOTAL ? done : NaN);
    return {
      ...(await readEventFolders(source, { frames: 2, side: 8, cacheDir, onProgress, ...options })),
      decoded,
    };
  };
  return { folder, cacheDir, read };
}

const same = (a: EventDataset, b: EventDataset): boolean =>
  a.fingerprint === b.fingerprint &&
  Buffer.compare(a.train.data, b.train.data) === 0 &&
  Buffer.compare(a.test.data, b.test.data) === 0;

test('readEventFolders: [N, T, side, side, 2] in the order of the numbers, classes taking turns', async (t) => {
  const { folder, read } = smallSet(t);
  const set = await read();
  t.deepEqual([set.kind, set.shape, set.frames, set.classes], ['frames', [8, 8, 2], 2, CLASSES]);
  t.deepEqual([set.train.count, set.test.count], [4, 2]);
  t.deepEqual([...set.train.labels, ...set.test.labels], [0, 1, 0, 1, 0, 1]);
  const frames = framer('tet', 2, 8);
  const expected = (...recordings: [string, number][]): Buffer =>
    Buffer.concat(
      recordings.map(([name, i]) => frames(readAedat2(join(folder, name, `cifar10_${name}_${i}.aedat`)))),
    );
  t.is(Buffer.compare(set.train.data, expected(['dog', 0], ['frog', 0], ['dog', 2], ['frog', 2])), 0);
  t.is(Buffer.compare(set.test.data, expected(['dog', 10], ['frog', 10])), 0);
  t.is(
    set.description,
    'cifar10-dvs: 4 training and 2 test recordings of 2 classes from set, split first-900, pipeline tet, 2 frames of 8 × 8',
  );
});

test('split and pipeline change what is read, and the split has a hash', async (t) => {
  const { read } = smallSet(t);
  const sets: EventDataset[] = [];
  for (const options of [{}, { split: 'random:1' }, { pipeline: 'tet-plain' }, { pipeline: 'duration' }])
    sets.push(await read(options));
  t.is(new Set(sets.map((set) => set.fingerprint)).size, 4);
  t.is(new Set(sets.map((set) => set.recordingSplit.hash)).size, 2);
  for (const set of sets) t.regex(set.recordingSplit.hash, /^[0-9a-f]{64}$/);
  t.deepEqual([sets[3].pipeline, sets[1].recordingSplit.name], ['duration', 'random:1']);
});

test('files that are not recordings are left alone', async (t) => {
  const { folder, read } = smallSet(t);
  const before = await read({ cacheDir: undefined });
  for (const name of ['.DS_Store', '._cifar10_dog_0.aedat', 'notes.txt', 'cifar10_dog_3.aedat.part'])
    writeFileSync(join(folder, 'dog', name), 'not a recording');
  t.true(same(await read({ cacheDir: undefined }), before));
});

test('a recording whose ending is in capitals is read as any other, in its place', async (t) => {
  const { folder, read } = smallSet(t);
  const before = await read();
  for (const [name, capitals] of [
    ['dog', 'AEDAT'],
    ['frog', 'Aedat'],
  ])
    renameSync(
      join(folder, name, `cifar10_${name}_2.aedat`),
      join(folder, name, `cifar10_${name}_2.${capitals}`),
    );
  const after = await read();
  t.is(after.train.count + after.test.count, TOTAL);
  t.true(same(after, before));
});

test('the cache serves every split of a pipeline without decoding, with the same bytes', async (t) => {
  const { cacheDir, read } = smallSet(t);
  const first = await read();
  t.is(first.decoded, TOTAL);
  const [again, other] = [await read(), await read({ split: 'random:1' })];
  t.deepEqual([again.decoded, other.decoded], [0, 0]);
  t.true(same(again, first));
  t.true(same(other, await read({ split: 'random:1', cacheDir: undefined })));
  t.is((await read({ pipeline: 'tet-plain' })).decoded, TOTAL);
  t.is((await read({ frames: 3 })).decoded, TOTAL);
  t.is((await read({ side: 9 })).decoded, TOTAL);
  t.is(readdirSync(cacheDir).length, 4);
});

test('the cache is made again when a recording changes', async (t) => {
  const { folder, read } = smallSet(t);
  const first = await read();
  writeFileSync(join(folder, 'frog', 'cifar10_frog_2.aedat'), encodeAedat2(randomEvents(77, 500)));
  const second = await read();
  t.is(second.decoded, TOTAL);
  t.not(second.fingerprint, first.fingerprint);
});

test('the cache is made again when a recording of the same size has another time of change', async (t) => {
  const { folder, read } = smallSet(t);
  const file = join(folder, 'frog', 'cifar10_frog_2.aedat');
  const other = readFileSync(join(folder, 'dog', 'cifar10_dog_2.aedat'));
  const first = await read();
  const { size, mtimeMs } = statSync(file);
  t.is(other.length, size, 'the size tells nothing');
  writeFileSync(file, other);
  utimesSync(file, mtimeMs / 1000, mtimeMs / 1000 + 7);
  const second = await read();
  t.is(second.decoded, TOTAL);
  t.not(second.fingerprint, first.fingerprint);
});

const edit = (file: string, change: (bytes: Buffer) => void): void => {
  const bytes = readFileSync(file);
  change(bytes);
  writeFileSync(file, bytes);
};
const DAMAGE: Record<string, (file: string, other: string) => void> = {
  'a flipped bit among the frames': (file) => edit(file, (bytes) => (bytes[bytes.length >> 1] ^= 1)),
  'a flipped bit in the head': (file) => edit(file, (bytes) => (bytes[9] ^= 1)),
  'a flipped bit in the digest': (file) => edit(file, (bytes) => (bytes[bytes.length - 1] ^= 1)),
  'a cut file': (file) => truncateSync(file, 300),
  'a file one byte short': (file) => truncateSync(file, readFileSync(file).length - 1),
  'a longer file': (file) => appendFileSync(file, 'x'),
  'an empty file': (file) => truncateSync(file, 0),
  'another cache under this name': (file, other) => writeFileSync(file, readFileSync(other)),
};
for (const [what, damage] of Object.entries(DAMAGE))
  test(`the cache is made again, never trusted: ${what}`, async (t) => {
    const { cacheDir, read } = smallSet(t);
    const first = await read();
    const file = join(cacheDir, readdirSync(cacheDir)[0]);
    await read({ pipeline: 'tet-plain' });
    const other = readdirSync(cacheDir).find((name) => name.includes('plain'))!;
    const good = readFileSync(file);
    damage(file, join(cacheDir, other));
    const second = await read();
    t.is(second.decoded, TOTAL);
    t.true(same(second, first));
    t.is(Buffer.compare(readFileSync(file), good), 0, 'the whole file is there again');
    t.is((await read()).decoded, 0);
  });

test('a recording that is refused is named, and nothing half-written stays in the cache', async (t) => {
  const { folder, cacheDir, read } = smallSet(t);
  const file = join(folder, 'frog', 'cifar10_frog_2.aedat');
  const good = readFileSync(file);
  const bad: [Uint8Array, RegExp][] = [
    [good.subarray(0, good.length - 3), /cifar10_frog_2\.aedat: byte \d+: cut inside event/],
    [new Uint8Array(0), /cifar10_frog_2\.aedat: byte 0: the file is empty/],
    [aedatFile(['#!AER-DAT2.0', '# AEChip: x.DAVIS240C'], [[0x80000000, 1]]), /frog_2\.aedat: .*DAVIS240C/],
  ];
  for (const [bytes, message] of bad) {
    writeFileSync(file, bytes);
    await t.throwsAsync(read(), { instanceOf: DataError, message });
    t.deepEqual(readdirSync(cacheDir), []);
  }
  rmSync(file);
  mkdirSync(file);
  await t.throwsAsync(read(), {
    instanceOf: DataError,
    message: /frog_2\.aedat: expected a file, found a folder/,
  });
});

test("time that steps back: equal counts go by the order of the file, 'duration' refuses", async (t) => {
  const { folder, read } = smallSet(t);
  const words: [number, number][] = [
    [2, 9],
    [4, 8],
  ];
  writeFileSync(join(folder, 'dog', 'cifar10_dog_2.aedat'), aedatFile(DVS128_HEADER, words));
  t.is((await read()).train.count, 4);
  await t.throwsAsync(read({ pipeline: 'duration' }), {
    instanceOf: DataError,
    message: /cifar10_dog_2\.aedat: .*time steps back from 9 to 8/,
  });
});

test('an abort stops between recordings and leaves nothing behind', async (t) => {
  const { cacheDir, read } = smallSet(t);
  const stop = new AbortController();
  const onProgress = (done: number): void => {
    if (done === 3) stop.abort(new Error('stopped'));
  };
  await t.throwsAsync(read({ signal: stop.signal, onProgress }), { message: 'stopped' });
  t.deepEqual(readdirSync(cacheDir), []);
});

test('readEventFolders refuses unknown names, classes without recordings and a cache folder that is a file', async (t) => {
  const { folder, read } = smallSet(t);
  await t.throwsAsync(read({ pipeline: 'nmnist' }), {
    instanceOf: SettingsError,
    message: /"nmnist"; use tet/,
  });
  await t.throwsAsync(read({ split: 'last-100' }), { instanceOf: SettingsError, message: /use first-900/ });
  await t.throwsAsync(read({ split: 'spikingjelly' }), {
    instanceOf: SettingsError,
    message: /3 for training and 0/,
  });
  await t.throwsAsync(read({ frames: 0 }), { instanceOf: SettingsError, message: /frames must be/ });
  const blocked = join(folder, 'blocked');
  writeFileSync(blocked, '');
  await t.throwsAsync(read({ cacheDir: blocked }), {
    instanceOf: DataError,
    message: /blocked.*cannot write it/,
  });
  for (const name of readdirSync(join(folder, 'dog'))) rmSync(join(folder, 'dog', name));
  await t.throwsAsync(read(), {
    instanceOf: DataError,
    message: /dog: no \.aedat file among 0 entries; get it/,
  });
  rmSync(join(folder, 'dog'), { recursive: true });
  await t.throwsAsync(read(), { instanceOf: DataError, message: /dog: there is no such folder; get it/ });
  writeFileSync(join(folder, 'dog'), 'a file');
  await t.throwsAsync(read(), { instanceOf: DataError, message: /dog: cannot list it \(ENOTDIR\)/ });
});
