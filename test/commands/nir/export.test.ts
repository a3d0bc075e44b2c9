import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { factsOf } from '../../../src/interchange/nir/facts.js';
import { readNir } from '../../../src/interchange/nir/read.js';
import { toNir } from '../../../src/interchange/nir/to-graph.js';
import { buildNetwork } from '../../../src/network/architectures.js';
import { initialWeights } from '../../../src/network/initialise.js';
import { openRuns } from '../../../src/records/folder.js';
import type { RunRecord } from '../../../src/records/record.js';
import { weightsDigest } from '../../../src/records/safetensors.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { sampleRun } from '../../helpers/records.js';
import { sgsOn } from '../../helpers/sgs.js';

const SETTINGS = {
  network: { architecture: 'convNet', width: 1 / 16 },
  data: { name: 'cifar10' },
  steps: 3,
} as const;
const network = buildNetwork(SETTINGS.network, [32, 32, 3], 10);
const weights = initialWeights(network, 5);

/** A folder of records with one run and its weights. */
function folderOf(t: ExecutionContext, settings: object = {}): { folder: string; record: RunRecord } {
  const folder = temporaryFolder(t);
  const record = sampleRun({ settings: { ...SETTINGS, ...settings } });
  const runs = openRuns(folder);
  runs.put({ ...record, weightsDigest: weightsDigest(weights) });
  runs.writeWeights(record.id, weights);
  return { folder, record };
}

test.serial(
  'sgs nir export: the file is the network, and the table says who computes the same',
  async (t) => {
    const { folder, record } = folderOf(t);
    const file = join(temporaryFolder(t), 'a.nir');
    const { code, stdout, stderr } = await sgsOn(folder)('nir', 'export', record.id.slice(4, 12), file);
    t.is(code, 0, stderr);
    const [head, , columns, ...rows] = stdout.trim().split('\n');
    t.is(
      head,
      `${record.id} (convNet-w0.0625) written to ${file}: 12 nodes, profile unit-r, vocabulary conv`,
    );
    t.regex(columns, /^program +verdict +why$/);
    t.is(rows.length, 8);
    t.regex(
      rows.find((row) => row.startsWith('Norse'))!,
      /^Norse 1\.1\.0 +exact +from_nir\(graph, dt=0\.0001\)$/,
    );
    t.regex(
      rows.find((row) => row.startsWith('Rockpool'))!,
      /^Rockpool \S+ +refused +has no Conv2d \(/,
    );
    t.regex(
      rows.find((row) => row.startsWith('Spyx'))!,
      /^Spyx \S+ +known to differ +subtracts/,
    );
    const origin = { run: record.id, data: 'cifar10', split: record.data.split.hash, encoding: 'repeat' };
    const read = await readNir(file);
    t.deepEqual(factsOf(read), {
      ...factsOf(toNir(network, weights, record.experiment, { origin })),
      ...{ steps: 3, weights: weightsDigest(weights) },
    });
    t.deepEqual(
      read.nodes.get('conv1_conv'),
      toNir(network, weights, record.experiment).nodes.get('conv1_conv'),
    );
  },
);

test.serial('sgs nir export: every option reaches the file', async (t) => {
  const { folder, record } = folderOf(t, { neuron: { reset: 'soft' } });
  const file = join(temporaryFolder(t), 'a.nir');
  const options = ['--profile', 'sinabs', '--vocabulary', 'plain', '--pool', 'sum', '--dt', '1'];
  const { code, stderr } = await sgsOn(folder)('nir', 'export', record.id, file, ...options);
  t.is(code, 0, stderr);
  const { nodes, ...graph } = await readNir(file);
  t.is(nodes.get('pool1')!.type, 'SumPool2d');
  const { profile, vocabulary, pool, dt, integration } = factsOf(graph);
  t.deepEqual([profile, vocabulary, pool, dt, integration], ['sinabs', 'plain', 'sum', 1, 'exponential']);
});

test.serial('sgs nir export: what is refused is said in one line, and nothing is written', async (t) => {
  const { folder, record } = folderOf(t, { neuron: { reset: 'soft' } });
  const file = join(temporaryFolder(t), 'a.nir');
  const sgs = sgsOn(folder);
  const soft = await sgs('nir', 'export', record.id, file);
  t.is(soft.code, 1);
  t.regex(soft.stderr, /^sgs: NIR profile unit-r: the neurons reset by subtraction .*; use profile sinabs$/m);
  const named = await sgs('nir', 'export', record.id, `${file}.h5`);
  t.regex(named.stderr, /a\.nir\.h5: expected a name that ends in \.nir/);
  t.is((await sgs('nir', 'export', record.id, file, '--profile', 'x')).code, 2);
  t.is((await sgs('nir', 'export', record.id, file, '--dt', '0')).code, 2);
  t.false(existsSync(file) || existsSync(`${file}.h5`));
});
