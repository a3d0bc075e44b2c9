// Records as text and back: one JSON object a file, checked whenever it is written or read. Its last field, `contentHash`, is
// the SHA-256 of all others: a digit that was changed, by a disk or by hand, is found out.
import { DataError, SettingsError } from '../errors.js';
import { parseExperiment } from '../experiment/experiment.js';
import type { StoredRecord } from './record.js';
import { textOf } from '../files/text.js';
import { sha256 } from '../hash.js';
import { recordProblem } from './check.js';

/**
 * A record as JSON text: fields in the record's order, one table row a line, so that a change reads well in a diff.
 *
 * @throws SettingsError when it is not a valid record
 */
export function formatRecord(record: StoredRecord): string {
  const problem = recordProblem(record);
  if (problem) throw new SettingsError(`record ${String(record.id)}: ${problem}`);
  const fields = Object.entries(record).map(([name, value]) => {
    const isTable = Array.isArray(value) && value.length > 0;
    const text = isTable
      ? `[\n${value.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ]`
      : JSON.stringify(value);
    return `  ${JSON.stringify(name)}: ${text}`;
  });
  fields.push(`  ${JSON.stringify(HASH)}: ${JSON.stringify(contentHash(record))}`);
  return `{\n${fields.join(',\n')}\n}\n`;
}

const HASH = 'contentHash';

/** SHA-256 of a record's JSON without white space, its fields in the file's order, without the hash itself. */
const contentHash = (record: object): string => sha256(JSON.stringify(record));

/** A record as it stands in a file. */
export interface RecordText {
  record: StoredRecord;
  /** Whether it has a content hash (which is right then); records of earlier versions have none. */
  hasHash: boolean;
}

/**
 * Reads a record.
 *
 * @param content - its text, or the file's bytes
 * @param file - its name, for errors
 * @throws DataError when the content is not JSON, not a record of this version, or does not have the id and the content
 *   hash that its content gives
 */
export const parseRecord = (content: string | Uint8Array, file: string): StoredRecord =>
  readRecordText(content, file).record;

/** Reads a record and says whether it has a content hash; throws as {@link parseRecord}. */
export function readRecordText(content: string | Uint8Array, file: string): RecordText {
  let value: unknown;
  try {
    value = JSON.parse(typeof content === 'string' ? content : textOf(content, file));
  } catch (error) {
    throw corrupt(file, `not JSON: ${(error as Error).message}`);
  }
  const hash = Object(value) === value ? (value as { [HASH]?: unknown })[HASH] : undefined;
  if (hash !== undefined) delete (value as { [HASH]?: unknown })[HASH];
  const problem = recordProblem(value);
  if (problem) throw corrupt(file, problem);
  const record = value as StoredRecord;
  const found = hash === undefined ? undefined : contentHash(record);
  if (hash !== found)
    throw new DataError(
      file,
      `${HASH}: its content gives ${found}, it says ${JSON.stringify(hash)?.slice(0, 80)}: a part of it was changed after it was written`,
      `restore it, or delete it and run again; after a change on purpose delete its line ${JSON.stringify(HASH)} and the comma before it`,
    );
  // Settings that were added to experiments after the record was written take their defaults.
  const complete =
    record.kind === 'run' ? { ...record, experiment: parseExperiment(record.experiment) } : record;
  return { record: complete, hasHash: hash !== undefined };
}

const corrupt = (file: string, problem: string): DataError =>
  new DataError(file, `not a valid record: ${problem}`, 'restore it, or delete it and run again');
