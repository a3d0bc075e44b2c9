// Images that were drawn, kept in one file of the cache: drawing 5,000 takes over a second, reading them a tenth of it.
// Readers compare their fingerprint.
import { existsSync } from 'node:fs';
import { DataError } from '../../../errors.js';
import { readWhole, writeWhole } from '../../../files/whole.js';
import type { Examples } from '../../dataset.js';

/** The two parts of a data set. */
export interface Parts {
  train: Examples;
  test: Examples;
}

/**
 * Reads what {@link keep} wrote.
 *
 * @param sizes - how many images each part has
 * @param bytes - of an image
 * @returns undefined where there is no such file, or one of another length, or it cannot be read
 */
export function readKept(
  file: string,
  sizes: { train: number; test: number },
  bytes: number,
): Parts | undefined {
  const length = (sizes.train + sizes.test) * (bytes + 1);
  const content = existsSync(file) ? quietly(() => readWhole(file, length)) : undefined;
  if (content?.length !== length) return undefined;
  const { buffer, byteOffset } = content;
  let at = byteOffset;
  const next = (size: number): Uint8Array => new Uint8Array(buffer, (at += size) - size, size);
  const part = (count: number): Examples => ({ data: next(count * bytes), labels: next(count), count });
  return { train: part(sizes.train), test: part(sizes.test) };
}

/** Keeps images and labels, the training part first; where the folder takes nothing, they are drawn again next time. */
export function keep(file: string, { train, test }: Parts): void {
  quietly(() => writeWhole(file, Buffer.concat([train.data, train.labels, test.data, test.labels])));
}

/** The result, or undefined where the disk refuses. */
function quietly<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}
