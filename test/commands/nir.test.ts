import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { int64Array } from '../../src/interchange/nir/graph.js';
import { temporaryFolder } from '../helpers/folder.js';
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
