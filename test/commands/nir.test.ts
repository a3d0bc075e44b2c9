import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { int64Array } from '../../src/interchange/nir/graph.js';
import { temporaryFolder } from '../helpers/folder.js';
import { toNir } from '../../src/interchange/nir/to-graph.js';
import { encodeNir } from '../../src/interchange/nir/write.js';
import { loadWeights } from '../../src/interchange/weights-file.js';
import { experiment } from '../../src/experiment/experiment.js';
import { convNet } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';
import type { Network } from '../../src/network/layers.js';
import { parameterSpecs } from '../../src/network/parameters.js';
import { type Content, hdf5Of } from '../helpers/nir-files.js';
import { sgsOn } from '../helpers/sgs.js';

const sgs = sgsOn('no records are read');

/** A file whose Output is of another shape than its Input, and a loop. */
async function brokenFile(folder: string): Promise<string> {
  const port = (type: string, size: number): Content => ({ type, shape: int64Array([size]) });
  const file = join(folder, 'broken.nir');
  writeFileSync(
    file,
    await hdf5Of({
      version: '1.0.8',
      node: {
        type: 'NIRGraph',
        nodes: { a: port('Input', 3), b: port('Output', 4) },
        edges: [
          ['a', 'b'],
          ['a', 'b'],
        ],
      },
    }),
  );
  return file;
}

test.serial(
  'sgs nir check: a sound file, its nodes with their shapes, and what its metadata leave open',
  async (t) => {
    const { code, stdout } = await sgs('nir', 'check', 'data/conformance/norse/lif_norse.nir');
    t.is(code, 0);
    t.regex(stdout, /^data\/conformance\/norse\/lif_norse\.nir: 4 nodes, 3 edges, version 0\.1\.1\n/);
    t.regex(stdout, /^0 +Affine +\[1\] +\[1\]$/m);
    t.regex(stdout, /its metadata do not say how it is run: dt, integration and reset are asked for/);
    t.regex(stdout, /sound: nothing was found/);
    t.regex(stdout, /^Norse 1\S* +exact/m);
  },
);

test.serial(
  'sgs nir check: a file that cannot be run is told with node and reason, exit code 1; as JSON too',
  async (t) => {
    const file = await brokenFile(temporaryFolder(t));
    const { code, stdout, stderr } = await sgs('nir', 'check', file);
    t.is(code, 1);
    t.regex(
      stdout,
      /^error: node "b" \(Output\) takes values of shape \[4\], and node "a" \(Input\) gives it \[3\]$/m,
    );
    t.regex(stdout, /^warning: the graph has the edge "a" → "b" more than once/m);
    t.regex(stderr, /broken\.nir: not a sound graph, see above/);
    const asJson = await sgs('nir', 'check', file, '--json');
    t.is(asJson.code, 1);
    const { sound, nodes, findings } = JSON.parse(asJson.stdout) as Record<string, unknown[]>;
    t.deepEqual([sound, findings.length], [false, 2] as unknown[]);
    t.deepEqual(nodes[0], { node: 'a', type: 'Input', takes: [3], gives: [3] });
  },
);

test.serial('sgs nir check: what is no HDF5 file is refused in a line', async (t) => {
  const { code, stderr, stdout } = await sgs('nir', 'check', 'test/fixtures/weights/layouts.pth');
  t.is(code, 1);
  t.is(stdout, '');
  t.regex(
    stderr,
    /^sgs: test\/fixtures\/weights\/layouts\.pth: a zip archive .*, expected an HDF5 file; write the graph/,
  );
});

/** A small network for shapes10 as a NIR file. */
async function networkFile(folder: string): Promise<string> {
  const network = convNet({ classes: 10, width: 1 / 16, size: 32 });
  const settings = experiment({ network: { architecture: 'convNet' }, data: { name: 'shapes10' }, steps: 2 });
  const file = join(folder, 'network.nir');
  writeFileSync(file, await encodeNir(toNir(network, initialWeights(network, 1), settings)));
  return file;
}

test.serial(
  'sgs nir import: weights and layers that load again; with --data the accuracy on its test examples',
  async (t) => {
    const folder = temporaryFolder(t);
    const output = join(folder, 'a.safetensors');
    const words = ['nir', 'import', await networkFile(folder), '--output', output, '--euler'];
    const { code, stdout, stderr } = await sgs(
      ...words,
      ...['--data', 'shapes10', '--limit', '20', '--engine', 'plain'],
    );
    t.is(code, 0, stderr);
    t.regex(stdout, /^accuracy \d+\.\d\d % on 20 test examples of shapes10, loss \d+\.\d{4}$/m);
    const { network, neuron, steps } = JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8')) as {
      network: Network;
      neuron: object;
      steps: number;
    };
    t.deepEqual([neuron, steps], [{ tau: 0.5, theta: 0.5, reset: 'hard' }, 2]);
    const weights = loadWeights(output, network, { names: 'sgs' });
    t.deepEqual(
      Object.keys(weights).sort(),
      parameterSpecs(network)
        .map(({ name }) => name)
        .sort(),
    );
  },
);

test.serial('sgs nir import: what is not said is asked for; data that does not fit is refused', async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, 'a.safetensors');
  const file = await networkFile(folder);
  const refused: [words: string[], message: RegExp][] = [
    [
      ['data/conformance/norse/lif_norse.nir', '--output', output],
      /node "1" \(LIF\): NIR does not say how it is run.*give dt/,
    ],
    [[file, '--euler', '--output', 'a.npz'], /--output a\.npz: expected a name that ends in \.safetensors/],
    [
      [file, '--euler', '--output', output, '--data', 'shapes10-dvs'],
      /--data shapes10-dvs: images of .* the network takes 32 × 32 × 3 and has 10/,
    ],
    [
      [file, '--euler', '--output', output, '--comparison', '>='],
      /fires at the threshold \(>=\), and ours above it/,
    ],
    [[await brokenFile(folder), '--output', output], /node "b" \(Output\) takes values of shape \[4\]/],
  ];
  for (const [words, message] of refused) {
    const { code, stderr } = await sgs('nir', 'import', ...words);
    t.is(code, 1);
    t.regex(stderr, message);
  }
  t.is((await sgs('nir', 'import', file, '--output', output, '--euler', '--exponential')).code, 2);
});
