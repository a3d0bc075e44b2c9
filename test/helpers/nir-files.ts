// HDF5 files made for tests, by the library that also reads them, in this thread.
import { File, FS, type Group, ready } from 'h5wasm';
import type { NirArray } from '../../src/interchange/nir/graph.js';

/** What to put under a name: a group, an array, one text, or texts in pairs. */
export type Content = { [name: string]: Content } | NirArray | string | [string, string][];

const DTYPES = { float32: '<f', float64: '<d', int64: '<q', bool: '<B' } as const;

/** The bytes of a file with this content. `change` has the open file before it is closed. */
export async function hdf5Of(
  content: { [name: string]: Content },
  change: (file: File) => void = () => undefined,
): Promise<Uint8Array> {
  await ready;
  const file = new File('/test.nir', 'w');
  fill(file, content);
  change(file);
  file.close();
  const bytes = FS!.readFile('/test.nir');
  FS!.unlink('/test.nir');
  return bytes;
}

function fill(group: Group, content: { [name: string]: Content }): void {
  for (const [name, item] of Object.entries(content)) {
    if (typeof item === 'string') group.create_dataset({ name, data: item });
    else if (Array.isArray(item))
      group.create_dataset({ name, data: item.flat(), shape: [item.length, 2], dtype: 'S' });
    else if (ArrayBuffer.isView(item.data)) {
      const { dtype, shape, data } = item as NirArray;
      const zipped = shape.length > 0 && data.length > 0 && { chunks: shape, compression: 4 };
      group.create_dataset({ name, data, shape, dtype: DTYPES[dtype], ...zipped });
    } else fill(group.create_group(name), item as { [name: string]: Content });
  }
}

/** A graph of a node between an input and an output, as content of a file. */
export const nodeFile = (
  node: { [name: string]: Content },
  more: { [name: string]: Content } = {},
): { [name: string]: Content } => ({
  version: '1.0.8',
  node: {
    type: 'NIRGraph',
    nodes: { node },
    edges: [['node', 'node']],
    ...more,
  },
});
