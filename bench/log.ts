// The log of all results: one JSON object a line, only ever appended to.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../src/errors.js';
import { fileError } from '../src/files/errors.js';
import { packageRoot } from '../src/paths.js';
import { entrySchema, type Entry } from './entry.js';

/** The committed log. */
export const logFile = (): string => join(packageRoot(), 'bench', 'log.jsonl');

/**
 * Appends an entry: one write at the end of the file, which the system keeps whole beside other writers.
 *
 * @throws DataError when the disk refuses; a part that was written is a line of its own for the next writer
 */
export function appendEntry(entry: Entry, file: string = logFile()): void {
  try {
    const handle = openSync(file, 'a+');
    try {
      const line = `${endsLine(file) ? '' : '\n'}${JSON.stringify(entry)}\n`;
      const bytes = Buffer.from(line);
      if (writeSync(handle, bytes) < bytes.length)
        throw new DataError(
          file,
          'the last line was cut off: the disk is full',
          'free some space, remove that line',
        );
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw fileError(file, 'write', error);
  }
}

/** Whether what is appended begins a line. */
function endsLine(file: string): boolean {
  const text = readFileSync(file, 'utf8');
  return text === '' || text.endsWith('\n');
}

/**
 * All entries, oldest first; none where there is no file.
 *
 * @throws DataError naming the line that is not an entry
 */
export function readLog(file: string = logFile()): Entry[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, i) => (line.trim() === '' ? [] : [parse(line, i + 1, file)]));
}

function parse(line: string, number: number, file: string): Entry {
  const remedy = 'restore the file from git, or remove that line';
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new DataError(file, `line ${number} is not JSON (${(error as Error).message})`, remedy);
  }
  const { data, error } = entrySchema.safeParse(value);
  if (!data) {
    const [{ path, message }] = error.issues;
    throw new DataError(file, `line ${number}: ${path.join('.')}: ${message}`, remedy);
  }
  return data;
}
