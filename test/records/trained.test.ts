// The gallery as it is committed: each network loads, for ever, and classifies as it did when it was trained.
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { DataError, SettingsError } from '../../src/errors.js';
import { loadTrained, TRAINED, type TrainedName } from '../../src/records/trained.js';
import { openRuns } from '../../src/records/folder.js';
import { trainedRoot } from '../../src/paths.js';
import { temporaryFolder } from '../helpers/folder.js';
import { testClassifies, testFiles } from '../helpers/trained.js';

for (const name of TRAINED) {
  testFiles(name);
  // Recordings are drawn first, which takes a minute: trained.slow.ts.
  if (loadTrained(name).record.data.name !== 'shapes10-dvs') testClassifies(name);
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
