// N-MNIST from folders that the test writes, read as frames and trained on by every engine.
import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { readNmnist } from '../../../src/data/events/nmnist.js';
import { framer } from '../../../src/data/events/pipelines.js';
import { loadDataset } from '../../../src/data/sets/load.js';
import { readNmnistFolders } from '../../../src/data/sets/nmnist.js';
import { ENGINE_NAMES, openEngine } from '../../../src/engines/open.js';
import { DataError, SettingsError } from '../../../src/errors.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { parseRecord, formatRecord } from '../../../src/records/text.js';
import { presetTrials } from '../../../src/studies/trials.js';
import { starterExperiment } from '../../../src/sweep/presets/presets.js';
import { train } from '../../../src/training/train.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { dataFile, testWithData } from '../../helpers/needs.js';
import { nmnistName, writeNmnist } from '../../helpers/nmnist.js';
import { withRuns } from '../../helpers/runs.js';

test('readNmnistFolders: frames of the sensor’s size in the official parts, in the order of the numbers', async (t) => {
  const root = temporaryFolder(t);
  const folder = join(root, 'N-MNIST');
  writeNmnist(folder, { train: 2, test: 1 });
  const set = await readNmnistFolders(root, { frames: 4 });
  t.deepEqual([set.name, set.kind, set.shape, set.frames], ['nmnist', 'frames', [34, 34, 2], 4]);
  t.deepEqual(set.classes, [...'0123456789']);
  t.deepEqual([...set.train.labels], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  t.deepEqual([...set.test.labels], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  t.is(set.recordingSplit, undefined);
  const frames = framer('tet', 4, 34);
  const of = (part: string, digit: number, number: number): Uint8Array =>
    frames(readNmnist(join(folder, part, `${digit}`, nmnistName(number))));
  const bytes = 4 * 34 * 34 * 2;
  t.deepEqual(set.train.data.slice(12 * bytes, 13 * bytes), of('Train', 7, 13));
  t.deepEqual(set.test.data.slice(9 * bytes), of('Test', 0, 10));
  t.is(
    set.description,
    'nmnist: 20 of 60,000 training and 10 of 10,000 test recordings from N-MNIST, pipeline tet, 4 frames of 34 × 34',
  );
  t.is((await readNmnistFolders(folder, { frames: 4 })).fingerprint, set.fingerprint, 'the folder itself');
});

test('no pipeline resizes a frame of 34 × 34: tet gives what tet-plain gives, each event in its pixel', async (t) => {
  const root = temporaryFolder(t);
  writeNmnist(join(root, 'N-MNIST'), { train: 1, test: 1 });
  const read = (pipeline: string) => readNmnistFolders(root, { pipeline, frames: 1 });
  const [tet, plain, duration] = [await read('tet'), await read('tet-plain'), await read('duration')];
  t.deepEqual(tet.train.data, plain.train.data);
  t.deepEqual(tet.train.data, duration.train.data, 'one frame holds all events');
  const { x, y, p, count } = readNmnist(join(root, 'N-MNIST', 'Train', '9', nmnistName(1)));
  const hit = new Set(Array.from({ length: count }, (_, i) => (y[i] * 34 + x[i]) * 2 + p[i]));
  const lit = [...plain.train.data.subarray(0, 34 * 34 * 2)].flatMap((byte, at) => (byte > 0 ? [at] : []));
  t.deepEqual(
    lit,
    [...hit].sort((a, b) => a - b),
  );
});

test('loadDataset: the cache serves the same frames; a recording that changed is read again', async (t) => {
  const root = temporaryFolder(t);
  const cache = join(root, 'cache');
  const folder = join(root, 'N-MNIST');
  writeNmnist(folder, { train: 1, test: 1 });
  const labels: string[] = [];
  const load = () =>
    loadDataset({ name: 'nmnist' }, { root, cache, steps: 2, onProgress: ({ label }) => labels.push(label) });
  const first = await load();
  t.deepEqual([labels.length, new Set(labels)], [20, new Set(['reading nmnist'])]);
  t.is((await load()).fingerprint, first.fingerprint);
  t.is(labels.length, 20, 'nothing was decoded again');
  copyFileSync(join(folder, 'Train', '1', nmnistName(9)), join(folder, 'Train', '1', nmnistName(19)));
  t.is((await load()).train.count, 11);
  t.is(labels.length, 41);
});

test('N-MNIST that is not there, lacks a digit or is damaged: a DataError that names the place and what is expected', async (t) => {
  const root = temporaryFolder(t);
  const folder = join(root, 'N-MNIST');
  const refused = async (message: RegExp): Promise<void> =>
    void (await t.throwsAsync(readNmnistFolders(root), { instanceOf: DataError, message }));
  await refused(
    /N-MNIST.Train.0: there is no such folder; run `sgs data nmnist`, or name the folder that holds N-MNIST with --data-dir or SGS_DATA; in it are Train and Test, each with the folders 0 to 9 of \.bin files/,
  );
  writeNmnist(folder, { train: 1, test: 1 });
  const file = join(folder, 'Test', '4', nmnistName(6));
  const whole = readFileSync(file);
  truncateSync(file, 7);
  await refused(/N-MNIST.Test.4.00006\.bin: byte 5: cut inside an event/);
  writeFileSync(file, '');
  await refused(/00006\.bin: byte 0: the file is empty/);
  writeFileSync(file, Buffer.concat([Buffer.from([34, 0, 0, 0, 0]), whole]));
  await refused(/00006\.bin: byte 0: pixel \(34, 0\), expected x and y 0 … 33/);
  rmSync(file);
  await refused(/N-MNIST.Test.4: no \.bin file among 0 entries/);
});

test('a split is refused: the test part is the official one', async (t) => {
  await t.throwsAsync(loadDataset({ name: 'nmnist', split: 'first-900' }), {
    instanceOf: SettingsError,
    message:
      'data.split: "first-900" is for event data without a test part of its own, nmnist has one; leave it out',
  });
  await t.throwsAsync(loadDataset({ name: 'nmnist', pipeline: 'x' }, { root: temporaryFolder(t) }), {
    message: /Train.0: there is no such folder/,
  });
});

test('the starter and presets leave digits as they are: no mirror', (t) => {
  const { experiment: preset } = presetTrials('quick', { data: 'nmnist' })[0];
  t.like(preset.data, { name: 'nmnist', augment: 'none' });
  const { data, network, steps } = starterExperiment('nmnist');
  t.deepEqual([data, network!.architecture, steps], [{ name: 'nmnist', augment: 'none' }, 'vggsnn', 10]);
});

test.serial(
  'an epoch on N-MNIST by engines event, tfjs and plain: losses agree within 1e-5, the record reads back',
  (t) =>
    withRuns(async (runs) => {
      const root = temporaryFolder(t);
      writeNmnist(join(root, 'N-MNIST'), { train: 2, test: 1 });
      const settings = experiment({
        data: { name: 'nmnist', augment: 'none', validation: 0.2 },
        network: { architecture: 'convNet', width: 0.125, convolutions: 2 },
        neuron: { theta: 0.2 }, // with few steps the paper's threshold is reached by no neuron of the second layer
        steps: 2,
        epochs: 1,
        batchSize: 8,
      });
      const dataset = await loadDataset(settings.data, { root, cache: join(root, 'cache'), steps: 2 });
      const losses: number[] = [];
      for (const name of ENGINE_NAMES.filter((each) => each !== 'webgpu')) {
        const engine = await openEngine(
          name === 'tfjs' ? { engine: name, backend: 'wasm' } : { engine: name, threads: 1 },
        );
        t.teardown(() => engine.dispose());
        const record = await train(settings, { engine, dataset, runs });
        t.is(record.outcome.status, 'done', name);
        t.is(record.warnings, undefined, 'every layer fires');
        t.is(record.data.arrays, undefined, 'its name gives it again');
        t.like(record.data, { name: 'nmnist', split: { train: 16, validation: 4, test: 10 } });
        t.deepEqual(parseRecord(formatRecord(record), 'record'), record);
        losses.push(record.rows[0].trainLoss!);
      }
      for (const loss of losses) t.true(Math.abs(loss / losses[0] - 1) < 1e-5, `${losses.join(', ')}`);
      t.log(losses.join(', '));
    }),
);

testWithData('events-samples/nmnist_sample.bin')(
  'a real recording in its folder: every event is in a frame',
  async (t) => {
    const root = temporaryFolder(t);
    writeNmnist(root, { train: 1, test: 1 });
    copyFileSync(dataFile('events-samples', 'nmnist_sample.bin'), join(root, 'Train', '9', nmnistName(1)));
    const { train: part } = await readNmnistFolders(root, { frames: 10, pipeline: 'tet-plain' });
    const { count } = readNmnist(dataFile('events-samples', 'nmnist_sample.bin'));
    t.is(count, 4325);
    const bytes = 34 * 34 * 2;
    for (let frame = 0; frame < 10; frame++) {
      const lit = part.data.subarray(frame * bytes, (frame + 1) * bytes).filter((byte) => byte > 0).length;
      t.true(lit > 100 && lit <= 433 + 5, `frame ${frame}: ${lit} pixels`);
    }
  },
);
