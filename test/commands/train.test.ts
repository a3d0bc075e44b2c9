// `sgs train`: what options mean, and a run whose weights are gone.
import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { experimentOf } from '../../src/commands/train-experiment.js';
import { checkSameRun } from '../../src/commands/train-again.js';
import { SettingsError } from '../../src/errors.js';
import type { RunRecord } from '../../src/records/record.js';
import { openRuns } from '../../src/records/folder.js';
import { cifarFile } from '../helpers/cifar.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleRun } from '../helpers/records.js';
import { sgsOn } from '../helpers/sgs.js';

test("another architecture than the starter has its own width; epochs and batch stay the starter's", (t) => {
  const data = 'cifar10';
  t.like(experimentOf(undefined, { data }).network, { architecture: 'convNet', width: 0.5 });
  for (const options of [{ architecture: 'resnet19' }, { set: ['network.architecture=resnet19'] }])
    t.like(experimentOf(undefined, { data, ...options }), {
      network: { architecture: 'resnet19', width: undefined },
      epochs: 5,
      batchSize: 50,
    });
  t.is(experimentOf(undefined, { data, architecture: 'resnet19', width: 0.25 }).network.width, 0.25);
});

test.serial(
  'data of your own by --data-path: trained, and evaluated where it lies now; names and other data are refused',
  async (t) => {
    const folder = temporaryFolder(t);
    const sgs = sgsOn(join(folder, 'runs'));
    const file = join(folder, 'faces.npz');
    copyFileSync('test/fixtures/own/images.npz', file);
    const layers = JSON.stringify([
      { type: 'flatten', name: 'f' },
      { type: 'linear', name: 'a', in: 60, out: 8 },
      { type: 'lif', name: 'l' },
      { type: 'linear', name: 'fc', in: 8, out: 3 },
    ]);
    const own = ['--threads', '1', '--data-path', file];
    writeFileSync(
      join(folder, 'net.json'),
      `{"network": {"layers": ${layers}}, "epochs": 1, "batchSize": 3}`,
    );
    const trained = await sgs('train', join(folder, 'net.json'), ...own, '--data-dir', folder);
    t.is(trained.code, 0, trained.stderr);
    t.regex(trained.stdout, /trained on 6 examples of faces, tested on 3/);
    const [id] = /run-[0-9a-f]{16}/.exec(trained.stdout)!;
    t.is((openRuns(join(folder, 'runs')).get(id) as RunRecord).experiment.data.path, 'faces.npz');
    renameSync(file, join(folder, 'moved.npz'));
    const lost = await sgs('eval', id, '--threads', '1', '--data-dir', folder);
    t.regex(lost.stderr, /faces\.npz: there is no such file or folder; correct data\.path, .*--data-path/);
    const evaluated = await sgs('eval', id, '--threads', '1', '--data-path', join(folder, 'moved.npz'));
    t.is(evaluated.code, 0, evaluated.stderr);
    const other = await sgs('eval', id, '--threads', '1', '--data-path', 'test/fixtures/own/arrays');
    t.regex(other.stderr, /was trained on arrays named faces .*got others of that name/);
    const both = await sgs('train', '--data', 'shapes10', ...own);
    t.regex(both.stderr, /--data shapes10: --data-path .* is other data; leave one of them out/);
  },
);

test('data of your own: the name of its file, or the one that is given; a path below the data folder is relative to it', (t) => {
  const of = (options: Record<string, unknown>) => experimentOf(undefined, options);
  t.like(of({ dataPath: '/data/my faces.npz', dataDir: '/data' }), {
    name: 'starter on my faces',
    data: { name: 'my faces', path: 'my faces.npz' },
  });
  t.like(of({ dataPath: '/else/where', dataDir: '/data', set: ['data.name=mine', 'name=mine'] }), {
    name: 'mine',
    data: { name: 'mine', path: '/else/where' },
  });
  t.throws(() => of({ dataPath: '/else/cifar10.npz' }), {
    instanceOf: SettingsError,
    message: /data\.name: "cifar10"/,
  });
});

const SMALL = [
  ...['--data', 'shapes10', '--width', '0.0625', '--train-limit', '40', '--test-limit', '20'],
  ...['--batch-size', '20', '--epochs', '1', '--threads', '1'],
];

test.serial(
  'weights that are gone: train --again and trial make the same ones, the record stays; then eval says it is done',
  async (t) => {
    const folder = temporaryFolder(t);
    const sgs = sgsOn(folder);
    const runs = openRuns(folder);
    const [id] = /run-[0-9a-f]{16}/.exec((await sgs('train', ...SMALL)).stdout)!;
    const record = runs.get(id) as RunRecord;
    rmSync(runs.weightsPath(id));
    const again = await sgs('train', '--again', id.slice(4, 12));
    t.is(again.code, 0, again.stderr);
    t.regex(again.stderr, /trained once more for its weights/);
    t.regex(again.stderr, /its weights are here again, the same bits/);
    runs.readWeights(id); // checks the digest
    t.deepEqual(runs.get(id), record);
    t.false(runs.hasCheckpoint(id));

    const trial = join(folder, 'trial.json.txt');
    writeFileSync(trial, JSON.stringify({ experiment: record.experiment, evaluations: [{ kind: 'test' }] }));
    rmSync(runs.weightsPath(id));
    const tried = await sgs('trial', trial, '--threads', '1', '--until', '1'); // the last epoch: to the end
    t.is(tried.code, 0, tried.stderr);
    t.regex(tried.stderr, /it is trained once more, its record is kept/);
    runs.readWeights(id);
    t.deepEqual(runs.get(id), record);
    t.is(runs.list().records.filter(({ kind }) => kind === 'evaluation').length, 1);

    const evaluated = await sgs('eval', id, '--threads', '1');
    t.regex(evaluated.stderr, /done already; its record is kept, nothing is evaluated again/);
    t.regex(evaluated.stdout, /eval-[0-9a-f]{16} {2}test of run-/);
    const refuse = async (message: RegExp, ...words: string[]): Promise<void> => {
      const { code, stderr } = await sgs(...words);
      t.is(code, 1);
      t.regex(stderr, message);
    };
    await refuse(/--limit: 21 asked for, 20 there/, 'eval', id, '--limit', '21');
    await refuse(/leave out the file and all settings/, 'train', ...SMALL, '--again', id);
  },
);

test.serial(
  'more training files of CIFAR-10 have come: train --again, eval and trial with a fingerprint take those of the record',
  async (t) => {
    const folder = temporaryFolder(t);
    const data = temporaryFolder(t);
    for (const file of ['data_batch_1.bin', 'test_batch.bin'])
      writeFileSync(join(data, file), cifarFile('cifar10', 40));
    const sgs = sgsOn(folder);
    const runs = openRuns(folder);
    const small = [...SMALL.filter((word) => !word.startsWith('shapes10')), '--data-dir', data];
    small.splice(small.indexOf('--data') + 1, 0, 'cifar10');
    small.splice(small.indexOf('--train-limit'), 2);
    const [id] = /run-[0-9a-f]{16}/.exec((await sgs('train', ...small)).stdout)!;
    const record = runs.get(id) as RunRecord;
    writeFileSync(join(data, 'data_batch_2.bin'), cifarFile('cifar10', 10));

    rmSync(runs.weightsPath(id));
    const again = await sgs('train', '--again', id, '--data-dir', data);
    t.is(again.code, 0, again.stderr);
    const evaluated = await sgs('eval', id, '--data-dir', data, '--threads', '1');
    t.is(evaluated.code, 0, evaluated.stderr);
    t.like(
      runs.list().records.find(({ kind }) => kind === 'evaluation'),
      { of: id, dataFingerprint: record.data.fingerprint },
    );
    const trial = join(folder, 'trial.json.txt');
    const { fingerprint } = record.data;
    writeFileSync(trial, JSON.stringify({ experiment: record.experiment, fingerprint }));
    t.is((await sgs('trial', trial, '--data-dir', data)).stdout.trim(), id);
    writeFileSync(trial, JSON.stringify({ experiment: record.experiment, fingerprint: 5 }));
    t.regex(
      (await sgs('trial', trial)).stderr,
      /fingerprint: expected that of a data set as text, got number/,
    );
  },
);

test('a run of other numerics or data is not trained again in its place: what differs is said', (t) => {
  const record = sampleRun();
  const check = (id: string, backend: string, data: string) => () =>
    checkSameRun(record, { id }, { ...record.numerics, backend }, data);
  const { fingerprint } = record.data;
  t.notThrows(check(record.id, 'wasm', fingerprint));
  t.throws(check('run-0', 'cpu', fingerprint), {
    instanceOf: SettingsError,
    message:
      /was trained by engine tfjs version 1 \(wasm, .*here computes engine tfjs version 1 \(cpu, .*SGS_BUILD/,
  });
  t.throws(check('run-0', 'wasm', 'f'.repeat(64)), {
    instanceOf: SettingsError,
    message: /was trained on \S+ with fingerprint [0-9a-f]{12}…, the data here has f{12}…/,
  });
});

test.serial('trial refuses evaluations that are none before it trains', async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'trial.json.txt');
  for (const [evaluations, message] of [
    [[{ kind: 'energie' }], /evaluations\.0\.kind/],
    [{ kind: 'energy' }, /evaluations: .*expected array/],
  ] as const) {
    writeFileSync(file, JSON.stringify({ experiment: { data: { name: 'shapes10' } }, evaluations }));
    const { code, stderr } = await sgsOn(folder)('trial', file);
    t.is(code, 1);
    t.regex(stderr, message);
  }
  t.is(openRuns(folder).list().records.length, 0);
});
