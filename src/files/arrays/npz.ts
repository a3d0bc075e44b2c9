// NumPy's file of several arrays, `.npz`: a zip archive of `.npy` files, each named after its array.
import { DataError } from '../../errors.js';
import type { ArrayMap } from './arrays.js';
import { decodeNpy, encodeNpy } from './npy.js';
import { readZip } from './zip.js';
import { writeZip } from './zip-write.js';

const ENDING = '.npy';

/** Writes arrays as `.npz`, uncompressed, in their order. */
export const encodeNpz = (arrays: ArrayMap): Uint8Array =>
  writeZip(new Map([...arrays].map(([name, array]) => [`${name}${ENDING}`, encodeNpy(array)])));

/**
 * Reads the arrays of a `.npz`, compressed or not.
 *
 * @param file - its name, for errors
 * @throws DataError when it is damaged or holds anything but arrays
 */
export function decodeNpz(bytes: Uint8Array, file: string): ArrayMap {
  const arrays: ArrayMap = new Map();
  for (const [entry, content] of readZip(bytes, file)) {
    if (!entry.endsWith(ENDING))
      throw new DataError(
        file,
        `holds ${JSON.stringify(entry.slice(0, 120))}, expected names that end in ${ENDING}`,
        'write it with numpy.savez',
      );
    arrays.set(entry.slice(0, -ENDING.length), decodeNpy(content, `${file} (${entry.slice(0, 120)})`));
  }
  return arrays;
}
