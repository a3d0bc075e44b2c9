// Data of one's own: trained under its own name and normalisation, known by its content, refused before anything is written.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Dataset } from '../../src/data/dataset.js';
import { fingerprint } from '../../src/data/fingerprint.js';
import { arrayDataset } from '../../src/data/sets/arrays.js';
import { loadDataset } from '../../src/data/sets/load.js';
import { openEngine } from '../../src/engines/open.js';
import { DataError, SettingsError } from '../../src/errors.js';
import { experiment, type Experiment } from '../../src/experiment/experiment.js';
import { decodeNpz, encodeNpz } from '../../src/files/arrays/npz.js';
import { batchNorm, conv2d, flatten, lif, linear } from '../../src/network/layers.js';
import { formatRecord, parseRecord } from '../../src/records/text.js';
import { resultOf, type RunRecord } from '../../src/records/record.js';
import { type DescribedTrial, describeTrials } from '../../src/sweep/describe.js';
import { expandSweep } from '../../src/sweep/expand.js';
import { checkSweep } from '../../src/sweep/spec.js';
import { evaluateRun } from '../../src/training/evaluate-run.js';
import { prepareRun } from '../../src/training/prepare.js';
import { train } from '../../src/training/train.js';
import { temporaryFolder } from '../helpers/folder.js';
import { withRuns } from '../helpers/runs.js';

const engine = await openEngine({ engine: 'event', threads: 1 });

/** Stripes of four distances, 16 × 16 × 3. */
const stripes = (count: number, shift = 0): { x: Uint8Array; labels: number[] } => ({
  x: Uint8Array.from({ length: count * 768 }, (_, j) => {
    const on = Math.floor((j % 768) / 3) % 4 === Math.floor(j / 768) % 4;
    return (on ? 200 : 40) + ((j * 13 + shift) % 30);
  }),
  labels: Array.from({ length: count }, (_, i) => i % 4),
});
const normalisation = { mean: [0.4, 0.3, 0.2], std: [0.2, 0.3, 0.4] };
const own = (): Dataset =>
  arrayDataset({
    name: 'stripes',
    ...stripes(40),
    test: stripes(20, 3),
    shape: [16, 16, 3],
    classes: 4,
    normalisation,
  });
/** For the images of the fixtures: 4 × 5, three classes. */
const own5x4 = [conv2d('c', 3, 8), batchNorm('n', 8), lif('l'), flatten('f'), linear('fc', 160, 3)];
const settings = (name = 'stripes'): Experiment =>
  experiment({
    data: { name, augment: 'none' },
    network: { architecture: 'convNet', width: 0.125 },
    epochs: 2,
    batchSize: 10,
    optimizer: { kind: 'adam', learningRate: 0.01 },
  });

test.serial('train: the record names the data set, its normalisation and content, and reads back', (t) =>
  withRuns(async (runs) => {
    const dataset = own();
    const record = await train(settings(), { engine, dataset, runs });
    t.is(record.outcome.status, 'done');
    t.is(record.data.name, 'stripes');
    t.is(record.data.fingerprint, dataset.fingerprint);
    const classes = ['class 0', 'class 1', 'class 2', 'class 3'];
    t.deepEqual(record.data.arrays, { kind: 'images', shape: [16, 16, 3], classes, normalisation });
    t.deepEqual(parseRecord(formatRecord(record), 'record'), record);
    const plain = { ...dataset, normalisation: undefined };
    const other = await train(settings(), { engine, dataset: plain, runs });
    t.not(other.id, record.id, 'another normalisation is other data');
    t.not(other.weightsDigest, record.weightsDigest);
  }),
);

test.serial('train: a fingerprint that somebody made up is not believed', (t) =>
  withRuns(async (runs) => {
    const dataset = own();
    const record = await train(settings(), { engine, dataset, runs });
    const altered = {
      ...dataset,
      train: { ...dataset.train, data: dataset.train.data.map((byte) => byte ^ 1) },
    };
    const other = await train(settings(), { engine, dataset: altered, runs });
    t.not(other.id, record.id);
    t.is(other.data.fingerprint, fingerprint(altered, undefined));
    t.is(
      (await train(settings(), { engine, dataset: { ...dataset, fingerprint: '1'.repeat(64) }, runs })).id,
      record.id,
    );
  }),
);

test.serial(
  'train: a borrowed name keeps its own normalisation, and the record says that the name does not give it',
  (t) =>
    withRuns(async (runs) => {
      const borrowed = { ...own(), name: 'cifar10' };
      const record = await train(settings('cifar10'), { engine, dataset: borrowed, runs });
      t.deepEqual(record.data.arrays?.normalisation, normalisation);
      const neutral = { ...borrowed, normalisation: undefined };
      const { data } = await train(settings('cifar10'), { engine, dataset: neutral, runs });
      t.deepEqual(data.arrays?.normalisation, { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] });
    }),
);

test('a data set that was loaded by its name is not said to be arrays', async (t) => {
  const dataset = await loadDataset({ name: 'shapes10' });
  const runs = { has: () => false } as never;
  const { fingerprint: found } = prepareRun(experiment({ batchSize: 10 }), { engine, dataset, runs });
  t.is(found, dataset.fingerprint);
  const record = await withRuns((folder) =>
    train(
      experiment({
        data: { name: 'shapes10', trainLimit: 10, testLimit: 10 },
        network: { architecture: 'convNet', width: 0.0625 },
        epochs: 1,
        batchSize: 10,
      }),
      { engine, dataset, runs: folder },
    ),
  );
  t.false('arrays' in record.data);
});

test.serial(
  'data in a file: the record says path, content and that the name does not give it; the path is not in the id',
  (t) =>
    withRuns(async (runs) => {
      const folder = temporaryFolder(t);
      const more = (path: string): Experiment =>
        experiment({
          data: { name: 'mine', path, augment: 'none' },
          network: { layers: own5x4 },
          epochs: 1,
          batchSize: 3,
        });
      const load = (settings: Experiment) => loadDataset(settings.data, { root: folder });
      for (const name of ['a.npz', 'b.npz']) copyFileSync('test/fixtures/own/images.npz', join(folder, name));
      const [first, second] = [more('a.npz'), more(join(folder, 'b.npz'))];
      const record = await train(first, { engine, dataset: await load(first), runs });
      t.is(record.experiment.data.path, 'a.npz');
      t.like(record.data, {
        name: 'mine',
        description: 'mine: 6 training and 3 test images of 3 classes from a.npz',
      });
      t.deepEqual(record.data.arrays!.shape, [4, 5, 3]);
      t.deepEqual(parseRecord(formatRecord(record), 'record'), record);
      const elsewhere = await train(second, { engine, dataset: await load(second), runs });
      t.is(elsewhere.id, record.id, 'the same content, wherever it lies');
      t.deepEqual(resultOf({ ...record, experiment: second }), resultOf(record));
      const options = { engine, dataset: await load(second), runs };
      t.is((await evaluateRun(record.id, { kind: 'test' }, options)).results[0].examples, 3);
      const other = more('c.npz');
      copyFileSync('test/fixtures/own/medmnist.npz', join(folder, 'c.npz'));
      const same = await load(other);
      t.is(same.fingerprint, options.dataset.fingerprint, 'the same bytes under other names');
    }),
);

test('data in a file: a name of a data set that is loaded by it, and a path of no use, are refused', async (t) => {
  t.throws(() => experiment({ data: { name: 'cifar10', path: 'a.npz' } }), {
    instanceOf: SettingsError,
    message:
      /data\.name: "cifar10" is the name of a data set that is loaded by it; give what data\.path holds/,
  });
  t.throws(() => experiment({ data: { name: 'mine', path: '' } }), { message: /data\.path: / });
  await t.throwsAsync(loadDataset({ name: 'cifar10', path: 'a.npz' }), { instanceOf: SettingsError });
  await t.throwsAsync(loadDataset({ name: 'mine', path: '\0' }), { instanceOf: DataError });
  await t.throwsAsync(loadDataset({ name: 'mine' }), {
    message: /no data set "mine" can be loaded by its name/,
  });
});

test.serial('data in files are an axis of a sweep: a run for each content', (t) =>
  withRuns(async (runs) => {
    const folder = temporaryFolder(t);
    copyFileSync('test/fixtures/own/images.npz', join(folder, 'images.npz'));
    const arrays = decodeNpz(readFileSync(join(folder, 'images.npz')), 'images.npz');
    for (const [name, value] of Object.entries({ mean: 0, std: 1 }))
      arrays.set(name, { shape: [3], data: new Float64Array(3).fill(value) });
    writeFileSync(join(folder, 'more.npz'), encodeNpz(arrays));
    const paths = ['images.npz', 'more.npz'];
    const base = {
      data: { name: 'mine', path: paths[0], augment: 'none' as const },
      network: { layers: own5x4 },
      ...{ epochs: 1, batchSize: 3 },
    };
    const trials: DescribedTrial[] = paths.map((path) => ({
      experiment: experiment({ ...base, data: { ...base.data, path } }),
    }));
    const [one, two] = await describeTrials(trials, { dataDir: folder, engine: 'event' });
    t.not(one.run.id, two.run.id);
    t.is(one.run.data.description, 'mine: 6 training and 3 test images of 3 classes from images.npz');
    t.is(two.run.data.description, 'mine: 6 training and 3 test images of 3 classes from more.npz');
    const { trials: expanded } = expandSweep(checkSweep({ base, axes: { 'data.path': paths } }));
    t.deepEqual(
      expanded.map((trial) => trial.experiment.data.path),
      paths,
    );
    t.deepEqual(runs.list().records, []);
  }),
);

test.serial('train and evaluateRun: wrong arrays and other data are refused, and nothing is recorded', (t) =>
  withRuns(async (runs) => {
    const refuse = async (dataset: Dataset, message: RegExp): Promise<void> => {
      await t.throwsAsync(train(settings(), { engine, dataset, runs }), {
        instanceOf: SettingsError,
        message,
      });
    };
    const dataset = own();
    const { labels } = dataset.train;
    await refuse(
      { ...dataset, train: { ...dataset.train, labels: labels.map((label) => label + 1) } },
      /train\.labels\[3\]: .*got 4/,
    );
    await refuse(
      { ...dataset, train: { ...dataset.train, labels: labels.subarray(0, 9) } },
      /train\.labels: expected one for each of 40/,
    );
    await refuse(
      { ...dataset, train: { ...dataset.train, data: Float32Array.from(dataset.train.data) as never } },
      /train\.data: expected bytes/,
    );
    await refuse(
      { ...dataset, name: 'other' },
      /^data\.name: the settings say "stripes", the data set given is "other"/,
    );
    await refuse(
      await loadDataset({ name: 'shapes10' }),
      /^data\.name: the settings say "stripes", the data set given is "shapes10"/,
    );
    t.deepEqual(runs.list().records, []);

    const { id } = (await train(settings(), { engine, dataset, runs })) as RunRecord;
    const evaluate = (given: Dataset) => evaluateRun(id, { kind: 'test' }, { engine, dataset: given, runs });
    t.is((await evaluate(dataset)).dataFingerprint, dataset.fingerprint);
    const altered = {
      ...dataset,
      test: { ...dataset.test, data: dataset.test.data.map((byte) => byte ^ 1) },
    };
    await t.throwsAsync(evaluate(altered), {
      instanceOf: SettingsError,
      message: /was trained on arrays named stripes .*got others of that name/,
    });
    await t.throwsAsync(evaluate({ ...dataset, test: { ...dataset.test, count: 3 } }), {
      message: /test\.data: expected 3 examples/,
    });
  }),
);
