// SHA256SUMS: a list of digests kept beside records that were committed, in the form of `sha256sum`. Records of earlier
// versions have no content hash of their own: by the list their bytes stay what they were.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../errors.js';
import { readWhole, writeWhole } from '../files/whole.js';
import { sha256 } from '../hash.js';
import { listIds } from './ids.js';
import { parseRecord } from './text.js';

/** Name of the list, in the folder of the records. */
export const DIGESTS_NAME = 'SHA256SUMS';

const LINE = /^([0-9a-f]{64}) [ *]([^/\\\s]+)$/;
const REMEDY = `restore it, or delete its line in ${DIGESTS_NAME} where another one was meant to take its place`;

/** Digests by file name; none where there is no list. @throws DataError naming a line that is none */
export function readDigests(folder: string): Map<string, string> {
  const file = join(folder, DIGESTS_NAME);
  const digests = new Map<string, string>();
  if (!existsSync(file)) return digests;
  const lines = Buffer.from(readWhole(file)).toString('utf8').split(/\r?\n/);
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    const [, digest, name] = LINE.exec(line) ?? [];
    if (name === undefined || digests.has(name))
      throw new DataError(
        file,
        `line ${i + 1}: expected 64 hex digits, two spaces and a name that no other line has, found ${JSON.stringify(line.slice(0, 100))}`,
        'restore it, or delete the line and run `sgs runs digests`',
      );
    digests.set(name, digest);
  }
  return digests;
}

/** Throws DataError when a file is listed with another digest. */
export function checkDigest(
  digests: ReadonlyMap<string, string>,
  name: string,
  bytes: Uint8Array,
  file: string,
): void {
  const listed = digests.get(name);
  if (listed === undefined || listed === sha256(bytes)) return;
  throw new DataError(
    file,
    `not the bytes that ${DIGESTS_NAME} lists: it was changed after it was committed`,
    REMEDY,
  );
}

/** What {@link listDigests} did. */
export interface ListedDigests {
  /** Names that were not listed before. */
  added: string[];
  /** Number of those listed now. */
  listed: number;
}

/**
 * Adds the records of a folder to its list. One that is listed stays as it is listed: that it still has those bytes is
 * checked, and a listed one that is gone is an error too.
 *
 * @throws DataError naming a record that is damaged, changed or gone; the list then stays as it was
 */
export function listDigests(folder: string): ListedDigests {
  const digests = readDigests(folder);
  const added: string[] = [];
  for (const name of digests.keys())
    if (!existsSync(join(folder, name)))
      throw new DataError(join(folder, name), `listed in ${DIGESTS_NAME} and not there`, REMEDY);
  for (const id of listIds(folder)) {
    const name = `${id}.json`;
    const file = join(folder, name);
    const bytes = readWhole(file);
    checkDigest(digests, name, bytes, file);
    if (digests.has(name)) continue;
    parseRecord(bytes, file);
    digests.set(name, sha256(bytes));
    added.push(name);
  }
  if (added.length > 0) {
    const lines = [...digests].sort(([a], [b]) => (a < b ? -1 : 1));
    writeWhole(join(folder, DIGESTS_NAME), lines.map(([name, digest]) => `${digest}  ${name}\n`).join(''));
  }
  return { added, listed: digests.size };
}
