// Files of NIR: bytes in, a graph out. A file that is not HDF5 is recognised by its first bytes and not read further.
import { DataError } from '../../errors.js';
import { readWhole } from '../../files/whole.js';
import { checkNir, nodeAt } from './check.js';
import { decodeGraph } from './decode.js';
import { findingText } from './finding.js';
import type { NirGraph } from './graph.js';
import { readHdf5 } from './hdf5-thread.js';

const HDF5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const MOST_BYTES = 2 ** 29;
const WRITE_NIR = 'write the graph with nir.write, which makes HDF5';

/** Other files by their first bytes. */
const OTHERS: [begins: number[], what: string][] = [
  [[0x50, 0x4b], 'a zip archive (torch.save and numpy.savez make them)'],
  [[0x80], 'a pickle, which is never opened here'],
  [[0x1f, 0x8b], 'a gzip file'],
  [[0x7b], 'JSON, as it seems'],
];

/** Refuses what does not begin as HDF5 does. */
function checkBeginning(bytes: Uint8Array, file: string): void {
  const begins = (wanted: number[]): boolean => wanted.every((byte, i) => bytes[i] === byte);
  if (begins(HDF5)) return;
  const found =
    bytes.length === 0 ? 'empty' : (OTHERS.find(([other]) => begins(other))?.[1] ?? 'some other file');
  throw new DataError(file, `${found}, expected an HDF5 file`, WRITE_NIR);
}

/**
 * Reads a graph as it stands; whether it makes sense {@link checkNir} says.
 *
 * @param bytes - content of the file, `[length]`
 * @param file - its name, for errors
 * @param options - `limit`: the most time it may take, milliseconds, default 30,000
 * @returns nodes and edges as the file has them
 * @throws DataError when the bytes are damaged, or are not a NIR file's: with the node and what is wrong with it
 */
export async function decodeNir(
  bytes: Uint8Array,
  file: string,
  { limit }: { limit?: number } = {},
): Promise<NirGraph> {
  checkBeginning(bytes, file);
  if (bytes.length > MOST_BYTES)
    throw new DataError(file, `${bytes.length} bytes, expected at most ${MOST_BYTES}`, 'compress the arrays');
  return decodeGraph(await readHdf5(bytes, file, limit), file);
}

/**
 * Reads a file of NIR, and refuses a graph that does not hold together.
 *
 * @param file - ends as it likes; what it is its first bytes say
 * @param options - `limit`: the most time it may take, milliseconds, default 30,000; `check: false` gives the graph as it
 *   stands, for {@link checkNir}
 * @returns nodes and edges, and the file's metadata
 * @throws DataError when the file is damaged or no NIR file, or its graph cannot be run: with the node and what is wrong
 */
export async function readNir(
  file: string,
  { limit, check = true }: { limit?: number; check?: boolean } = {},
): Promise<NirGraph> {
  const graph = await decodeNir(readWhole(file, MOST_BYTES), file, { limit });
  const errors = check ? checkNir(graph).findings.filter(({ level }) => level === 'error') : [];
  if (errors.length === 0) return graph;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new DataError(
    file,
    `${findingText(errors[0], nodeAt(graph, errors[0].node))}${more}`,
    'sgs nir check says all that is wrong; mend it in the program that wrote it',
  );
}
