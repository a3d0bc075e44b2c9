// Unpacks an archive into a folder, refusing whatever could end up outside of it.
import { createWriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ReadEntry } from 'tar';
import { makeFolder } from '../../files/folders.js';
import { DataError } from '../../errors.js';

const FILES = ['File', 'OldFile', 'ContiguousFile'];
const FOLDERS = ['Directory', 'GNUDumpDir'];
const FILE_TYPE_BITS = 0o170000;
/** File, folder, and not said (made on a system without Unix file types). */
const PLAIN_TYPES = [0o100000, 0o040000, 0];

/**
 * Unpacks a `.tar`, `.tar.gz` or `.zip` archive: files and folders only.
 *
 * @param archive - the archive; a name that ends in `.zip` makes it a zip
 * @param into - an empty folder that is there already; what has been unpacked before an error stays in it
 * @param onEntry - called with the name of each file and folder
 * @throws DataError when the archive is damaged, or an entry is a link or device or has a name that is absolute or
 *   leads out of the folder
 */
export async function unpack(archive: string, into: string, onEntry?: (name: string) => void): Promise<void> {
  try {
    await (archive.endsWith('.zip') ? unpackZip : unpackTar)(archive, into, onEntry);
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(
      archive,
      `cannot be unpacked (${(error as Error).message})`,
      'delete it and download it again, and see that the disk has space',
    );
  }
}

type Unpacker = (archive: string, into: string, onEntry?: (name: string) => void) => Promise<void>;

const unpackTar: Unpacker = async (archive, into, onEntry) => {
  const { extract } = await import('tar');
  let refused: DataError | undefined;
  await extract({
    file: archive,
    cwd: into,
    strict: true,
    preserveOwner: false, // tar's default for root; the archive's user ids mean nothing here
    filter(name, entry) {
      const { type } = entry as ReadEntry;
      const plain = FILES.includes(type) || FOLDERS.includes(type);
      refused ??= refusal(archive, name, plain ? undefined : type);
      if (!refused) onEntry?.(name);
      return !refused;
    },
  });
  if (refused) throw refused;
};

const unpackZip: Unpacker = async (archive, into, onEntry) => {
  const { default: yauzl } = await import('yauzl');
  const zip = await yauzl.openPromise(archive, { decodeStrings: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE_BITS;
      const plain = PLAIN_TYPES.includes(type);
      const refused = refusal(archive, name, plain ? undefined : 'link or device');
      if (refused) throw refused;
      onEntry?.(name);
      const target = join(into, name);
      makeFolder(name.endsWith('/') ? target : dirname(target));
      if (name.endsWith('/')) continue;
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { flags: 'wx' }));
    }
  } finally {
    zip.close();
  }
};

/** Why an entry is refused, if it is. */
function refusal(archive: string, name: string, type: string | undefined): DataError | undefined {
  const parts = name.split(/[/\\]/);
  const why =
    type !== undefined
      ? `is a ${type}`
      : parts[0] === '' || /^[A-Za-z]:/.test(name)
        ? 'is an absolute path'
        : parts.includes('..')
          ? 'leads out of the folder'
          : undefined;
  if (why === undefined) return undefined;
  return new DataError(
    archive,
    `entry ${JSON.stringify(name)} ${why}, expected files and folders inside the archive's own folder`,
    'nothing was installed; do not use this archive',
  );
}
