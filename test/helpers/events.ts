// Small event recordings for tests: random streams, and AEDAT 2.0 bytes with any header and any words.
import { emptyStream, type EventStream } from '../../src/data/events/events.js';
import { stream } from '../../src/random.js';

/** A stream of random pixels and polarities whose time never decreases and starts at `start` (it may be negative). */
export function randomEvents(
  seed: number,
  count: number,
  { width = 128, height = 128, start = 0, longestGap = 50 } = {},
): EventStream {
  const random = stream(seed, 'probe', 'events');
  const events = emptyStream(width, height, count);
  let time = start;
  for (let i = 0; i < count; i++) {
    events.x[i] = random.integer(0, width - 1);
    events.y[i] = random.integer(0, height - 1);
    events.p[i] = random.integer(0, 1);
    events.t[i] = time;
    time += random.integer(0, longestGap);
  }
  return events;
}

/** The opening lines of a jAER recording by a DVS128. */
export const DVS128_HEADER = [
  '#!AER-DAT2.0',
  '# This is a raw AE data file - do not edit',
  '# HardwareInterface: DVS128-V1 0000',
  '# AEChip: ch.unizh.ini.jaer.chip.retina.DVS128',
];

/** An AEDAT 2.0 file made of header lines (CRLF) and pairs of address and time. */
export function aedatFile(header: string[], words: [address: number, time: number][]): Uint8Array {
  const head = Buffer.from(header.map((line) => `${line}\r\n`).join(''));
  const body = Buffer.alloc(words.length * 8);
  words.forEach(([address, time], i) => {
    body.writeUInt32BE(address >>> 0, i * 8);
    body.writeInt32BE(time | 0, i * 8 + 4);
  });
  return new Uint8Array(Buffer.concat([head, body]));
}

/** An N-MNIST file made of entries (x, y, p, t). */
export function nmnistFile(entries: [x: number, y: number, p: number, t: number][]): Uint8Array {
  return Uint8Array.from(
    entries.flatMap(([x, y, p, t]) => [x, y, (p << 7) | (t >> 16), (t >> 8) & 255, t & 255]),
  );
}
