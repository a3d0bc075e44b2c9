// Data of one's own: trained under its own name and normalisation, known by its content, refused before anything is written.
import test from 'ava';
import type { Dataset } from '../../src/data/dataset.js';
import { fingerprint } from '../../src/data/fingerprint.js';
import { arrayDataset } from '../../src/data/sets/arrays.js';
import { loadDataset } from '../../src/data/sets/load.js';
import { openEngine } from '../../src/engines/open.js';
import { SettingsError } from '../../src/errors.js';
import { experiment, type Experiment } from '../../src/experiment/experiment.js';
import { formatRecord, parseRecord } from '../../src/records/text.js';
import type { RunRecord } from '../../src/records/record.js';
import { evaluateRun } from '../../src/training/evaluate-run.js';
import { prepareRun } from '../../src/training/prepare.js';
import { train } from '../../src/training/train.js';
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
