// N-MNIST recordings (`.bin`, ATIS sensor, 34 × 34 pixels), read.
//
// Layout: no header, 5 bytes an event: x, y, then polarity (top bit, 1 = ON) and a 23-bit big-endian time in
// microseconds (Orchard et al. 2015).
import { DataError } from '../../errors.js';
import { emptyStream, type EventStream } from './events.js';
import { readDataFile } from '../files.js';

/** Pixels of the sensor, each way. */
export const NMNIST_SIDE = 34;
const EVENT_BYTES = 5;
/** An entry with this y is no event: it says that the sensor's 13-bit clock overflowed. */
const OVERFLOW_Y = 240;
const OVERFLOW_MICROSECONDS = 2 ** 13;
/** The last microsecond that an event stream can hold. */
const LATEST = 2 ** 31 - 1;
const IF_MISSING = 'check the name, or download the data set again';

/**
 * Decodes an N-MNIST recording. x runs to the right and y down, as in the file.
 *
 * Entries with y = 240 are clock overflows: they are left out and 8192 µs are added to every later time, as the
 * data set's own reader does (Orchard's event-Python, `read_dataset`, and its copies; SpikingJelly's reader does not
 * look for them). A recording is about 0.3 s long, so its 23 bits (8.4 s) rarely need them.
 *
 * @param bytes - the whole file
 * @param file - its name, for errors
 * @throws DataError, with the byte offset, when the bytes are empty, not a multiple of 5, hold a pixel outside
 * 34 × 34, no event, or a time that steps back
 */
export function decodeNmnist(bytes: Uint8Array, file: string): EventStream {
  if (bytes.length === 0)
    throw new DataError(file, 'byte 0: the file is empty, expected events of 5 bytes', 'download it again');
  const entries = Math.floor(bytes.length / EVENT_BYTES);
  const rest = bytes.length % EVENT_BYTES;
  let count = 0;
  for (let at = 0; at < entries * EVENT_BYTES; at += EVENT_BYTES) {
    if (bytes[at + 1] === OVERFLOW_Y) continue;
    if (bytes[at] >= NMNIST_SIDE || bytes[at + 1] >= NMNIST_SIDE)
      throw new DataError(
        file,
        `byte ${at}: pixel (${bytes[at]}, ${bytes[at + 1]}), expected x and y 0 … ${NMNIST_SIDE - 1}`,
        'give an N-MNIST .bin file',
      );
    count++;
  }
  if (rest > 0)
    throw new DataError(
      file,
      `byte ${bytes.length - rest}: cut inside an event, expected ${EVENT_BYTES} bytes, found ${rest}`,
      'download it again',
    );
  if (count === 0)
    throw new DataError(file, 'byte 0: clock overflows only, expected events', 'download it again');
  const stream = emptyStream(NMNIST_SIDE, NMNIST_SIDE, count);
  let overflow = 0;
  for (let at = 0, i = 0; at < bytes.length; at += EVENT_BYTES) {
    if (bytes[at + 1] === OVERFLOW_Y) {
      overflow += OVERFLOW_MICROSECONDS;
      continue;
    }
    const time = ((bytes[at + 2] & 0x7f) << 16) + (bytes[at + 3] << 8) + bytes[at + 4] + overflow;
    const earliest = i > 0 ? stream.t[i - 1] : 0;
    if (time < earliest || time > LATEST)
      throw new DataError(
        file,
        `byte ${at + 2}: time ${time} µs of event ${i}, expected ${earliest} to ${LATEST} (time never steps back)`,
        'download it again',
      );
    stream.x[i] = bytes[at];
    stream.y[i] = bytes[at + 1];
    stream.p[i] = bytes[at + 2] >> 7;
    stream.t[i] = time;
    i++;
  }
  return stream;
}

/**
 * Reads an N-MNIST recording from a file; see `decodeNmnist`.
 *
 * @param path - of the file, `.bin`
 * @returns its events: x, y, polarity and time in µs of each, `[count]`
 * @throws DataError also when the file is missing, a folder, empty or not readable
 */
export function readNmnist(path: string): EventStream {
  return decodeNmnist(readDataFile(path, IF_MISSING), path);
}
