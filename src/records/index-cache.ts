// The headers of all records of a folder, fast: an index file beside the records remembers what was read before.
// The records stay the truth: the index is only believed about files that have not changed since, and is made
// again when it is lost, damaged or of another version.
import { type BigIntStats, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../errors.js';
import { experiment } from '../experiment/experiment.js';
import { fileError } from '../files/errors.js';
import { readWhole, writeWhole } from '../files/whole.js';
import { headerOf, type Header } from './header.js';
import { canonicalJson, sha256 } from '../hash.js';
import { versions } from './provenance.js';
import { RECORD_VERSION } from './record.js';
import type { Runs } from './folder.js';
import { listIds } from './ids.js';

/** Headers that could be read, and records that could not. */
export interface HeaderListing {
  /** In the order of their ids. */
  headers: Header[];
  /** Each names its file and what to do. */
  corrupt: DataError[];
  /** Number of records read because the index lacked them. */
  read: number;
}

/** Name of the index, in the folder of the records. Safe to delete. */
export const INDEX_NAME = 'index.cache';

/** Identity of a file when it was read: size, times in nanoseconds, inode. */
type Look = string;

/** One line of the index. */
type Entry = [id: string, look: Look, header: Header];

/** Raised when the index's own form changes, or how records are checked. */
const INDEX_VERSION = 2;
/** A file changed so short a time ago may change again without looking different: it is read again next time. */
const SETTLED_MS = 2000;
/** The index is written again when more than this share of it was not known; writing costs as much as reading 100. */
const WORTH_WRITING = 0.02;

/**
 * The headers of every record of a folder.
 *
 * A record is read again when its file's size, modification time, change time or inode differ from when it was
 * indexed. What that can miss: a file rewritten in place (nothing here does so) to the same size within the tick of
 * the file system's clock, more than two seconds after its last change by this machine's clock — which takes a file
 * server whose clock runs behind by more than two seconds. To be sure delete `index.cache`.
 *
 * Any number of processes may read and write the index at once: it is replaced whole, and each one is right for the
 * files it names. Where the folder cannot be written, records are read without keeping an index.
 *
 * @param runs - an open folder
 * @param options - `now`: milliseconds since 1970, default the clock's; files that changed less than two seconds before
 *   it are read again next time
 * @returns headers in the order of their ids, and an error for each record that cannot be read
 * @throws DataError when the folder cannot be listed
 */
export function listHeaders(runs: Runs, { now = Date.now() }: { now?: number } = {}): HeaderListing {
  const file = join(runs.folder, INDEX_NAME);
  const known = readIndex(file);
  const listing: HeaderListing = { headers: [], corrupt: [], read: 0 };
  const entries: Entry[] = [];
  let fresh = 0;
  for (const id of listIds(runs.folder)) {
    const seen = lookAt(join(runs.folder, `${id}.json`));
    if (seen === undefined) continue; // removed since it was listed
    const entry = known.get(id);
    if (entry !== undefined && entry[1] === seen.look) {
      entries.push(entry);
      listing.headers.push(entry[2]);
      continue;
    }
    try {
      const header = headerOf(runs.get(id));
      listing.headers.push(header);
      listing.read += 1;
      if (seen.changed > now - SETTLED_MS) continue;
      entries.push([id, seen.look, header]);
      fresh += 1;
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      listing.corrupt.push(error);
    }
  }
  const gone = known.size - (entries.length - fresh);
  if (fresh + gone > WORTH_WRITING * Math.max(entries.length, known.size)) writeIndex(file, entries);
  return listing;
}

/** Identity of a file, and its last change in milliseconds; undefined when it is not there. */
function lookAt(file: string): { look: Look; changed: number } | undefined {
  try {
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    return {
      look: lookOf(stats),
      changed: Math.max(Number(stats.mtimeMs), Number(stats.ctimeMs)),
    };
  } catch (error) {
    throw fileError(file, 'read', error);
  }
}

/** A look as text. Each part tells what the others may not: one file put in another's place with its size and times kept. */
export const lookOf = ({
  size,
  mtimeNs,
  ctimeNs,
  ino,
}: Pick<BigIntStats, 'size' | 'mtimeNs' | 'ctimeNs' | 'ino'>): string =>
  `${size} ${mtimeNs} ${ctimeNs} ${ino}`;

let reader: string | undefined;

/** Version of the reader of records: an index made by another reader is not believed. */
const readerId = (): string =>
  (reader ??= sha256(canonicalJson([INDEX_VERSION, RECORD_VERSION, versions().package, experiment()])));

/** The entries of an index by id; none when there is no index, or it is not whole and ours. */
function readIndex(file: string): Map<string, Entry> {
  try {
    const bytes = readWhole(file);
    const end = bytes.indexOf(0x0a);
    const head = Buffer.from(bytes.subarray(0, end)).toString('latin1');
    const body = bytes.subarray(end + 1);
    if (end < 0 || head !== headOf(body)) return new Map();
    const entries = JSON.parse(Buffer.from(body).toString('utf8')) as Entry[];
    return new Map(entries.map((entry) => [entry[0], entry]));
  } catch (error) {
    if (error instanceof DataError) return new Map();
    throw error;
  }
}

function writeIndex(file: string, entries: readonly Entry[]): void {
  const body = Buffer.from(`[${entries.map((entry) => JSON.stringify(entry)).join(',\n')}]\n`);
  try {
    writeWhole(file, Buffer.concat([Buffer.from(`${headOf(body)}\n`), body]));
  } catch (error) {
    if (!(error instanceof DataError)) throw error; // a folder that cannot be written: only time is lost
  }
}

const headOf = (body: Uint8Array): string => `sgs-snn index ${readerId()} ${sha256(body)}`;
