// AEDAT 3.1 recordings of a DVS128, the form of DVS128 Gesture, read.
//
// Layout: header lines that start with `#`, the first `#!AER-DAT3.1`, the last `#!END-HEADER`; then packets, little-endian: 28
// bytes (type, source, size of an event, offset of its time, overflows of the clock, capacity, number, valid ones), then
// `capacity` events. A polarity event (type 1) has 8 bytes: bit 0 valid, bit 1 ON, bits 2–16 y, bits 17–31 x; microseconds.
// (iniVation, "AEDAT file formats".)
import { closeSync, openSync, readSync } from 'node:fs';
import { DataError } from '../../errors.js';
import { fileError } from '../../files/errors.js';
import { readDataFile } from '../files.js';
import type { AedatOptions } from './aedat.js';
import { emptyStream, type EventStream, firstStepBack } from './events.js';

const SENSOR = 128;
const MAGIC = '#!AER-DAT3.1';
const END = '#!END-HEADER';
const HEADER_BYTES = 28;
const EVENT_BYTES = 8;
const POLARITY = 1;
const LINE_FEED = 10;
const HASH = 35;
const COORDINATE = 0x7fff;

/** Whether a file begins as AEDAT 3.x. @throws DataError where it cannot be read */
export function isAedat3(path: string): boolean {
  const head = Buffer.alloc(10);
  try {
    const handle = openSync(path, 'r');
    try {
      readSync(handle, head, 0, head.length, 0);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw fileError(path, 'read', error);
  }
  return head.toString('latin1') === '#!AER-DAT3';
}

/**
 * Decodes an AEDAT 3.1 recording of a DVS128. x runs to the right and y down, as in the file (so SpikingJelly's reader of DVS128
 * Gesture, `load_aedat_v3`). Packets of other kinds of events are skipped, and events that are marked invalid.
 *
 * @param bytes - the whole file
 * @param file - its name, for errors
 * @throws DataError, with the byte offset, when it is no AEDAT 3.1, compressed, of another sensor, cut, without events, or holds
 *   a pixel outside of 128 × 128; or when time steps back (see the options)
 */
export function decodeAedat3(bytes: Uint8Array, file: string, options: AedatOptions = {}): EventStream {
  const refuse = (at: number, found: string, remedy: string): never => {
    throw new DataError(file, `byte ${at}: ${found}`, remedy);
  };
  const start = headerLength(bytes, refuse);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const packets: { at: number; number: number; overflow: number }[] = [];
  let count = 0;
  for (let at = start; at < bytes.length;) {
    if (at + HEADER_BYTES > bytes.length)
      refuse(at, `cut inside the head of a packet, expected ${HEADER_BYTES} bytes`, 'copy it again');
    const type = view.getUint16(at, true);
    const [size, , overflow, capacity, number] = [4, 8, 12, 16, 20].map((field) =>
      view.getUint32(at + field, true),
    );
    const end = at + HEADER_BYTES + size * capacity;
    if (end > bytes.length)
      refuse(
        at,
        `a packet of ${capacity} events of ${size} bytes, ${bytes.length - at - HEADER_BYTES} bytes are left`,
        'copy it again: it is cut or damaged',
      );
    if (number > capacity)
      refuse(at + 20, `${number} events in a packet with room for ${capacity}`, 'copy it again');
    if (type === POLARITY) {
      if (size !== EVENT_BYTES)
        refuse(at + 4, `polarity events of ${size} bytes, expected ${EVENT_BYTES}`, 'copy it again');
      // An event's time has 31 bits, 35 minutes; what comes after has no place in a stream.
      if (overflow !== 0)
        refuse(at + 12, `the clock overflowed ${overflow} times, expected none`, 'cut the recording');
      for (let i = 0; i < number; i++) count += view.getUint32(at + HEADER_BYTES + i * EVENT_BYTES, true) & 1;
      packets.push({ at: at + HEADER_BYTES, number, overflow });
    }
    at = end;
  }
  if (count === 0) refuse(start, 'no events of pixels after the header', 'give a recording of a DVS128');
  const stream = emptyStream(SENSOR, SENSOR, count);
  let i = 0;
  for (const { at, number } of packets)
    for (let event = 0; event < number; event++) {
      const place = at + event * EVENT_BYTES;
      const word = view.getUint32(place, true);
      if ((word & 1) === 0) continue;
      const [x, y] = [(word >>> 17) & COORDINATE, (word >>> 2) & COORDINATE];
      const time = view.getInt32(place + 4, true);
      if (x >= SENSOR || y >= SENSOR)
        refuse(
          place,
          `pixel (${x}, ${y}), expected x and y 0 … ${SENSOR - 1}`,
          'give a recording of a DVS128',
        );
      if (time < 0) refuse(place + 4, `a negative time, ${time} µs`, 'copy it again');
      stream.x[i] = x;
      stream.y[i] = y;
      stream.p[i] = (word >>> 1) & 1;
      stream.t[i] = time;
      i++;
    }
  const back = options.timeOrder === 'keep' ? -1 : firstStepBack(stream);
  if (back >= 0)
    throw new DataError(
      file,
      `time steps back from ${stream.t[back - 1]} to ${stream.t[back]} µs at event ${back}`,
      "record it again, or read it with timeOrder 'keep' where only the order of the file counts",
    );
  return stream;
}

/**
 * Reads an AEDAT 3.1 recording of a DVS128 from a file; see `decodeAedat3`.
 *
 * @param path - of the file
 * @param options - `timeOrder: 'keep'` reads a recording whose times step back; default `refuse`
 * @returns its events: x, y, polarity and time in µs of each, `[count]`
 * @throws DataError also when the file is missing, a folder, empty or not readable
 */
export const readAedat3 = (path: string, options: AedatOptions = {}): EventStream =>
  decodeAedat3(readDataFile(path, 'check the name'), path, options);

/** Where the packets start. */
function headerLength(
  bytes: Uint8Array,
  refuse: (at: number, found: string, remedy: string) => never,
): number {
  const text = (from: number, to: number): string =>
    Buffer.from(
      bytes.buffer,
      bytes.byteOffset + from,
      Math.max(0, Math.min(to, bytes.length) - from),
    ).toString('latin1');
  if (!text(0, MAGIC.length + 2).startsWith(MAGIC))
    refuse(
      0,
      `expected ${JSON.stringify(MAGIC)}, found ${JSON.stringify(text(0, 14))}`,
      'give AEDAT 3.1 (or 2.0)',
    );
  for (let at = 0; bytes[at] === HASH;) {
    const feed = bytes.indexOf(LINE_FEED, at);
    if (feed < 0) break;
    const line = text(at, Math.min(feed, at + 200)).trimEnd();
    const format = /^#Format: *(\S+)/.exec(line)?.[1];
    if (format !== undefined && format !== 'RAW')
      refuse(at, `format ${JSON.stringify(format)}, expected RAW`, 'save it uncompressed');
    const source = /^#Source \d+: *(.+)/.exec(line)?.[1];
    if (source !== undefined && !/dvs128/i.test(source))
      refuse(
        at,
        `recorded by ${JSON.stringify(source.slice(0, 40))}, expected a DVS128`,
        'give a DVS128 recording',
      );
    if (line === END) return feed + 1;
    at = feed + 1;
  }
  return refuse(0, `its header does not end with ${JSON.stringify(END)}`, 'copy it again');
}
