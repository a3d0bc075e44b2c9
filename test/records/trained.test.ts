// The gallery as it is committed: each network loads, for ever, and classifies as it did when it was trained.
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { loadDataset } from '../../src/data/sets/load.js';
import { openEngine } from '../../src/engines/open.js';
import { DataError, SettingsError } from '../../src/errors.js';
import { evaluateExamples } from '../../src/measures/accuracy.js';
import { weightsDigest } from '../../src/records/safetensors.js';
import { loadTrained, TRAINED, type TrainedName } from '../../src/records/trained.js';
import { openRuns } from '../../src/records/folder.js';
import { trainedRoot } from '../../src/paths.js';
import { temporaryFolder } from '../helpers/folder.js';
import { testWhere } from '../helpers/needs.js';

/** Of each network: the digest of its weights, and how many of the first 100 test images it gets right. */
const PINNED: Record<TrainedName, [digest: string, correct: number]> = {
  'convnet-cifar10': ['1cb47907ee147078a29d94563b0ab9b0b4da40e1e071fd67b037c3523ce91cd4', 79],
  'convnet-shapes10': ['c9d552aa678e3afaa44e56956e850e673244d75434bc9e06efe16df4124d6804', 93],
};

for (const name of TRAINED) {
  const { record, network, weights } = loadTrained(name);
  const [digest, correct] = PINNED[name];

  test(`${name}: record and weights are the pinned ones, the weights those that the record names`, (t) => {
    t.is(weightsDigest(weights), digest);
    t.is(record.weightsDigest, digest);
    t.is(record.outcome.status, 'done');
  });

  const isHere =
    record.data.name === 'shapes10' || existsSync(join(process.env.SGS_DATA ?? '', 'cifar-10-batches-bin'));
  testWhere(isHere, `${record.data.name} is not here`)(
    `${name}: of the first 100 test images as many are right as when it was trained`,
    async (t) => {
      const engine = await openEngine({ engine: 'event', build: 'plain', threads: 1 });
      t.teardown(() => engine.dispose());
      const dataset = await loadDataset(record.experiment.data);
      const model = engine.createModel(network, record.experiment, weights);
      const first = Int32Array.from({ length: 100 }, (_, i) => i);
      const { accuracy } = await evaluateExamples(model, dataset, 'test', first);
      t.is(Math.round(accuracy * 100), correct);
    },
  );
}

test('data/README.md tells each network with its accuracy', (t) => {
  const text = readFileSync('data/README.md', 'utf8');
  for (const name of TRAINED) {
    const { testAccuracy } = loadTrained(name).record.outcome;
    const row = text.split('\n').find((line) => line.startsWith(`| \`${name}\` `));
    t.true(row?.endsWith(`| ${(100 * testAccuracy!).toFixed(2)} % |`), `${name}: ${row}`);
  }
});

test('the folder holds these networks and nothing else, at most 8 MiB in all', (t) => {
  const { records, corrupt } = openRuns(trainedRoot()).list();
  t.deepEqual(corrupt, []);
  t.deepEqual(records.map(({ id }) => id).sort(), TRAINED.map((name) => loadTrained(name).record.id).sort());
  const files = readdirSync(trainedRoot(), { recursive: true, encoding: 'utf8' });
  const bytes = files.reduce((sum, file) => sum + statSync(join(trainedRoot(), file)).size, 0);
  t.true(bytes < 8 * 2 ** 20, `${bytes} bytes`);
});

test('a name that is none is refused with the nearest and all there are', (t) => {
  t.throws(() => loadTrained('convnet-cifar' as TrainedName), {
    instanceOf: SettingsError,
    message:
      /no trained network is named "convnet-cifar"; did you mean "convnet-cifar10"\?.*convnet-shapes10/,
  });
  t.throws(() => loadTrained('toString' as TrainedName), { instanceOf: SettingsError });
});

test('weights that are not those of the record are refused by the digest', (t) => {
  const folder = temporaryFolder(t);
  cpSync(trainedRoot(), folder, { recursive: true });
  const [one, other] = TRAINED.map((name) => loadTrained(name).record.id);
  cpSync(join(folder, 'weights', `${one}.safetensors`), join(folder, 'weights', `${other}.safetensors`));
  t.throws(() => openRuns(folder).readWeights(other), { instanceOf: DataError });
});
