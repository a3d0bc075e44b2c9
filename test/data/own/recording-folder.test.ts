// Recordings of one's own: by class, and by a table of times as DVS128 Gesture has it.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { readAedat3 } from '../../../src/data/events/aedat3.js';
import { framer } from '../../../src/data/events/pipelines.js';
import { between, exampleReader } from '../../../src/data/own/labelled-recordings.js';
import { loadOwn } from '../../../src/data/own/index.js';
import { DataError, SettingsError } from '../../../src/errors.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { writeRecordings } from '../../helpers/recordings.js';

const OWN = 'test/fixtures/own';
const GESTURES = join(OWN, 'gestures');
const load = (path: string, frameCache: string, more: object = {}) =>
  loadOwn('.', { path, name: 'mine', frameCache, frames: 2, ...more });

test('by class: a named split, a pipeline, frames of 48 × 48; the cache gives the same; train and test folders', async (t) => {
  const folder = temporaryFolder(t);
  const cache = join(folder, 'cache');
  writeRecordings(join(folder, 'data'), ['left', 'right'], [1, 2, 3, 4]);
  const dataset = await load(join(folder, 'data'), cache);
  t.like(dataset, {
    kind: 'frames',
    frames: 2,
    shape: [48, 48, 2],
    pipeline: 'tet',
    classes: ['left', 'right'],
  });
  t.deepEqual([dataset.train.count, dataset.test.count], [6, 2]);
  t.is(dataset.recordingSplit!.name, 'first-900');
  t.deepEqual([...dataset.train.labels], [0, 1, 0, 1, 0, 1]);
  const again = await load(join(folder, 'data'), cache);
  t.is(again.fingerprint, dataset.fingerprint);
  const plain = await load(join(folder, 'data'), cache, { pipeline: 'tet-plain', split: 'random:1' });
  t.is(plain.pipeline, 'tet-plain');
  t.not(plain.fingerprint, dataset.fingerprint);
  writeRecordings(join(folder, 'parts', 'train'), ['left', 'right'], [1, 2]);
  writeRecordings(join(folder, 'parts', 'test'), ['left', 'right'], [3]);
  const parts = await load(join(folder, 'parts'), cache);
  t.deepEqual([parts.train.count, parts.test.count, parts.recordingSplit], [4, 2, undefined]);
  await t.throwsAsync(load(join(folder, 'parts'), cache, { split: 'random:0' }), {
    instanceOf: SettingsError,
    message: /data\.split: "random:0" is for recordings without a test part of their own/,
  });
  mkdirSync(join(folder, 'data', 'other'));
  writeFileSync(join(folder, 'data', 'other', '1.bin'), Uint8Array.of(1, 1, 0, 0, 1));
  writeFileSync(join(folder, 'data', 'other', '2.bin'), Uint8Array.of(1, 1, 0, 0, 1));
  await t.throwsAsync(load(join(folder, 'data'), cache), { message: /holds \.aedat and \.bin recordings/ });
});

test('by class: N-MNIST recordings are framed in their own size', async (t) => {
  const folder = temporaryFolder(t);
  for (const digit of ['0', '1'])
    for (const n of [1, 2]) {
      mkdirSync(join(folder, digit), { recursive: true });
      writeFileSync(join(folder, digit, `0000${n}.bin`), Uint8Array.of(3, 4, 128, 0, n, 5, 6, 0, 1, n));
    }
  const dataset = await load(folder, '', { frameCache: join(folder, '..', 'cache-nmnist') });
  rmSync(join(folder, '..', 'cache-nmnist'), { recursive: true });
  t.deepEqual(dataset.shape, [34, 34, 2]);
  t.deepEqual([dataset.train.count, dataset.test.count], [2, 2]);
});

test('by a table of times: each line is an example of the events within its time; the lists say the parts', async (t) => {
  const folder = temporaryFolder(t);
  const dataset = await load(GESTURES, folder);
  t.like(dataset, { kind: 'frames', shape: [48, 48, 2], classes: ['class 1', 'class 2'] });
  t.deepEqual([...dataset.train.labels], [0, 1, 0, 1]);
  const stream = readAedat3(join(GESTURES, 'user01_led.aedat'));
  const { times } = JSON.parse(readFileSync(join(OWN, 'gestures.json'), 'utf8'));
  const frames = framer('tet', 2, 48);
  [0, 1, 2, 3].forEach((i) => {
    const wanted = frames(between(stream, times[i], times[i + 1]));
    t.true(wanted.some((byte) => byte > 0));
    const size = wanted.length;
    t.true(
      Buffer.compare(dataset.train.data.subarray(i * size, (i + 1) * size), wanted) === 0,
      `example ${i}`,
    );
  });
  t.deepEqual(dataset.test.data, dataset.train.data, 'the two recordings are the same bytes');
  t.is((await load(GESTURES, folder)).fingerprint, dataset.fingerprint, 'from the cache');
});

test('exampleReader: a recording is decoded once for the examples of it that follow each other', (t) => {
  const whole = readAedat3(join(GESTURES, 'user01_led.aedat'));
  const decoded: string[] = [];
  const read = exampleReader((path) => {
    decoded.push(path);
    return whole;
  });
  const of = (path: string): number => read(path, 'keep').count;
  t.deepEqual(
    [of('a#1000-9001'), of('a#1000-3000'), of('b#1000-9001')],
    [89, between(whole, 1000, 3000).count, 89],
  );
  t.deepEqual(decoded, ['a', 'b']);
});

test('between: events from the start and before the end, in their order', (t) => {
  const stream = readAedat3(join(GESTURES, 'user01_led.aedat'));
  const { events } = JSON.parse(readFileSync(join(OWN, 'gestures.json'), 'utf8')) as { events: number[][] };
  const [start, end] = [events[20][3], events[61][3]]; // times of two events: the first is in, the last is not
  const wanted = events.filter(([, , , time]) => time >= start && time < end);
  const part = between(stream, start, end);
  t.deepEqual(
    Array.from({ length: part.count }, (_, i) => [part.x[i], part.y[i], part.p[i], part.t[i]]),
    wanted,
  );
  t.true(wanted.length >= 35 && wanted.length < 60);
});

test('by a table of times: what does not belong together is refused by file and line', async (t) => {
  const folder = temporaryFolder(t);
  const cache = join(folder, 'cache');
  const data = join(folder, 'data');
  cpSync(GESTURES, data, { recursive: true });
  const refuse = (message: RegExp) => t.throwsAsync(load(data, cache), { instanceOf: DataError, message });
  const table = join(data, 'user01_led_labels.csv');
  const lines = readFileSync(table, 'utf8');
  for (const line of ['1,2', '0,10,20', '1,20,10', 'x,1,2', '1,1,2,3', '1,-5,9', '300,1,2']) {
    writeFileSync(table, `${lines}${line}\n`);
    await refuse(
      /labels\.csv: line 6: expected a class from 1 to 256, a start and a later end in microseconds/,
    );
  }
  writeFileSync(table, `${lines}1,20000,30000\n`);
  await refuse(/user01_led\.aedat: no event from 20000 to 30000 µs; correct its table of labels/);
  writeFileSync(table, `${lines}4,1000,9000\n`);
  await refuse(/no example of class 3 of 4; number classes without a gap/);
  writeFileSync(table, 'class,startTime_usec,endTime_usec\n');
  await refuse(/it lists no example/);
  writeFileSync(table, lines);
  writeFileSync(join(data, 'trials_to_test.txt'), 'user09_led.aedat\n');
  await refuse(/trials_to_test\.txt: "user09_led\.aedat" has no table of labels/);
  rmSync(join(data, 'trials_to_test.txt'));
  const split = await load(data, cache);
  t.is(split.recordingSplit!.name, 'first-900', 'without the lists an experiment says the split');
  rmSync(join(data, 'user01_led.aedat'));
  await refuse(/there is no user01_led\.aedat beside it/);
});
