import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { Dataset, File, type Group, ready } from 'h5wasm';
import { DataError, SettingsError } from '../../../src/errors.js';
import { float32Array, int64, int64Array, type NirGraph } from '../../../src/interchange/nir/graph.js';
import { decodeNir } from '../../../src/interchange/nir/read.js';
import { encodeNir, NIR_VERSION, writeNir } from '../../../src/interchange/nir/write.js';
import { temporaryFolder } from '../../helpers/folder.js';

/** A data set as it lies in the file. */
interface Found {
  value: unknown;
  shape: number[] | null;
  dtype: unknown;
  chunks: number[] | null;
  filters: number[];
}

/** All data sets of a file by path. */
async function contentOf(bytes: Uint8Array): Promise<Record<string, Found>> {
  const { FS } = await ready;
  FS.writeFile('/read.nir', bytes);
  const file = new File('/read.nir', 'r');
  const found: Record<string, Found> = {};
  const walk = (group: Group): void => {
    for (const key of group.keys()) {
      const item = group.get(key);
      if (item instanceof Dataset)
        found[item.path] = {
          ...{ value: item.value, shape: item.shape, dtype: item.dtype },
          ...{ chunks: item.metadata.chunks, filters: item.filters.map(({ id }) => id) },
        };
      else walk(item as Group);
    }
  };
  walk(file);
  file.close();
  FS.unlink('/read.nir');
  return found;
}

const graph = (): NirGraph => ({
  type: 'NIRGraph',
  nodes: new Map<string, NirGraph['nodes'] extends Map<string, infer One> ? One : never>([
    ['input', { type: 'Input', fields: { shape: int64Array([2, 1]) } }],
    [
      'conv1',
      {
        type: 'Conv2d',
        fields: { weight: float32Array([1, 2, 3, 4], [2, 2]), groups: int64(-3), padding: 'same' },
        metadata: { note: 'größe', inner: { deep: int64(1) } },
      },
    ],
    [
      'sub',
      { type: 'NIRGraph', nodes: new Map([['x', { type: 'Output', fields: {} }]]), edges: [], metadata: {} },
    ],
  ]),
  edges: [
    ['input', 'conv1'],
    ['conv1', 'sub'],
  ],
  metadata: { dt: { dtype: 'float64', shape: [], data: Float64Array.of(1e-4) } },
});

test('write NIR: what is written is read again, by the reader of this house', async (t) => {
  const { metadata, ...read } = await decodeNir(await encodeNir(graph()), 'a.nir');
  const { metadata: facts, ...written } = graph();
  t.deepEqual(metadata, facts);
  t.deepEqual([...read.nodes.keys()].sort(), [...written.nodes.keys()].sort());
  t.deepEqual(read.edges, written.edges);
  t.is(read.version, NIR_VERSION);
  for (const name of ['input', 'conv1']) t.deepEqual(read.nodes.get(name), written.nodes.get(name));
});

test('write NIR: version, types, edges and fields lie where the package nir has them', async (t) => {
  const found = await contentOf(await encodeNir(graph()));
  t.deepEqual(Object.keys(found).sort(), [
    '/node/edges',
    '/node/metadata/dt',
    ...['/node/nodes/conv1/groups', '/node/nodes/conv1/metadata/inner/deep'],
    ...['/node/nodes/conv1/metadata/note', '/node/nodes/conv1/padding', '/node/nodes/conv1/type'],
    ...['/node/nodes/conv1/weight', '/node/nodes/input/shape', '/node/nodes/input/type'],
    ...['/node/nodes/sub/edges', '/node/nodes/sub/nodes/x/type', '/node/nodes/sub/type'],
    ...['/node/type', '/version'],
  ]);
  t.is(found['/version'].value, NIR_VERSION);
  t.is(found['/node/type'].value, 'NIRGraph');
  t.deepEqual(found['/node/edges'].value, ['input', 'conv1', 'conv1', 'sub']);
  t.deepEqual(found['/node/edges'].shape, [2, 2]);
  t.deepEqual(found['/node/nodes/sub/edges'].shape, [0, 2]);
  t.is(found['/node/nodes/conv1/metadata/note'].value, 'größe');
  t.is(found['/node/nodes/conv1/padding'].value, 'same');
});

test('write NIR: numbers keep kind, shape and value; large arrays are one deflated chunk, small ones lie as they are', async (t) => {
  const large = graph();
  const values = Float32Array.from({ length: 512 }, (_, i) => i / 7);
  large.nodes.set('n', { type: 'Linear', fields: { weight: float32Array(values, [16, 32]) } });
  const found = await contentOf(await encodeNir(large));
  t.deepEqual(found['/node/nodes/n/weight'], {
    ...{ value: values, shape: [16, 32], dtype: '<f', chunks: [16, 32], filters: [1] },
  });
  t.deepEqual(found['/node/nodes/conv1/weight'], {
    ...{ value: Float32Array.of(1, 2, 3, 4), shape: [2, 2], dtype: '<f', chunks: null, filters: [] },
  });
  t.deepEqual(found['/node/nodes/conv1/groups'], {
    ...{ value: -3n, shape: [], dtype: '<q', chunks: null, filters: [] },
  });
  t.deepEqual(found['/node/nodes/input/shape'].value, BigInt64Array.of(2n, 1n));
  t.is(found['/node/metadata/dt'].value, 1e-4);
});

test('write NIR: the same graph is the same bytes at any time, and constants take next to no place', async (t) => {
  const many = 64 * 32 * 32;
  const large = graph();
  large.nodes.set('lif', { type: 'LIF', fields: { r: float32Array(new Float32Array(many).fill(0.5)) } });
  const { now } = Date;
  const first = await encodeNir(large);
  t.is(Date.now, now);
  Date.now = () => now() + 1e7;
  try {
    t.deepEqual(await encodeNir(large), first);
  } finally {
    Date.now = now;
  }
  t.true(first.length < 20_000, `${first.length} bytes for ${4 * many}`);
});

test('write NIR: a file is whole or stays what it was', async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'a.nir');
  await writeNir(file, graph());
  t.deepEqual(new Uint8Array(readFileSync(file)), await encodeNir(graph()));
  const wrong = graph();
  wrong.edges.push(['conv1', 'nowhere']);
  await t.throwsAsync(writeNir(file, wrong), { instanceOf: SettingsError });
  t.deepEqual(new Uint8Array(readFileSync(file)), await encodeNir(graph()));
  writeFileSync(join(folder, 'b'), '');
  await t.throwsAsync(writeNir(join(folder, 'b', 'c.nir'), graph()), { instanceOf: DataError });
});

test('write NIR: what would be another file, or none, is refused by place and value', async (t) => {
  const refused = async (change: (wrong: NirGraph) => void, message: string): Promise<void> => {
    const wrong = graph();
    change(wrong);
    await t.throwsAsync(encodeNir(wrong), { instanceOf: SettingsError, message });
  };
  const node = { type: 'LIF', fields: {} };
  for (const name of ['a/b', '', '.', '..', 'a\0', '\ud800'])
    await refused(
      ({ nodes }) => nodes.set(name, node),
      `NIR: node has something named ${JSON.stringify(name)}; expected a name without a slash`,
    );
  await refused(
    ({ edges }) => edges.push(['here', 'conv1']),
    'NIR: an edge here → conv1 of node names here, which is no node; add the node or leave the edge out',
  );
  await refused(
    ({ nodes }) => nodes.set('n', { ...node, fields: { r: float32Array([1, 2], [3]) } }),
    'NIR: node.n.r has shape [3] and 2 values; values must fill the shape',
  );
  await refused(
    ({ nodes }) =>
      nodes.set('n', {
        ...node,
        metadata: { m: { f: { dtype: 'bool', shape: [1], data: Uint8Array.of(1) } } },
      }),
    'NIR: node.n.metadata.m.f is of bool; written are float32, float64, int64; give 0 and 1 as int64',
  );
  await refused(({ nodes }) => {
    const within = nodes.get('sub') as NirGraph;
    within.nodes.set('y', { ...node, fields: { 'a/b': 'x' } });
  }, 'NIR: node.sub.y has something named "a/b"; expected a name without a slash');
});
