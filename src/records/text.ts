// Records as text and back: one JSON object a file, checked whenever it is written or read.
import { DataError, SettingsError } from '../errors.js';
import { parseExperiment } from '../experiment/experiment.js';
import type { StoredRecord } from './record.js';
import { textOf } from '../files/text.js';
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
  return `{\n${fields.join(',\n')}\n}\n`;
}

/**
 * Reads a record.
 *
 * @param content - its text, or the file's bytes
 * @param file - its name, for errors
 * @throws DataError when the content is not JSON, not a record of this version, or does not have the id that its
 *   content gives
 */
export function parseRecord(content: string | Uint8Array, file: string): StoredRecord {
  let value: unknown;
  try {
    value = JSON.parse(typeof content === 'string' ? content : textOf(content, file));
  } catch (error) {
    throw corrupt(file, `not JSON: ${(error as Error).message}`);
  }
  const problem = recordProblem(value);
  if (problem) throw corrupt(file, problem);
  const record = value as StoredRecord;
  // Settings that were added to experiments after the record was written take their defaults.
  return record.kind === 'run' ? { ...record, experiment: parseExperiment(record.experiment) } : record;
}

const corrupt = (file: string, problem: string): DataError =>
  new DataError(file, `not a valid record: ${problem}`, 'restore it, or delete it and run again');
