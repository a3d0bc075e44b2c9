// JSON that people and other programs write. JSON.parse takes any depth and lets the last of two equal keys win; both are errors here.
import { DataError } from '../errors.js';
import { readText } from './text.js';

/** Deeper than anything of ours and than the outputs of notebooks. */
const DEEPEST = 100;

/** Options of reading a JSON file. */
export interface JsonFileOptions {
  /** Remedy when it is not as expected, for the error. */
  remedy: string;
  /** The most bytes it may have. Default 16 MiB. */
  limit?: number;
  /** Whether a key may stand twice in an object, so that the last one counts. Default false. */
  repeatedKeys?: boolean;
}

/**
 * Reads a JSON file.
 *
 * @throws DataError when it cannot be read, is too long or no text, and as {@link parseJson}
 */
export const readJson = (file: string, options: JsonFileOptions): unknown =>
  parseJson(readText(file, options.limit ?? 2 ** 24), file, options);

/**
 * Parses JSON text.
 *
 * @param name - where it stands, for errors
 * @throws DataError naming the line when it is not JSON, nested too deep, or has a key twice
 */
export function parseJson(
  text: string,
  name: string,
  { remedy, repeatedKeys = false }: Omit<JsonFileOptions, 'limit'>,
): unknown {
  const { depth, repeated } = lookOver(text);
  if (depth > DEEPEST) throw new DataError(name, `is nested more than ${DEEPEST} levels deep`, remedy);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DataError(name, `is not JSON: ${withLine((error as Error).message, text)}`, remedy);
  }
  if (repeated === undefined || repeatedKeys) return value;
  const { key, at } = repeated;
  throw new DataError(
    name,
    `the key ${key} stands twice in one object, again ${lineOf(at, text)}`,
    'remove one',
  );
}

/** Depth of the nesting, and the first key that its object has already; both right where the text is JSON. */
function lookOver(text: string): { depth: number; repeated?: { key: string; at: number } } {
  const open: Set<string>[] = [];
  let depth = 0;
  let repeated: { key: string; at: number } | undefined;
  for (let at = 0; at < text.length && depth <= DEEPEST; at++) {
    const sign = text[at];
    if (sign === '{' || sign === '[') depth = Math.max(depth, open.push(new Set()));
    else if (sign === '}' || sign === ']') open.pop();
    else if (sign === '"') {
      const start = at;
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
      if (repeated !== undefined || !isKey(text, at + 1)) continue;
      const key = text.slice(start, at + 1);
      const known = open.at(-1);
      const name = key.includes('\\') ? unescaped(key) : key;
      if (known?.has(name)) repeated = { key, at: start };
      known?.add(name);
    }
  }
  return { depth, repeated };
}

/** Whether a colon follows. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (/\s/.test(text[at] ?? '')) at++;
  return text[at] === ':';
}

/** The key with its escapes resolved, as JSON text: `"\u0061"` is `"a"`. */
function unescaped(key: string): string {
  try {
    return JSON.stringify(JSON.parse(key));
  } catch {
    return key; // no JSON, which JSON.parse will say of the whole
  }
}

/** Adds the line to a message that has only the position. */
function withLine(message: string, text: string): string {
  const [, position] = /at position (\d+)$/.exec(message) ?? [];
  return position === undefined ? message : `${message} (${lineOf(Number(position), text)})`;
}

function lineOf(at: number, text: string): string {
  const before = text.slice(0, at).split('\n');
  return `in line ${before.length}, column ${before[before.length - 1].length + 1}`;
}
