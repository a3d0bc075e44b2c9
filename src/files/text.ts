// Text files that people and other programs write: whatever Unicode form they have, and never more than can be of use.
import { closeSync, openSync, readSync } from 'node:fs';
import { DataError } from '../errors.js';
import { fileError } from './errors.js';

const BLOCK = 65_536;

/**
 * Reads a text file, or a pipe, up to a limit: a device that gives bytes for ever ends with an error.
 *
 * @param limit - the most bytes it may have
 * @throws DataError when it cannot be read, is longer, or is no text
 */
export function readText(file: string, limit: number): string {
  const blocks: Buffer[] = [];
  let length = 0;
  try {
    const handle = openSync(file, 'r');
    try {
      for (;;) {
        const block = Buffer.allocUnsafe(BLOCK);
        const read = readSync(handle, block, 0, BLOCK, null);
        if (read === 0) break;
        blocks.push(block.subarray(0, read));
        length += read;
        if (length > limit)
          throw new DataError(
            file,
            `more than ${limit} bytes`,
            'name the file that was meant, or shorten it',
          );
      }
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw fileError(file, 'read', error);
  }
  return textOf(Buffer.concat(blocks, length), file);
}

/**
 * The text of a file's bytes: UTF-8, or UTF-16 as Windows writes it, with a byte-order mark (which is no part of the
 * text) or without one.
 *
 * @throws DataError when the bytes are neither
 */
export function textOf(bytes: Uint8Array, file: string): string {
  const form = formOf(bytes);
  try {
    return new TextDecoder(form, { fatal: true }).decode(bytes);
  } catch {
    throw new DataError(file, `its bytes are no ${form.toUpperCase()} text`, 'save it as UTF-8');
  }
}

/** By the byte-order mark, else by the zero that one half of an ASCII character has in UTF-16. */
function formOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first !== 0 && second === 0) return 'utf-16le';
  return first === 0 && second !== undefined && second !== 0 ? 'utf-16be' : 'utf-8';
}
