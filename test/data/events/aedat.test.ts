// AEDAT 2.0: masks and orientation by hand, the round trip, every refusal, and real recordings where they are at hand.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import { decodeAedat2, encodeAedat2, readAedat2 } from '../../../src/data/events/aedat.js';
import { emptyStream, type EventStream } from '../../../src/data/events/events.js';
import { DataError, SettingsError } from '../../../src/errors.js';
import { aedatFile, DVS128_HEADER, randomEvents } from '../../helpers/events.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { dataFile, testUnlessRoot, testWithData } from '../../helpers/needs.js';

const HEADER_BYTES = aedatFile(DVS128_HEADER, []).length;

test('decodeAedat2: x = 127 − raw y, y = 127 − raw x, p = 1 − bit 0, signed big-endian times', (t) => {
  const address = (rawX: number, rawY: number, off: number): number => (rawY << 8) | (rawX << 1) | off;
  const stream = decodeAedat2(
    aedatFile(DVS128_HEADER, [
      [address(0, 0, 0), -2147483648],
      [address(127, 0, 1), -1],
      [address(0, 127, 1), -1],
      [address(3, 5, 0), 2147483647],
    ]),
    'hand.aedat',
  );
  t.deepEqual([stream.width, stream.height, stream.count], [128, 128, 4]);
  t.deepEqual([...stream.x], [127, 127, 0, 122]);
  t.deepEqual([...stream.y], [127, 0, 127, 124]);
  t.deepEqual([...stream.p], [1, 0, 0, 1]);
  t.deepEqual([...stream.t], [-2147483648, -1, -1, 2147483647]);
});

test('decodeAedat2: header lines end with LF or CRLF, and the end mark lets data begin with any byte', (t) => {
  const body = aedatFile([], [[0x0102, 7]]);
  for (const header of ['#!AER-DAT2.0\n', '#!AER-DAT2.0\r\n# AEChip: net.sf.jaer.Tmpdiff128\r\n'])
    t.is(decodeAedat2(Buffer.concat([Buffer.from(header), body]), 'lf').count, 1);
  const odd = aedatFile(
    [...DVS128_HEADER, '#End Of ASCII Header'],
    [
      [0x23000000, 0],
      [0, 1],
    ],
  );
  t.throws(() => decodeAedat2(odd, 'odd'), {
    instanceOf: DataError,
    message: /address 0x23000000 of event 0/,
  });
});

test('encodeAedat2 → decodeAedat2 gives the same stream (property, 200 streams)', (t) => {
  const event = fc.tuple(
    fc.nat(127),
    fc.nat(127),
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    fc.nat(1),
  );
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 60 }), (events) => {
      events.sort((a, b) => a[2] - b[2]);
      const stream = emptyStream(128, 128, events.length);
      events.forEach(([x, y, time, p], i) => {
        stream.x[i] = x;
        stream.y[i] = y;
        stream.t[i] = time;
        stream.p[i] = p;
      });
      t.deepEqual(decodeAedat2(encodeAedat2(stream), 'round trip'), stream);
    }),
    { numRuns: 200, seed: 1 },
  );
});

test('encodeAedat2 writes what jAER writes: version line, DVS128, CRLF, address 0 for the lower right ON pixel', (t) => {
  const stream = {
    ...emptyStream(128, 128, 1),
    x: Uint8Array.of(127),
    y: Uint8Array.of(127),
    p: Uint8Array.of(1),
  };
  const bytes = encodeAedat2(stream, 'made by hand');
  const text = Buffer.from(bytes).toString('latin1');
  t.regex(text, /^#!AER-DAT2\.0\r\n(#[^\n]*\r\n)*# AEChip: \S+DVS128\r\n# made by hand\r\n\0{8}$/);
});

test('encodeAedat2 refuses what no DVS128 sends', (t) => {
  const good = randomEvents(1, 3);
  const refused: [Partial<EventStream>, RegExp][] = [
    [{ width: 240, height: 180 }, /128 × 128, got 240 × 180/],
    [{ count: 0 }, /no events/],
    [{ x: Uint8Array.of(1, 128, 1) }, /event 1 is \(x 128/],
    [{ p: Uint8Array.of(0, 1, 2) }, /event 2 .* p 2\)/],
    [{ t: Int32Array.of(5, 5, 4) }, /steps back from 5 to 4 µs at event 2/],
  ];
  for (const [change, message] of refused)
    t.throws(() => encodeAedat2({ ...good, ...change }), { instanceOf: SettingsError, message });
  t.throws(() => encodeAedat2(good, 'two\nlines'), { instanceOf: SettingsError, message: /one line/ });
});

const event = (address: number, time = 0): Uint8Array => aedatFile(DVS128_HEADER, [[address, time]]);
const davis = ['#!AER-DAT2.0', '# AEChip: eu.seebetter.ini.chips.davis.DAVIS240C'];
const text = (...lines: string[]): Uint8Array => aedatFile(lines, []);
const REFUSED: Record<string, [Uint8Array, RegExp]> = {
  'an empty file': [new Uint8Array(0), /byte 0: the file is empty, expected "#!AER-DAT2\.0"; download/],
  'a header only': [
    text(...DVS128_HEADER),
    new RegExp(`byte ${HEADER_BYTES}: the file ends after its header`),
  ],
  'a header cut in a line': [
    text('#!AER-DAT2.0', '# a comment').slice(0, -9),
    /byte 18: the file ends after its header/,
  ],
  'a cut body': [
    aedatFile(DVS128_HEADER, [
      [2, 0],
      [4, 0],
    ]).slice(0, -3),
    new RegExp(`byte ${HEADER_BYTES + 8}: cut inside event 1, expected 8 bytes, found 5; download`),
  ],
  'filler after the header': [
    Buffer.concat([text(...DVS128_HEADER), Buffer.from('$'.repeat(38))]),
    new RegExp(`byte ${HEADER_BYTES}: address 0x24242424 of event 0, expected 0x00000000 to 0x00007fff`),
  ],
  'a DAVIS by its header': [text(...davis), /byte 14: recorded by "eu.seebetter.ini.chips.davis.DAVIS240C"/],
  'a DAVIS by bit 31': [
    event(0x80000123),
    /address 0x80000123 .*bit 31 is set, as in frame and IMU words of a DAVIS/,
  ],
  'a DAVIS by its addresses': [event(0x0909c000), /address 0x0909c000 .*another sensor/],
  'the special bit': [event(0x8002), /address 0x00008002 .*special bit 15/],
  'an address above 15 bits': [event(0x10000), /address 0x00010000/],
  'AEDAT 1.0': [text('#!AER-DAT1.0'), /byte 0: expected "#!AER-DAT2\.0" .*found AEDAT 1\.0; convert it/],
  'AEDAT 3.1': [text('#!AER-DAT3.1'), /found AEDAT 3\.1/],
  'AEDAT 4.0': [text('#!AER-DAT4.0'), /found AEDAT 4\.0/],
  'no version line': [text('# a comment'), /byte 0: expected .*found "# a comment\\r\\n"/],
  'another format': [Buffer.from('PK\x03\x04zip'), /found "PK/],
  'time that steps back': [
    aedatFile(DVS128_HEADER, [
      [0, 9],
      [0, 8],
    ]),
    new RegExp(`byte ${HEADER_BYTES + 12}: time steps back from 9 to 8 µs at event 1; .*timeOrder 'keep'`),
  ],
  'a clock that wraps': [
    aedatFile(DVS128_HEADER, [
      [0, 2147483647],
      [0, -2147483648],
    ]),
    /steps back from 2147483647 to -2147483648/,
  ],
};
for (const [what, [bytes, message]] of Object.entries(REFUSED))
  test(`decodeAedat2 refuses ${what}, naming file, byte and remedy`, (t) => {
    const error = t.throws(() => decodeAedat2(bytes, 'some.aedat'), { instanceOf: DataError, message });
    t.is(error?.file, 'some.aedat');
  });

test("decodeAedat2: timeOrder 'keep' leaves a step back in the order of the file", (t) => {
  const bytes = aedatFile(DVS128_HEADER, [
    [0, 9],
    [0, 8],
  ]);
  t.deepEqual([...decodeAedat2(bytes, 'back', { timeOrder: 'keep' }).t], [9, 8]);
});

test('readAedat2 reads a file, and refuses a missing, an empty one and a folder', (t) => {
  const folder = temporaryFolder(t);
  const stream = randomEvents(3, 100, { start: -1000 });
  const file = join(folder, 'good.aedat');
  writeFileSync(file, encodeAedat2(stream));
  t.deepEqual(readAedat2(file), stream);
  t.throws(() => readAedat2(join(folder, 'none.aedat')), {
    instanceOf: DataError,
    message: /no such file; /,
  });
  t.throws(() => readAedat2(folder), { instanceOf: DataError, message: /expected a file, found a folder/ });
  writeFileSync(join(folder, 'empty.aedat'), '');
  t.throws(() => readAedat2(join(folder, 'empty.aedat')), {
    instanceOf: DataError,
    message: /byte 0: .*empty/,
  });
});

testUnlessRoot('readAedat2 refuses a file without permissions', (t) => {
  const file = join(temporaryFolder(t), 'good.aedat');
  writeFileSync(file, encodeAedat2(randomEvents(3, 100)), { mode: 0 });
  t.throws(() => readAedat2(file), { instanceOf: DataError, message: /cannot read it/ });
});

const sample = (name: string): string => dataFile('events-samples', name);
/** Declares a test that reads these samples. */
const testWithSamples = (files: object): ReturnType<typeof testWithData> =>
  testWithData(...Object.keys(files).map((name) => `events-samples/${name}`));

const RECORDINGS: Record<string, [events: number, on: number, first: number, last: number]> = {
  'dvs128_alex_walking_again.aedat': [19182, 7102, 41306606, 48193156],
  'dvs128_neal_walking.aedat': [70304, 34031, 135707767, 144951371],
  'dvs128_Lapiseira.aedat': [126164, 73701, -495322561, -476814908],
};

testWithSamples(RECORDINGS)('real DVS128 recordings decode to the counts of an independent reader', (t) => {
  for (const [name, counts] of Object.entries(RECORDINGS)) {
    const { count, p, t: times, x, y } = readAedat2(sample(name));
    t.deepEqual([count, p.reduce((sum, on) => sum + on, 0), times[0], times[count - 1]], counts, name);
    for (const column of [x, y])
      t.deepEqual([Math.min(...column.slice(0, 1e5)), Math.max(...column)], [0, 127]);
    const again = decodeAedat2(encodeAedat2(readAedat2(sample(name))), name);
    t.is(Buffer.compare(Buffer.from(again.t.buffer), Buffer.from(times.buffer)), 0);
    for (const column of ['x', 'y', 'p'] as const)
      t.deepEqual(again[column], readAedat2(sample(name))[column]);
  }
  // The first event of the first file by hand: address 0x7683 = OFF, raw x 65, raw y 118.
  const { x, y, p } = readAedat2(sample('dvs128_alex_walking_again.aedat'));
  t.deepEqual(
    [x[0], y[0], p[0], readFileSync(sample('dvs128_alex_walking_again.aedat')).readUInt32BE(4612)],
    [127 - 118, 127 - 65, 0, 0x7683],
  );
});

const OTHERS: Record<string, RegExp> = {
  'davis240c_IMU_translBoxes.aedat': /byte 257: recorded by .*DAVIS240C/,
  'davis346_header_only.aedat': /recorded by .*Davis346red/,
  'dvs128_header_then_filler.aedat': /byte 4241: address 0x24242424 of event 0/,
  'tmpdiff128_grasp_aedat1.dat': /found AEDAT 1\.0/,
  'sample.aedat4': /found AEDAT 4\.0/,
  'nmnist_sample.bin': /byte 0: expected "#!AER-DAT2\.0"/,
};

testWithSamples(OTHERS)('real files of other sensors and versions, and damaged ones, are refused', (t) => {
  for (const [name, message] of Object.entries(OTHERS))
    t.throws(() => readAedat2(sample(name)), { instanceOf: DataError, message }, name);
  // Without its header's word a DAVIS recording is still told by its addresses.
  const bytes = Buffer.from(readFileSync(sample('davis240c_IMU_translBoxes.aedat')));
  bytes.write('# No___:', bytes.indexOf('# AEChip:'));
  t.throws(() => decodeAedat2(bytes, 'davis'), {
    instanceOf: DataError,
    message: /address 0x0909c000 of event 0/,
  });
});
