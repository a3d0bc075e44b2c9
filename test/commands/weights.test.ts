import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { loadWeights } from '../../src/interchange/weights-file.js';
import { buildNetwork } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';
import { openRuns } from '../../src/records/folder.js';
import type { RunRecord } from '../../src/records/record.js';
import { decodeSafetensors, weightsDigest } from '../../src/records/safetensors.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleRun } from '../helpers/records.js';
import { sgsOn } from '../helpers/sgs.js';

const SETTINGS = {
  network: { architecture: 'resnet19', width: 1 / 32 },
  data: { name: 'cifar100' },
} as const;
const network = buildNetwork(SETTINGS.network, [32, 32, 3], 100);
const weights = initialWeights(network, 5);

/** A folder of records with one run, and its weights where they are wanted. */
function folderOf(t: ExecutionContext, record: RunRecord, kept = weights): string {
  const folder = temporaryFolder(t);
  const runs = openRuns(folder);
  runs.put({ ...record, weightsDigest: weightsDigest(kept) });
  runs.writeWeights(record.id, kept);
  return folder;
}

test.serial(
  'sgs weights: exported as PyTorch names them, imported again to the bit, without the data set',
  async (t) => {
    const record = sampleRun({ settings: SETTINGS });
    const folder = folderOf(t, record);
    const sgs = sgsOn(folder);
    const out = temporaryFolder(t);
    const experiment = join(out, 'experiment.json');
    writeFileSync(experiment, JSON.stringify(SETTINGS));
    for (const ending of ['safetensors', 'npz']) {
      const [file, back] = [join(out, `a.${ending}`), join(out, `b-${ending}.safetensors`)];
      const exported = await sgs('weights', 'export', record.id.slice(4, 12), file);
      t.is(exported.code, 0, exported.stderr);
      t.is(
        exported.stdout,
        `weights of ${record.id} (resnet19-w0.03125) written to ${file}, as PyTorch names them\n`,
      );
      t.deepEqual(loadWeights(file, network), weights);
      const imported = await sgs('weights', 'import', file, '--experiment', experiment, '--output', back);
      t.is(imported.code, 0, imported.stderr);
      t.true(imported.stdout.includes(`SHA-256 ${weightsDigest(weights)}`), imported.stdout);
      t.is(weightsDigest(decodeSafetensors(readFileSync(back), back).tensors), weightsDigest(weights));
    }
  },
);

test.serial(
  'sgs weights export: a record of arrays of its own says what images and classes there were',
  async (t) => {
    const sample = sampleRun({ settings: { network: { architecture: 'convNet', width: 0.25 } } });
    const arrays = {
      kind: 'images' as const,
      shape: [8, 8, 1] as [number, number, number],
      classes: ['a', 'b', 'c'],
      normalisation: { mean: [0], std: [1] },
    };
    const own = buildNetwork(sample.experiment.network, arrays.shape, 3);
    const kept = initialWeights(own, 1);
    const record = { ...sample, data: { ...sample.data, arrays } };
    const file = join(temporaryFolder(t), 'a.npz');
    const { code, stderr } = await sgsOn(folderOf(t, record, kept))('weights', 'export', record.id, file);
    t.is(code, 0, stderr);
    t.deepEqual(loadWeights(file, own), kept);
  },
);

test.serial(
  'sgs weights import: weights of another network are refused by name, and nothing is written',
  async (t) => {
    const out = temporaryFolder(t);
    const experiment = join(out, 'experiment.json');
    writeFileSync(
      experiment,
      JSON.stringify({ ...SETTINGS, data: { name: 'cifar10' }, network: { architecture: 'vggsnn' } }),
    );
    const sgs = sgsOn(out);
    const words = ['weights', 'import', '--experiment', experiment];
    const output = join(out, 'b.safetensors');
    const refused = await sgs(...words, 'test/fixtures/weights/resnet19.pth', '--output', output);
    t.is(refused.code, 1);
    t.regex(
      refused.stderr,
      /^sgs: \S*resnet19\.pth: does not fit vggsnn: 50 missing: features\.0\.fwd\.module\.0\.weight; /m,
    );
    t.false(existsSync(output));
    const hostile = await sgs(...words, 'test/fixtures/weights/hostile.pth', '--output', output);
    t.regex(hostile.stderr, /^sgs: \S*hostile\.pth: .* refused; nothing of it was run/m);
    const ending = await sgs(...words, 'test/fixtures/weights/vggsnn.pth', '--output', join(out, 'b.npz'));
    t.regex(ending.stderr, /--output \S*b\.npz: expected a name that ends in \.safetensors/);
    const absent = await sgs('weights', 'import', 'a.pth', '--output', output);
    t.is(absent.code, 2);
    writeFileSync(experiment, JSON.stringify({ data: { name: 'mine' } }));
    t.is((await sgs(...words, 'test/fixtures/weights/vggsnn.pth', '--output', output)).code, 1);
    t.deepEqual(readdirSync(out), ['experiment.json']);
  },
);
