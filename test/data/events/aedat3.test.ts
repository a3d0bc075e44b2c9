// AEDAT 3.1, against a recording whose events NumPy wrote.
import { readFileSync } from 'node:fs';
import test from 'ava';
import { decodeAedat3, isAedat3, readAedat3 } from '../../../src/data/events/aedat3.js';
import { DataError } from '../../../src/errors.js';
import { stream } from '../../../src/random.js';

const FILE = 'test/fixtures/own/gestures/user01_led.aedat';
const bytes = readFileSync(FILE);
const { events } = JSON.parse(readFileSync('test/fixtures/own/gestures.json', 'utf8')) as {
  events: [x: number, y: number, p: number, t: number][];
};
const start = bytes.indexOf('#!END-HEADER\r\n') + 14;

test('readAedat3: every valid event of its packets, other packets skipped; told from AEDAT 2.0', (t) => {
  const stream = readAedat3(FILE);
  t.like(stream, { width: 128, height: 128, count: 89 });
  t.deepEqual(
    Array.from({ length: stream.count }, (_, i) => [stream.x[i], stream.y[i], stream.p[i], stream.t[i]]),
    events,
  );
  t.true(isAedat3(FILE));
  t.false(isAedat3('test/fixtures/own/images.npz'));
  t.throws(() => isAedat3('test/fixtures/own/none.aedat'), { instanceOf: DataError });
});

test('decodeAedat3: another version, format or sensor, and damage, are refused with the byte', (t) => {
  const no = (changed: Buffer, message: RegExp, options = {}) =>
    t.throws(() => decodeAedat3(changed, 'a', options), { instanceOf: DataError, message });
  const text = (from: string, to: string): Buffer =>
    Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1');
  const with32 = (at: number, value: number): Buffer => {
    const copy = Buffer.from(bytes);
    copy.writeUInt32LE(value, at);
    return copy;
  };
  no(Buffer.alloc(0), /^a: byte 0: expected "#!AER-DAT3\.1", found ""/);
  no(text('DAT3.1', 'DAT2.0'), /byte 0: expected "#!AER-DAT3\.1", found "#!AER-DAT2\.0\\r\\n"/);
  no(text('RAW', 'PNG'), /byte 14: format "PNG", expected RAW; save it uncompressed/);
  no(text('DVS128', 'DAVIS346'), /recorded by "DAVIS346", expected a DVS128/);
  no(text('#!END-HEADER', '#!NOT-HEADER'), /its header does not end with "#!END-HEADER"/);
  no(bytes.subarray(0, start), /byte \d+: no events of pixels after the header/);
  for (const length of [start + 5, start + 27, start + 30, bytes.length - 1])
    no(bytes.subarray(0, length), /cut inside the head of a packet|bytes are left; copy it again/);
  no(with32(start + 16, 4e9), /a packet of 4000000000 events of 8 bytes, \d+ bytes are left/);
  no(with32(start + 20, 51), /51 events in a packet with room for 50/);
  no(with32(start + 4, 4), /polarity events of 4 bytes, expected 8/);
  no(with32(start + 12, 1), /the clock overflowed 1 times, expected none/);
  no(with32(start + 28, (200 << 17) | 1), /pixel \(200, 0\), expected x and y 0 … 127/);
  no(with32(start + 32, 0x80000001), /a negative time/);
  no(with32(start + 32, 8999), /time steps back from 8999 to \d+ µs at event 1/);
  t.is(decodeAedat3(with32(start + 32, 8999), 'a', { timeOrder: 'keep' }).t[0], 8999);
});

test('decodeAedat3: whatever bytes are altered, it is a stream within its bounds or a DataError', (t) => {
  const random = stream(5, 'probe', 'aedat3');
  let refused = 0;
  for (let i = 0; i < 2000; i++) {
    const copy = Buffer.from(bytes);
    for (let n = random.integer(1, 4); n > 0; n--)
      copy[random.integer(0, copy.length - 1)] = random.integer(0, 255);
    try {
      const { x, y, count } = decodeAedat3(copy, 'a', { timeOrder: 'keep' });
      t.true(count > 0 && count <= 90 && x.every((value) => value < 128) && y.every((value) => value < 128));
    } catch (error) {
      t.true(error instanceof DataError, String(error));
      refused++;
    }
  }
  t.true(refused > 200 && refused < 2000, String(refused));
});
