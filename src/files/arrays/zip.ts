// Zip archives held in memory, as NumPy and PyTorch write them: stored or deflated entries, zip64 or not. Stricter than
// unpacking needs it: entries fill their sizes, pass their checksums and share no byte, and all sizes are bounded.
// Source: APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
import { crc32, inflateRawSync } from 'node:zlib';
import { DamagedError } from '../../errors.js';
import type { Fail } from '../fail.js';

/** First bytes of an entry, of its line in the directory, and of the end record. */
export const LOCAL = 0x04034b50;
export const CENTRAL = 0x02014b50;
export const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
/** Stands in a field of 32 or 16 bits whose value is in a zip64 record. */
const IN_ZIP64 = 0xffffffff;
const IN_ZIP64_SHORT = 0xffff;
/** Bits that change no byte here: how hard it was compressed, sizes behind the data, names in UTF-8. */
const HARMLESS_FLAGS = 0x080e;
const MOST_ENTRIES = 100_000;
/** Deflate makes at most 1032 bytes of one; weights never come near this. */
const MOST_INFLATED = 2 ** 31 - 1;

/** Content of an archive, by name, in its order. Every value is checked and, where it was compressed, a copy. */
export type Entries = Map<string, Uint8Array>;

/**
 * Reads a zip archive.
 *
 * @param file - its name, for errors
 * @throws DamagedError with the byte offset, what was expected and what was found
 */
export function readZip(bytes: Uint8Array, file: string): Entries {
  const fail: Fail = (offset, expected, found) => {
    throw new DamagedError(
      file,
      `not a readable zip archive: byte ${offset}: expected ${expected}, found ${found}`,
      'write or copy the file again',
    );
  };
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const { count, start, end } = directoryOf(view, fail);
  const entries: Entries = new Map();
  const places: [from: number, to: number][] = [];
  let at = start;
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.readUInt32LE(at) !== CENTRAL) fail(at, 'an entry of the directory', 'none');
    const nameEnd = at + 46 + view.readUInt16LE(at + 28);
    const extraEnd = nameEnd + view.readUInt16LE(at + 30);
    const next = extraEnd + view.readUInt16LE(at + 32);
    if (next > end) fail(at, 'an entry within the directory', 'a longer one');
    const name = view.toString('utf8', at + 46, nameEnd);
    if (entries.has(name)) fail(at, 'each name once', `${JSON.stringify(name.slice(0, 80))} again`);
    const entry = { at, name, ...sizesOf(view, at, nameEnd, extraEnd, fail) };
    total += entry.size;
    if (total > MOST_INFLATED) fail(at, `at most ${MOST_INFLATED} bytes in all`, String(total));
    const [from, to, content] = contentOf(view, entry, start, fail);
    places.push([from, to]);
    entries.set(name, content);
    at = next;
  }
  if (at !== end) fail(at, 'the end of the directory', `${end - at} more bytes`);
  places.sort(([a], [b]) => a - b);
  for (let i = 1; i < places.length; i++)
    if (places[i][0] < places[i - 1][1]) fail(places[i][0], 'entries that share no byte', 'two that do');
  return entries;
}

/** Where the directory lies. */
function directoryOf(view: Buffer, fail: Fail): { count: number; start: number; end: number } {
  const last = Math.max(0, view.length - 22 - IN_ZIP64_SHORT);
  let at = view.length - 22;
  while (
    at >= last &&
    !(view.readUInt32LE(at) === END && at + 22 + view.readUInt16LE(at + 20) === view.length)
  )
    at--;
  if (at < last || at < 0) fail(0, 'the end record of a zip archive', 'none (cut off?)');
  let count = view.readUInt16LE(at + 10);
  let size = view.readUInt32LE(at + 12);
  let start = view.readUInt32LE(at + 16);
  let end = at;
  if (at >= 20 && view.readUInt32LE(at - 20) === LOCATOR64) {
    end = safe(view, at - 12, fail);
    if (end + 56 > at - 20 || view.readUInt32LE(end) !== END64) fail(at - 20, 'a zip64 end record', 'none');
    count = safe(view, end + 32, fail);
    size = safe(view, end + 40, fail);
    start = safe(view, end + 48, fail);
  }
  if (start + size !== end) fail(at, 'the directory right before its end record', `[${start}, ${size}]`);
  if (count > MOST_ENTRIES) fail(at, `at most ${MOST_ENTRIES} entries`, String(count));
  return { count, start, end };
}

interface Entry {
  at: number;
  name: string;
  size: number;
  packed: number;
  offset: number;
}

/** Sizes and place of an entry, from its zip64 field where there is one. */
function sizesOf(
  view: Buffer,
  at: number,
  nameEnd: number,
  extraEnd: number,
  fail: Fail,
): Pick<Entry, 'size' | 'packed' | 'offset'> {
  const found = [24, 20, 42].map((field) => view.readUInt32LE(at + field)); // size, packed size, offset
  if (found.includes(IN_ZIP64)) {
    let field = nameEnd;
    while (field + 4 <= extraEnd && view.readUInt16LE(field) !== 1) field += 4 + view.readUInt16LE(field + 2);
    const end = field + 4 <= extraEnd ? field + 4 + view.readUInt16LE(field + 2) : 0;
    let value = field + 4;
    for (const [i, n] of found.entries()) {
      if (n !== IN_ZIP64) continue;
      if (value + 8 > Math.min(end, extraEnd)) fail(at, 'a zip64 field with sizes and offset', 'none');
      found[i] = safe(view, value, fail);
      value += 8;
    }
  }
  const [size, packed, offset] = found;
  return { size, packed, offset };
}

/** The content of an entry, and the bytes that it takes. */
function contentOf(
  view: Buffer,
  { at, name, size, packed, offset }: Entry,
  limit: number,
  fail: Fail,
): [from: number, to: number, content: Uint8Array] {
  const [flags, method, checksum] = [
    view.readUInt16LE(at + 8),
    view.readUInt16LE(at + 10),
    view.readUInt32LE(at + 16),
  ];
  const called = JSON.stringify(name.slice(0, 80));
  if ((flags & ~HARMLESS_FLAGS) !== 0) fail(at, `${called} without encryption`, `flags ${flags}`);
  if (offset + 30 > limit || view.readUInt32LE(offset) !== LOCAL)
    fail(offset, `the head of ${called}`, 'none');
  if (view.readUInt16LE(offset + 8) !== method) fail(offset, `method ${method} of ${called}`, 'another');
  const nameStart = offset + 30;
  const nameEnd = nameStart + view.readUInt16LE(offset + 26);
  const from = nameEnd + view.readUInt16LE(offset + 28);
  const to = from + packed;
  if (to > limit) fail(offset, `${called} before the directory`, `an end at ${to}`);
  if (view.toString('utf8', nameStart, nameEnd) !== name) fail(nameStart, `the name ${called}`, 'another');
  const raw = view.subarray(from, to);
  const content = method === 0 ? raw : method === 8 ? inflated(raw, size, from, fail) : undefined;
  if (content === undefined) return fail(at, `${called} stored or deflated`, `method ${method}`);
  if (content.length !== size) fail(from, `${size} bytes of ${called}`, String(content.length));
  if (crc32(content) !== checksum) fail(from, `${called} with its checksum`, 'other bytes');
  return [offset, to, content];
}

function inflated(raw: Buffer, size: number, at: number, fail: Fail): Uint8Array {
  try {
    return inflateRawSync(raw, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    return fail(at, `deflated data of ${size} bytes`, (error as Error).message);
  }
}

/** A number of 64 bits. */
function safe(view: Buffer, at: number, fail: Fail): number {
  const value = view.readBigUInt64LE(at);
  return value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : fail(at, 'a number below 2^53', String(value));
}
