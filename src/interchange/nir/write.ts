// A graph as HDF5, as the Python package nir 1.0.8 reads and writes it: `version`, and under `node` the type, the edges, and a group
// a node with one data set a field. Large arrays are one deflated chunk each: the constants of a layer of neurons shrink a
// thousandfold. The index of a chunk takes two kilobytes: small arrays lie as they are, as in the files of earlier releases.
import type { Group } from 'h5wasm';
import { SettingsError } from '../../errors.js';
import { writeWhole } from '../../files/whole.js';
import { sizeOf } from '../../network/geometry.js';
import { isNirArray, isNirGraph, type NirArray, type NirDtype, type NirField } from './graph.js';
import type { NirGraph, NirMetadata, NirNode } from './graph.js';

/** What `version` says: the release of the package nir whose layout this is. */
export const NIR_VERSION = '1.0.8';

/** As the package nir has it. */
const DEFLATE_LEVEL = 4;

/** Bytes from which on an array is deflated. */
const PACKED_FROM = 2048;

/** As h5wasm names them; booleans are an enumeration in HDF5, which it does not write. */
const DTYPES: Partial<Record<NirDtype, string>> = { float32: '<f', float64: '<d', int64: '<q' };

/** Where in the memory of HDF5 a file lies while it is written. */
const PLACE = '/graph.nir';

/**
 * Writes a graph as the bytes of a NIR file. Equal graphs give equal bytes.
 *
 * @throws SettingsError where a name, a shape or a kind of numbers cannot stand in a file
 */
export async function encodeNir(graph: NirGraph): Promise<Uint8Array> {
  checkGraph('node', graph);
  const { ready, File: Hdf5File } = await import('h5wasm'); // two megabytes, loaded when a file is written
  const { FS } = await ready;
  return withoutTime(() => {
    const file = new Hdf5File(PLACE, 'w');
    try {
      writeText(file, 'version', graph.version ?? NIR_VERSION);
      writeGraph(file.create_group('node'), graph);
    } finally {
      file.close();
    }
    const bytes = FS.readFile(PLACE);
    FS.unlink(PLACE);
    return bytes;
  });
}

/**
 * Writes a NIR file, whole or not at all.
 *
 * @throws SettingsError as {@link encodeNir} does; DataError when the disk refuses
 */
export async function writeNir(file: string, graph: NirGraph): Promise<void> {
  writeWhole(file, await encodeNir(graph));
}

/** HDF5 keeps with every data set when it was made; the same content is to be the same bytes. What is done is synchronous. */
function withoutTime<Result>(work: () => Result): Result {
  const { now } = Date;
  Date.now = () => 0;
  try {
    return work();
  } finally {
    Date.now = now;
  }
}

function writeGraph(group: Group, { nodes, edges, metadata }: NirGraph): void {
  writeText(group, 'type', 'NIRGraph');
  group.create_dataset({ name: 'edges', data: edges.flat(), shape: [edges.length, 2], dtype: 'S' });
  const inner = group.create_group('nodes');
  for (const [name, node] of nodes) {
    const place = inner.create_group(name);
    if (isNirGraph(node)) writeGraph(place, node);
    else writeNode(place, node);
  }
  if (metadata) writeMetadata(group, metadata);
}

function writeNode(group: Group, { type, fields, metadata }: NirNode): void {
  writeText(group, 'type', type);
  for (const [name, field] of Object.entries(fields)) writeField(group, name, field);
  if (metadata) writeMetadata(group, metadata);
}

/** Readers take an empty group for facts that are missing: it is left out. */
function writeMetadata(group: Group, metadata: NirMetadata): void {
  if (Object.keys(metadata).length === 0) return;
  const write = (place: Group, facts: NirMetadata): void => {
    for (const [name, fact] of Object.entries(facts))
      if (typeof fact === 'string' || isNirArray(fact)) writeField(place, name, fact);
      else write(place.create_group(name), fact);
  };
  write(group.create_group('metadata'), metadata);
}

const writeText = (group: Group, name: string, data: string): void =>
  void group.create_dataset({ name, data });

function writeField(group: Group, name: string, field: NirField): void {
  if (typeof field === 'string') return writeText(group, name, field);
  const { dtype, shape, data } = field;
  const packed = shape.length > 0 && data.byteLength >= PACKED_FROM;
  group.create_dataset({
    ...{ name, data, shape, dtype: DTYPES[dtype] },
    ...(packed && { chunks: shape, compression: DEFLATE_LEVEL }),
  });
}

/** Refuses what would be another file, or none: HDF5 takes `a/b` for two names. */
function checkGraph(place: string, { nodes, edges, metadata }: NirGraph): void {
  for (const [name, node] of nodes) {
    checkName(place, name);
    if (isNirGraph(node)) checkGraph(`${place}.${name}`, node);
    else {
      checkFields(`${place}.${name}`, node.fields);
      if (node.metadata) checkFields(`${place}.${name}.metadata`, node.metadata);
    }
  }
  for (const [from, to] of edges)
    for (const end of [from, to])
      if (!nodes.has(end))
        throw new SettingsError(
          `NIR: an edge ${from} → ${to} of ${place} names ${end}, which is no node; add the node or leave the edge out`,
        );
  if (metadata) checkFields(`${place}.metadata`, metadata);
}

function checkFields(place: string, fields: Record<string, NirField | NirMetadata>): void {
  for (const [name, field] of Object.entries(fields)) {
    checkName(place, name);
    if (typeof field === 'string') continue;
    if (isNirArray(field)) checkArray(`${place}.${name}`, field);
    else checkFields(`${place}.${name}`, field);
  }
}

function checkName(place: string, name: string): void {
  if (name === '' || name === '.' || name === '..' || /[/\0]|\p{Surrogate}/u.test(name))
    throw new SettingsError(
      `NIR: ${place} has something named ${JSON.stringify(name)}; expected a name without a slash`,
    );
}

function checkArray(place: string, { dtype, shape, data }: NirArray): void {
  if (DTYPES[dtype] === undefined)
    throw new SettingsError(
      `NIR: ${place} is of ${dtype}; written are ${Object.keys(DTYPES).join(', ')}; give 0 and 1 as int64`,
    );
  if (sizeOf(shape) !== data.length)
    throw new SettingsError(
      `NIR: ${place} has shape [${shape.join(', ')}] and ${data.length} values; values must fill the shape`,
    );
}
