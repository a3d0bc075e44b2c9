// Downloads, verifies and installs a data set: archive by archive, nothing half-written, nothing fetched twice.
import { existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { makeFolder } from '../../files/folders.js';
import { signalOrInterrupt } from '../../cell/interrupt.js';
import { DataError, SettingsError } from '../../errors.js';
import { checksumOf } from './checksum.js';
import { byHand, fetchFile } from './fetch-file.js';
import { datasets, DOWNLOADABLE, type DatasetName } from '../sets/index.js';
import type { ArchiveSource } from './sources.js';
import { unpack } from './unpack.js';

/** Where a download is. */
export interface DownloadProgress {
  /** The archive's file name. */
  file: string;
  stage: 'verify' | 'download' | 'unpack';
  /** Bytes received, or files checked or unpacked. */
  done: number;
  /** Where known. */
  total: number | undefined;
}

/** Options of a download. */
export interface DownloadOptions {
  /** The data folder, as `dataRoot` gives it; made when it is not there. */
  folder: string;
  /** Address of a mirror: archives are fetched as `<source>/<file name>`. Default: the official addresses. */
  source?: string;
  /** Sources; default those of the data set's definition. */
  archives?: ArchiveSource[];
  onProgress?(progress: DownloadProgress): void;
  /** Stops; a cut download is continued next time. Default: a notebook's interrupt. */
  signal?: AbortSignal;
}

/** Result of a download. */
export interface DownloadResult {
  /** Folders of the data set, below the data folder. */
  folders: string[];
  /** Archives that were downloaded or found, and unpacked. */
  installed: string[];
  /** Archives whose files were there already and right. */
  present: string[];
}

/**
 * Downloads a data set into the data folder, unless it is there.
 *
 * Of each archive: files that are there are verified; when all are right, nothing is done. Otherwise the archive is
 * taken from the data folder if it is there, or downloaded; its MD5 is checked; it is unpacked
 * into a folder beside the final one, its files are verified, and only then it gets its place. Files that are there
 * and right stay as they are. An archive that was downloaded is deleted in the end, one that was found is kept.
 *
 * @param name - such as `cifar10`; `shapes10` is drawn and needs no download
 * @param given - `folder` is needed: the data folder, as `dataRoot` gives it; `source` is the address of a mirror
 * @returns what was installed, what was there already, and in which folders
 * @throws SettingsError when the data set is not one to download or `source` is no address of the web; DataError
 *   when a file that is there is not the official one, and for all that `fetchFile` and `unpack` refuse;
 *   the signal's reason when aborted
 */
export async function downloadDataset(name: DatasetName, given: DownloadOptions): Promise<DownloadResult> {
  const options = { ...given, signal: signalOrInterrupt(given.signal) };
  const archives = options.archives ?? datasets[name]?.files?.archives;
  if (!archives)
    throw new SettingsError(
      `nothing to download for ${JSON.stringify(name)}; choose one of ${DOWNLOADABLE.join(', ')}`,
    );
  checkMirror(options.source);
  const folder = resolve(options.folder);
  const result: DownloadResult = { folders: [], installed: [], present: [] };
  for (const archive of archives) {
    options.signal?.throwIfAborted();
    const done = await installArchive(archive, folder, options);
    result[done ? 'installed' : 'present'].push(archive.file);
    result.folders.push(join(folder, archive.folder));
  }
  return result;
}

/** Refuses what nothing could be fetched from, also where all is there already. */
function checkMirror(source: string | undefined): void {
  if (source === undefined) return;
  if (!URL.canParse(source) || !/^https?:$/.test(new URL(source).protocol))
    throw new SettingsError(
      `source: expected the address of a mirror that begins with http:// or https://, got ${JSON.stringify(source)}`,
    );
}

/** Sees to one archive. Returns false when its files were there. */
async function installArchive(
  archive: ArchiveSource,
  root: string,
  options: DownloadOptions,
): Promise<boolean> {
  const target = join(root, archive.folder);
  const report = (stage: DownloadProgress['stage']) => (done: number, total?: number) =>
    options.onProgress?.({ file: archive.file, stage, done, total });
  const missing = await missingFiles(archive, target, report('verify'));
  if (missing.length === 0) return false;
  const file = join(root, archive.file);
  makeDataFolder(dirname(target));
  const found = existsSync(file);
  if (found) await checkFound(file, archive);
  else await fetchFromAny(archive, file, options, report('download'));
  options.signal?.throwIfAborted();
  await install(archive, file, target, report('unpack'));
  if (!found) await rm(file);
  return true;
}

/** Names of expected files that are not there, or folders that lack some; throws when one is there and is not the official one. */
async function missingFiles(
  { files }: ArchiveSource,
  folder: string,
  report: (done: number, total: number) => void,
): Promise<string[]> {
  const missing: string[] = [];
  for (const [i, { name, sha256, holds }] of files.entries()) {
    report(i, files.length);
    const file = join(folder, name);
    const status = existsSync(file) ? await stat(file) : undefined;
    if (status === undefined) missing.push(name);
    else if (holds === undefined ? !status.isFile() : !status.isDirectory())
      throw new DataError(
        file,
        `expected a ${holds === undefined ? 'file' : 'folder'}, found something else`,
        `move ${folder} away and run again`,
      );
    else if (holds !== undefined) {
      if ((await readdir(file)).filter((each) => !each.startsWith('.')).length < holds) missing.push(name);
    } else if (sha256 !== undefined) {
      const digest = await checksumOf(file, 'sha256');
      if (digest !== sha256)
        throw new DataError(
          file,
          `expected SHA-256 ${sha256}, found ${digest}: damaged, or a part of the official file`,
          `move ${folder} away and run again, or go on using it as it is`,
        );
    }
  }
  return missing;
}

async function checkFound(file: string, { md5 }: ArchiveSource): Promise<void> {
  const found = await checksumOf(file, 'md5');
  if (found !== md5)
    throw new DataError(file, `expected MD5 ${md5}, found ${found}`, 'delete it and run again');
}

/** Downloads from the first address that gives the right file. */
async function fetchFromAny(
  { urls, file: name, md5, bytes }: ArchiveSource,
  file: string,
  { source, signal }: DownloadOptions,
  onProgress: (received: number, total: number | undefined) => void,
): Promise<void> {
  const addresses = source === undefined ? urls : [`${source.replace(/\/+$/, '')}/${name}`];
  for (const [i, url] of addresses.entries())
    try {
      return await fetchFile(url, file, { md5, bytes, onProgress, signal });
    } catch (error) {
      if (!(error instanceof DataError) || i === addresses.length - 1) throw error;
    }
}

/** Unpacks beside the target, verifies, and puts what is missing in place. */
async function install(
  archive: ArchiveSource,
  file: string,
  target: string,
  report: (done: number, total: number | undefined) => void,
): Promise<void> {
  const temporary = `${target}.unpacking`;
  await rm(temporary, { recursive: true, force: true }); // left over from a process that was killed
  try {
    makeDataFolder(temporary);
    let entries = 0;
    await unpack(file, temporary, () => report(++entries, undefined));
    const unpacked = join(temporary, archive.inside);
    const missing = await missingFiles(archive, unpacked, report);
    if (missing.length > 0)
      throw new DataError(
        file,
        `holds ${archive.files.length - missing.length} of the ${archive.files.length} expected files, ` +
          `not ${join(archive.inside, missing[0])}`,
        byHand(file),
      );
    await putInPlace(unpacked, target);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Renames the folder, or, where the target is there, each of its files, also in folders, that the target lacks. */
async function putInPlace(unpacked: string, target: string): Promise<void> {
  if (!existsSync(target)) return rename(unpacked, target);
  for (const path of [unpacked, target]) if (!(await stat(path)).isDirectory()) return;
  for (const name of await readdir(unpacked)) await putInPlace(join(unpacked, name), join(target, name));
}

function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw new DataError(
      folder,
      `cannot be made (${(error as NodeJS.ErrnoException).code})`,
      'choose another data folder with --data-dir or SGS_DATA',
    );
  }
}
