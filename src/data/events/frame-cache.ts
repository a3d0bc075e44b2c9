// Frames kept between runs, so that a set of recordings is decoded once: one file, verified whole whenever it is read.
//
// Layout: a line of JSON (format, key, number and size of the entries), the entries, then the SHA-256 (32 bytes) of
// everything before. A file that is not exactly that is not used, whatever it is.
import {
  closeSync,
  fsyncSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../files/folders.js';
import { fileError } from '../../files/errors.js';
import { canonicalJson } from '../../hash.js';
import { newSha256, type Sha256 } from '../../host/sha256.js';
import { removeLeftovers, temporaryBeside } from '../../files/leftovers.js';

const DIGEST_BYTES = 32;

/** Expected content of a cache file. */
export interface FrameCache {
  file: string;
  /** Says what the entries were made of and how, so that other entries are never taken for these. */
  key: string;
  /** Number of entries, and the bytes of each. */
  count: number;
  bytes: number;
}

/** Where entry i belongs: an array of `bytes` bytes, to be filled. */
export type Place = (entry: number) => Uint8Array;

/**
 * Reads the entries of a cache file. What killed writers have left beside it goes.
 *
 * @returns false when the file is missing, unreadable, cut, too long, damaged or about something else; what was placed is
 * then to be thrown away
 */
export function readFrameCache(cache: FrameCache, place: Place): boolean {
  removeLeftovers(dirname(cache.file));
  const head = headOf(cache);
  const hash = newSha256();
  let handle: number | undefined;
  try {
    handle = openSync(cache.file, 'r');
    if (fstatSync(handle).size !== head.length + cache.count * cache.bytes + DIGEST_BYTES) return false;
    const found = new Uint8Array(head.length);
    if (!readInto(handle, found, hash) || Buffer.compare(found, head) !== 0) return false;
    for (let entry = 0; entry < cache.count; entry++) if (!readInto(handle, place(entry), hash)) return false;
    const digest = new Uint8Array(DIGEST_BYTES);
    return readInto(handle, digest) && Buffer.compare(digest, hash.digest()) === 0;
  } catch {
    return false; // unreadable is as good as missing: the entries are made again
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/**
 * Makes the entries one after the other, places them and writes them to the cache file: to a temporary one first,
 * which takes the name at the end. A reader finds a whole file or none.
 *
 * @param make - gives entry i; what it throws is thrown on, and nothing is left behind
 * @throws DataError when the folder or the disk refuses
 */
export async function writeFrameCache(
  { file, key, count, bytes }: FrameCache,
  make: (entry: number) => Promise<Uint8Array>,
  place: Place,
): Promise<void> {
  const temporary = temporaryBeside(file);
  let opened = false;
  try {
    makeFolder(dirname(file));
    const handle = openSync(temporary, 'wx');
    opened = true;
    try {
      const hash = newSha256();
      append(handle, headOf({ key, count, bytes }), hash);
      for (let entry = 0; entry < count; entry++) {
        const frames = await make(entry);
        place(entry).set(frames);
        append(handle, frames, hash);
      }
      writeFileSync(handle, hash.digest());
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (error) {
    if (opened) rmSync(temporary, { force: true });
    throw fileError(file, 'write', error);
  }
}

const headOf = ({ key, count, bytes }: Omit<FrameCache, 'file'>): Buffer =>
  Buffer.from(`${canonicalJson({ format: 'sgs-snn frames 1', key, count, bytes })}\n`);

function append(handle: number, piece: Uint8Array, hash: Sha256): void {
  writeFileSync(handle, piece); // repeats short writes until all is written or one fails
  hash.update(piece);
}

/** Fills an array from where the file stands; false when the file ends first. */
function readInto(handle: number, array: Uint8Array, hash?: Sha256): boolean {
  for (let at = 0; at < array.length;) {
    const read = readSync(handle, array, at, array.length - at, null);
    if (read === 0) return false;
    at += read;
  }
  hash?.update(array);
  return true;
}
