import { readFileSync } from 'node:fs';
import test from 'ava';
import type { Dataset } from 'h5wasm';
import { DamagedError, DataError } from '../../../src/errors.js';
import {
  float32Array,
  int64,
  int64Array,
  type NirGraph,
  type NirNode,
} from '../../../src/interchange/nir/graph.js';
import { readHdf5, startHdf5Thread } from '../../../src/interchange/nir/hdf5-thread.js';
import { decodeNir, readNir } from '../../../src/interchange/nir/read.js';
import { type Content, hdf5Of, nodeFile } from '../../helpers/nir-files.js';
import { dataFile, testWithData } from '../../helpers/needs.js';

const NORSE = 'data/conformance/norse/lif_norse.nir';

test("a file of Norse's, contiguous as of 2023: nodes, arrays with their dtypes and shapes, edges, version", async (t) => {
  const one = (value: number): unknown => float32Array([value]);
  t.deepEqual(await readNir(NORSE), {
    type: 'NIRGraph',
    nodes: new Map<string, NirNode>([
      ['0', { type: 'Affine', fields: { bias: float32Array([0]), weight: float32Array([1], [1, 1]) } }],
      ['1', { type: 'LIF', fields: { r: one(1), tau: one(0.0025), v_leak: one(0), v_threshold: one(0.1) } }],
      ['input', { type: 'Input', fields: { shape: int64Array([1]) } }],
      ['output', { type: 'Output', fields: { shape: int64Array([1]) } }],
    ] as [string, NirNode][]),
    edges: [
      ['input', '0'],
      ['0', '1'],
      ['1', 'output'],
    ],
    version: '0.1.1',
  } as NirGraph);
});

test('the layout of today: chunks, deflate, shapes of any rank, scalars, words, float64, graphs within graphs, metadata', async (t) => {
  const weight = float32Array(
    Float32Array.from({ length: 24 }, (_, i) => i / 7),
    [2, 3, 2, 2],
  );
  const tau = { dtype: 'float64' as const, shape: [2], data: Float64Array.of(0.1, 1 / 3) };
  const inner = { type: 'NIRGraph', nodes: {}, edges: { ...float32Array([], [0]) } };
  const content = nodeFile(
    {
      type: 'Conv2d',
      weight,
      tau,
      groups: int64(-3),
      padding: 'same',
      metadata: { note: 'é', deep: { a: tau } },
    },
    { metadata: { dt: tau, word: 'zero' } },
  );
  (content.node as { nodes: Record<string, Content> }).nodes.inner = inner;
  const graph = await decodeNir(await hdf5Of(content), 'today.nir');
  t.deepEqual(graph.nodes.get('node'), {
    type: 'Conv2d',
    fields: { weight, tau, groups: int64(-3), padding: 'same' },
    metadata: { note: 'é', deep: { a: tau } },
  });
  t.deepEqual(graph.nodes.get('inner'), { type: 'NIRGraph', nodes: new Map(), edges: [] });
  t.deepEqual(graph.edges, [['node', 'node']]);
  t.deepEqual(graph.metadata, { dt: tau, word: 'zero' });
  t.is(graph.version, '1.0.8');
});

test('whole numbers of any size become int64; those that do not fit are refused by name', async (t) => {
  const fileOf = (data: Uint32Array | Int8Array | BigUint64Array): Promise<Uint8Array> =>
    hdf5Of(nodeFile({ type: 'X' }), (file) => {
      (file.get('node/nodes/node') as typeof file).create_dataset({ name: 'n', data });
    });
  const read = async (data: Uint32Array | Int8Array | BigUint64Array): Promise<unknown> =>
    ((await decodeNir(await fileOf(data), 'x.nir')).nodes.get('node') as NirNode).fields.n;
  t.deepEqual(await read(Uint32Array.of(2 ** 32 - 1)), int64Array([2 ** 32 - 1]));
  t.deepEqual(await read(Int8Array.of(-128, 5)), int64Array([-128, 5]));
  await t.throwsAsync(read(BigUint64Array.of(2n ** 63n)), {
    instanceOf: DataError,
    message: /node\/nodes\/node\/n" has a whole number of 2\^63 or more; store signed/,
  });
});

test('what is no HDF5 file is refused by its first bytes, with a word', async (t) => {
  const refused: [bytes: Uint8Array, message: RegExp][] = [
    [
      readFileSync('test/fixtures/weights/layouts.pth'),
      /^a\.nir: a zip archive .*expected an HDF5 file; write the graph/,
    ],
    [Uint8Array.of(0x80, 4, 0x95), /^a\.nir: a pickle, which is never opened here/],
    [Uint8Array.of(0x1f, 0x8b, 8), /a gzip file/],
    [Buffer.from('{"nodes": {}}'), /JSON, as it seems/],
    [new Uint8Array(0), /^a\.nir: empty, expected/],
    [Buffer.from('\x89HDX\r\n\x1a\n'), /some other file/],
  ];
  for (const [bytes, message] of refused)
    await t.throwsAsync(decodeNir(bytes, 'a.nir'), { instanceOf: DataError, message });
});

test('HDF5 that is no NIR graph is refused, with the node and what is wrong with it', async (t) => {
  const refused: [content: Record<string, Content>, message: RegExp][] = [
    [{}, /not a NIR file: it has no group node \(there is nothing\)/],
    [{ nodes: {} }, /no group node \(there are "nodes"\); name a file that holds a NIR graph/],
    [{ node: { nodes: {} } }, /the graph has no type/],
    [{ node: { type: 'LIF' } }, /outermost node is of type "LIF", expected "NIRGraph"/],
    [{ node: { type: 'NIRGraph', edges: [['a', 'b']] } }, /the graph has no group nodes/],
    [{ node: { type: 'NIRGraph', nodes: {} } }, /the graph has no data set edges/],
    [{ node: { type: 'NIRGraph', nodes: {}, edges: 'a' } }, /edges of the graph are texts of shape \[\]/],
    [
      { node: { type: 'NIRGraph', nodes: {}, edges: int64Array([1, 2], [1, 2]) } },
      /edges of the graph are numbers of shape \[1,2\]/,
    ],
    [{ node: { type: 'NIRGraph', nodes: { a: 'x' }, edges: [['a', 'a']] } }, /node "a" is a data set/],
    [nodeFile({ weight: int64(1) }), /node "node" has no type/],
    [nodeFile({ type: 'LIF', tau: { a: int64(1) } }), /"tau" of node "node" \("LIF"\) is a group/],
    [nodeFile({ type: 'LIF', padding: [['a', 'b']] }), /"padding" of node "node" is several texts/],
    [nodeFile({ type: 'LIF', metadata: 'x' }), /metadata of node "node" is a data set/],
    [
      nodeFile({ type: 'LIF' }, { input_type: int64(1) }),
      /the graph has "input_type", expected type, nodes, edges and metadata/,
    ],
  ];
  for (const [content, message] of refused)
    await t.throwsAsync(decodeNir(await hdf5Of(content), 'a.nir'), { instanceOf: DataError, message });
});

test('links, types and sizes that no NIR file has are refused before they are followed', async (t) => {
  const file = nodeFile({ type: 'LIF' });
  const refuse = async (
    change: NonNullable<Parameters<typeof hdf5Of>[1]>,
    message: RegExp,
  ): Promise<void> => {
    await t.throwsAsync(decodeNir(await hdf5Of(file, change), 'a.nir'), { instanceOf: DataError, message });
  };
  await refuse(
    (file) => void file.create_soft_link('/nowhere', 'a'),
    /"\/a" (cannot be opened|is a link or a type)/,
  );
  await refuse(
    (file) => void file.create_external_link('/etc/passwd', '/', 'a'),
    /"\/a" (cannot be opened|is a link or a type)/,
  );
  await refuse(
    (file) => void file.create_hard_link('/node', 'node/again'),
    /groups within each other beyond 24/,
  );
  await refuse((file) => {
    file.create_dataset({ name: 'big', data: Int8Array.of(1), chunks: [8], maxshape: [null] });
    (file.get('big') as Dataset).resize([2 ** 40]);
  }, /"\/big" asks for 1099511627776 bytes, of which \d+ are left to a file of this size/);
  await refuse((file) => {
    const data = new Float32Array(2 ** 21);
    file.create_dataset({ name: 'a1', data, chunks: [2 ** 18], compression: 9 });
    file.create_hard_link('/a1', 'a2');
    file.create_hard_link('/a1', 'a3');
  }, /"\/a3" asks for 8388608 bytes, of which \d{1,7} are left/);
});

test('damaged files are DamagedError with what the library says; the next file is read as if nothing had been', async (t) => {
  const bytes = readFileSync(NORSE);
  await t.throwsAsync(decodeNir(bytes.subarray(0, 9000), 'cut.nir'), {
    instanceOf: DamagedError,
    message:
      /^cut\.nir: not a readable HDF5 file: the HDF5 library cannot open it: truncated file: .*; write or copy the file again$/,
  });
  t.is((await decodeNir(bytes, 'whole.nir')).nodes.size, 4);
});

test('a limit of time ends the thread and not the process; a thread that ended is not asked again', async (t) => {
  const bytes = readFileSync(NORSE);
  const thread = startHdf5Thread();
  await t.throwsAsync(thread.read(bytes, 'slow.nir', 0), {
    instanceOf: DamagedError,
    message: /slow\.nir: not a readable HDF5 file: it was not read after 0 s/,
  });
  t.true(thread.lost);
  await thread.end();
  const [a, b] = await Promise.all([readHdf5(bytes, 'a.nir'), readHdf5(bytes, 'b.nir')]);
  t.deepEqual(a, b);
});

testWithData('nir-samples/expected.json')(
  'all public samples: every node, type, shape, dtype and value as h5py reads them',
  async (t) => {
    type Expected = Record<string, { graph: ExpectedGraph }>;
    type ExpectedGraph = {
      nodes: Record<
        string,
        { type: string; params?: Record<string, ExpectedArray> } & Partial<ExpectedGraph>
      >;
      edges: [string, string][];
    };
    type ExpectedArray = {
      shape: number[];
      dtype: string;
      values?: unknown;
      sum?: number;
      first3?: number[];
    };
    const expected = JSON.parse(readFileSync(dataFile('nir-samples/expected.json'), 'utf8')) as Expected;
    let arrays = 0;
    const compare = (graph: NirGraph, { nodes, edges }: ExpectedGraph, file: string): void => {
      t.deepEqual(graph.edges, edges, file);
      t.deepEqual([...graph.nodes.keys()].sort(), Object.keys(nodes).sort(), file);
      for (const [name, node] of graph.nodes) {
        t.is(node.type, nodes[name].type);
        if (node.type === 'NIRGraph')
          compare(node as NirGraph, nodes[name] as ExpectedGraph, `${file} ${name}`);
        else
          for (const [field, { shape, dtype, values, sum }] of Object.entries(nodes[name].params ?? {})) {
            const found = (node as NirNode).fields[field];
            if (typeof found === 'string') continue;
            t.deepEqual([found.dtype, found.shape], [dtype, shape], `${file} ${name} ${field}`);
            const numbers = [...found.data].map(Number);
            if (values !== undefined)
              t.deepEqual(numbers, [values].flat(8) as number[], `${file} ${name} ${field}`);
            if (sum !== undefined)
              t.true(
                Math.abs(numbers.reduce((a, b) => a + b, 0) - sum) <= 1e-4 * Math.max(1, Math.abs(sum)),
                `${file} ${name} ${field}`,
              );
            arrays++;
          }
      }
    };
    for (const [name, { graph }] of Object.entries(expected))
      compare(await readNir(dataFile('nir-samples', name), { check: false }), graph, name);
    t.true(arrays > 150, `${arrays} arrays`);
  },
);
