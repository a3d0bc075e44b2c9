// AEDAT 2.0 recordings of a DVS128: the format of CIFAR10-DVS, read and written.
//
// Layout: header lines that start with `#`, the first `#!AER-DAT2.0`; then 8 bytes an event, big-endian: 32-bit
// address, 32-bit signed time in microseconds. DVS128 address: bit 0 polarity (0 = ON), bits 1–7 x, bits 8–14 y.
// Bit 15 marks events that are not from a pixel; everything above is zero. (jAER, class DVS128; iniVation's
// "AEDAT file formats".)
import { DataError, SettingsError } from '../../errors.js';
import { emptyStream, firstStepBack, type EventStream } from './events.js';
import { readDataFile } from '../files.js';

const SENSOR = 128;
const EVENT_BYTES = 8;
const ADDRESS_BITS = 0x7fff;
const SPECIAL_BIT = 0x8000;
const LINE_FEED = 10;
const HASH = 35;
const IF_MISSING = 'check the name, or download the data set again';

/** Options of `decodeAedat2`. */
export interface AedatOptions {
  /**
   * Treatment of a time that is earlier than the one before it. `refuse` (default): a camera's clock does not run
   * backwards, hence bytes were lost or the clock was reset. `keep`: leave the events in the order of the file, as
   * SpikingJelly and TET do; right for frames of equal event count, which never look at the time. Nothing is
   * ever sorted: sorting would hide the damage and mix the two sides of a reset.
   */
  timeOrder?: 'refuse' | 'keep';
}

/**
 * Decodes an AEDAT 2.0 recording of a DVS128 (or its predecessor Tmpdiff128, same addresses).
 *
 * Orientation and polarity are those of SpikingJelly's CIFAR10-DVS reader, checked in its source
 * (`datasets/cifar10_dvs.py`, `load_origin_data`): `x = 127 − raw y`, `y = 127 − raw x`, `p = 1 − bit 0`, so pictures
 * stand upright with row 0 at the top. (The CIFAR10-DVS authors' dat2mat.m, and so TET, take raw y instead of
 * 127 − raw y for the columns: the mirror image.) Negative times are valid and come out as they are.
 *
 * @param bytes - the whole file
 * @param file - its name, for errors
 * @throws DataError, with the byte offset, when the bytes are empty, not AEDAT 2.0, from another sensor, a header
 * only, cut inside an event, or hold an address no DVS128 pixel has; or when time steps back (see the options)
 */
export function decodeAedat2(bytes: Uint8Array, file: string, options: AedatOptions = {}): EventStream {
  const start = headerLength(bytes, file);
  if (start >= bytes.length)
    throw new DataError(
      file,
      `byte ${start}: the file ends after its header, expected events of ${EVENT_BYTES} bytes`,
      'download or record it again',
    );
  const count = Math.floor((bytes.length - start) / EVENT_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  const stream = emptyStream(SENSOR, SENSOR, count);
  const { x, y, t, p } = stream;
  for (let i = 0; i < count; i++) {
    const address = view.getUint32(i * EVENT_BYTES);
    if (address > ADDRESS_BITS) throw badAddress(file, start + i * EVENT_BYTES, i, address);
    x[i] = SENSOR - 1 - (address >> 8);
    y[i] = SENSOR - 1 - ((address >> 1) & 0x7f);
    p[i] = 1 - (address & 1);
    t[i] = view.getInt32(i * EVENT_BYTES + 4);
  }
  const rest = bytes.length - start - count * EVENT_BYTES;
  if (rest > 0)
    throw new DataError(
      file,
      `byte ${bytes.length - rest}: cut inside event ${count}, expected ${EVENT_BYTES} bytes, found ${rest}`,
      'download or copy it again',
    );
  const back = options.timeOrder === 'keep' ? -1 : firstStepBack(stream);
  if (back >= 0)
    throw new DataError(
      file,
      `byte ${start + back * EVENT_BYTES + 4}: time steps back from ${t[back - 1]} to ${t[back]} µs at event ${back}`,
      "record it again, or read it with timeOrder 'keep' where only the order of the file counts",
    );
  return stream;
}

/**
 * Reads an AEDAT 2.0 recording of a DVS128 from a file; see `decodeAedat2`.
 *
 * @param path - of the file
 * @param options - `timeOrder: 'keep'` reads a recording whose times step back; default `refuse`
 * @returns its events: x, y, polarity and time in µs of each, `[count]`
 * @throws DataError also when the file is missing, a folder, empty or not readable
 */
export function readAedat2(path: string, options: AedatOptions = {}): EventStream {
  return decodeAedat2(readDataFile(path, IF_MISSING), path, options);
}

/**
 * Encodes a stream of a 128 × 128 sensor as AEDAT 2.0, so that `decodeAedat2` gives the same stream back.
 *
 * @param stream - at least one event, time never decreasing
 * @param comment - a line for the header, for instance what made the events; no line break
 * @throws SettingsError when the stream cannot be a DVS128's
 */
export function encodeAedat2(stream: EventStream, comment = 'written by sgs-snn'): Uint8Array {
  checkDvs128(stream);
  if (/[\r\n]/.test(comment))
    throw new SettingsError(`encodeAedat2: the comment must be one line, got ${JSON.stringify(comment)}`);
  const header = Buffer.from(
    [
      '#!AER-DAT2.0',
      '# Data format is int32 address, int32 timestamp (8 bytes, big-endian), repeated for each event',
      '# Timestamps tick is 1 us',
      '# AEChip: ch.unizh.ini.jaer.chip.retina.DVS128',
      `# ${comment}`,
      '',
    ].join('\r\n'),
  );
  const bytes = new Uint8Array(header.length + stream.count * EVENT_BYTES);
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.length);
  for (let i = 0; i < stream.count; i++) {
    const rawY = SENSOR - 1 - stream.x[i];
    const rawX = SENSOR - 1 - stream.y[i];
    view.setUint32(i * EVENT_BYTES, (rawY << 8) | (rawX << 1) | (1 - stream.p[i]));
    view.setInt32(i * EVENT_BYTES + 4, stream.t[i]);
  }
  return bytes;
}

/** Where the events start. Throws DataError unless the header is that of an AEDAT 2.0 file of a DVS128. */
function headerLength(bytes: Uint8Array, file: string): number {
  if (bytes.length === 0)
    throw new DataError(
      file,
      'byte 0: the file is empty, expected "#!AER-DAT2.0"',
      'download or copy it again',
    );
  const opening = ascii(bytes, 0, 16);
  const version = /^#!AER-DAT(\d+\.\d+)/.exec(opening)?.[1];
  if (version !== '2.0')
    throw new DataError(
      file,
      `byte 0: expected "#!AER-DAT2.0" (AEDAT 2.0), found ${version ? `AEDAT ${version}` : JSON.stringify(opening)}`,
      'convert it to AEDAT 2.0 (jAER, or iniVation DV for later versions)',
    );
  let at = 0;
  while (bytes[at] === HASH) {
    const feed = bytes.indexOf(LINE_FEED, at);
    const end = feed < 0 ? bytes.length : feed + 1;
    const line = ascii(bytes, at, Math.min(end, at + 200));
    const chip = /^# ?AEChip: *(\S+)/.exec(line)?.[1];
    if (chip && !/(dvs|tmpdiff)128/i.test(chip))
      throw new DataError(
        file,
        `byte ${at}: recorded by ${JSON.stringify(chip)}, expected a DVS128 (the addresses of other sensors differ)`,
        'give a DVS128 recording',
      );
    at = end;
    if (line.startsWith('#End Of ASCII Header')) break; // whatever follows is data, even if it looks like a line
  }
  return at;
}

/** Why an address cannot be a DVS128 pixel's. */
function badAddress(file: string, offset: number, event: number, address: number): DataError {
  const hex = `0x${address.toString(16).padStart(8, '0')}`;
  const meaning =
    address >= 0x80000000
      ? 'bit 31 is set, as in frame and IMU words of a DAVIS'
      : address <= (ADDRESS_BITS | SPECIAL_BIT)
        ? 'the special bit 15 is set: not the event of a pixel'
        : 'another sensor, or bytes that are not events';
  return new DataError(
    file,
    `byte ${offset}: address ${hex} of event ${event}, expected 0x00000000 to 0x00007fff (${meaning})`,
    'give a DVS128 recording with nothing but pixel events after its header',
  );
}

function checkDvs128({ width, height, count, x, y, t, p }: EventStream): void {
  const fail = (problem: string): never => {
    throw new SettingsError(`encodeAedat2: ${problem}`);
  };
  if (width !== SENSOR || height !== SENSOR)
    fail(`the sensor must be ${SENSOR} × ${SENSOR}, got ${width} × ${height}`);
  if (count < 1) fail('the stream has no events; AEDAT 2.0 readers refuse a header without events');
  for (let i = 0; i < count; i++) {
    if (x[i] >= SENSOR || y[i] >= SENSOR || p[i] > 1)
      fail(`event ${i} is (x ${x[i]}, y ${y[i]}, p ${p[i]}), expected x, y 0 … ${SENSOR - 1} and p 0 or 1`);
    if (i > 0 && t[i] < t[i - 1])
      fail(`time steps back from ${t[i - 1]} to ${t[i]} µs at event ${i}; sort it first`);
  }
}

/** Bytes as text, one character a byte. */
const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));
