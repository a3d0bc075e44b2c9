// Records of another machine, merged into a folder: verified, never overwriting, and saying what happened to each file.
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DataError, SettingsError } from '../errors.js';
import { fileError } from '../files/errors.js';
import { readWhole, writeWhole } from '../files/whole.js';
import { checkDigest, DIGESTS_NAME, readDigests } from './digests.js';
import { INDEX_NAME } from './index-cache.js';
import { canonicalJson, ID_PATTERN, sha256 } from '../hash.js';
import { isFinal, resultOf, type StoredRecord } from './record.js';
import { readRecordText } from './text.js';
import { LARGEST_RECORD, type Runs } from './folder.js';

/** Outcome of one file. */
export interface ImportedFile {
  /** Its name in the folder it comes from. */
  file: string;
  /**
   * `added`; `already there`, the same result; `conflicting`, something else of that name is here and stays;
   * `damaged`, not what it claims to be; `left out`, nothing that can be imported.
   */
  what: 'added' | 'already there' | 'conflicting' | 'damaged' | 'left out';
  /** Fault and remedy; empty where there is none. */
  detail: string;
}

/** Options of an import. */
export interface ImportSettings {
  /** Only say what would happen; default false. */
  dryRun?: boolean;
  /** Let a finished record take the place of one that was interrupted or failed here; default false: a conflict. */
  replaceUnfinished?: boolean;
}

/** Valid records by id: those that are here in the end (or would be), and those read. */
interface Known {
  here: Map<string, StoredRecord>;
  there: Map<string, StoredRecord>;
  /** Digests listed in the source folder. */
  digests: Map<string, string>;
}

type Verdict = Omit<ImportedFile, 'file'>;

const added: Verdict = { what: 'added', detail: '' };
const alreadyThere: Verdict = { what: 'already there', detail: '' };
const conflicting = (detail: string): Verdict => ({ what: 'conflicting', detail });
const damaged = (detail: string): Verdict => ({ what: 'damaged', detail });
const leftOut = (detail: string): Verdict => ({ what: 'left out', detail });

/**
 * Copies records, and weights where they are there, from one folder into another.
 *
 * A record is checked as whenever one is read: every field, that its id is what its settings, data and numerics give, and
 * its content hash (of one without: its digest where SHA256SUMS lists it; else the line says that it has none). That
 * the results are real is checked by training again. Weights must have the
 * digest that the record names. Files are copied byte by byte, each written whole; no file here is ever
 * replaced, but for unfinished records where that is asked for. Run it again after a failure: what was done is
 * `already there`. Checkpoints stay where they are: they belong to a run that is not finished.
 *
 * @param from - a folder as `openRuns` makes it
 * @param into - the folder that takes them
 * @returns a line for each file, records first
 * @throws DataError when a folder cannot be read or written; SettingsError when the two are the same
 */
export function importRecords(from: string, into: Runs, settings: ImportSettings = {}): ImportedFile[] {
  const names = namesIn(from);
  if (existsSync(into.folder) && realpathSync(from) === realpathSync(into.folder))
    throw new SettingsError(`import: ${from} is the folder that takes the records; name another one`);
  const known: Known = { here: new Map(), there: new Map(), digests: readDigests(from) };
  const records = names
    .filter((name) => !FOLDERS.includes(name) && name !== INDEX_NAME && name !== DIGESTS_NAME)
    .map((file) => ({ file, ...importRecord(join(from, file), into, settings, known) }));
  const parts = FOLDERS.filter((name) => names.includes(name)).flatMap((folder) =>
    namesIn(join(from, folder)).map((name) => {
      const file = `${folder}/${name}`;
      return { file, ...importPart(folder, join(from, folder, name), into, settings, known) };
    }),
  );
  return [...records, ...parts];
}

/** Whether a file needs someone to look at it. */
export const isTrouble = ({ what }: ImportedFile): boolean => what === 'conflicting' || what === 'damaged';

const FOLDERS = ['weights', 'checkpoints'];

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw fileError(folder, 'list', error);
  }
}

/** The id that a file is named after, if it is. */
function idOf(file: string, ending: string): string | undefined {
  const name = basename(file);
  const id = name.slice(0, -ending.length);
  return name.endsWith(ending) && ID_PATTERN.test(id) ? id : undefined;
}

/** A value, or why it cannot be had. */
function attempt<Value>(work: () => Value): Value | DataError {
  try {
    return work();
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
}

/** Note on a record of an earlier version. */
const UNHASHED = 'without content hash: its form and its id were checked, its results cannot be';

function importRecord(
  file: string,
  into: Runs,
  settings: ImportSettings,
  { here, there, digests }: Known,
): Verdict {
  const id = idOf(file, '.json');
  if (id === undefined) return leftOut('not named as a record is');
  const bytes = attempt(() => readWhole(file, LARGEST_RECORD));
  if (bytes instanceof DataError) return damaged(bytes.message);
  const text = attempt(() => readRecordText(bytes, file));
  if (text instanceof DataError) return damaged(text.message);
  const { record, hasHash } = text;
  const name = basename(file);
  const changed = hasHash ? undefined : attempt(() => checkDigest(digests, name, bytes, file));
  if (changed) return damaged(changed.message);
  if (record.id !== id) return damaged(`holds record ${record.id}; rename it to ${record.id}.json`);
  there.set(id, record);
  const target = join(into.folder, `${id}.json`);
  if (!into.has(id) && (settings.dryRun || writeWhole(target, bytes, { create: true }))) {
    here.set(id, record);
    return hasHash || digests.has(name) ? added : { ...added, detail: UNHASHED };
  }
  const present = attempt(() => into.get(id));
  if (present instanceof DataError)
    return conflicting(`the record here cannot be read: ${present.message}; then import again`);
  here.set(id, present);
  if (canonicalJson(resultOf(present)) === canonicalJson(resultOf(record))) return alreadyThere;
  if (isFinal(present))
    return isFinal(record)
      ? conflicting(`the record here has another result${digestsText(present, record)}; the one here stays`)
      : { ...alreadyThere, detail: 'finished here, not there' };
  if (!isFinal(record)) return conflicting('finished neither here nor there; the one here stays');
  if (!settings.replaceUnfinished)
    return conflicting('finished there, not here; --replace-unfinished takes the finished one');
  if (!settings.dryRun) writeWhole(target, bytes);
  here.set(id, record);
  return { ...added, detail: 'in place of the unfinished one' };
}

const digestsText = (here: StoredRecord, there: StoredRecord): string =>
  here.weightsDigest === there.weightsDigest
    ? ''
    : ` (weights digest ${here.weightsDigest}, there ${there.weightsDigest})`;

function importPart(
  folder: string,
  file: string,
  into: Runs,
  { dryRun }: ImportSettings,
  { here, there }: Known,
): Verdict {
  const id = idOf(file, '.safetensors');
  if (folder === 'checkpoints') return leftOut('checkpoints are not imported');
  if (id === undefined) return leftOut('not named as weights are');
  const record = here.get(id) ?? (into.has(id) ? attempt(() => into.get(id)) : undefined);
  if (record === undefined || record instanceof DataError)
    return leftOut('there is no valid record of this run');
  const bytes = attempt(() => readWhole(file));
  if (bytes instanceof DataError) return damaged(bytes.message);
  const found = sha256(bytes);
  if (found !== record.weightsDigest && found === there.get(id)?.weightsDigest)
    return conflicting('the weights of the record there, which is not the one here');
  if (found !== record.weightsDigest)
    return damaged(`not the weights of the record: expected SHA-256 ${record.weightsDigest}, found ${found}`);
  const target = into.weightsPath(id);
  if (!existsSync(target) && (dryRun || writeWhole(target, bytes, { create: true }))) return added;
  return sha256(readWhole(target)) === found
    ? alreadyThere
    : conflicting('the weights here are not those of the record; delete them and import again');
}
