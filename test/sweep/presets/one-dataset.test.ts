import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readCifar } from '../../../src/data/sets/cifar.js';
import { cifar10Form } from '../../../src/data/sets/cifar10.js';
import { SettingsError } from '../../../src/errors.js';
import { requireDataOf, requireOneDataset } from '../../../src/sweep/presets/one-dataset.js';
import type { RunRecord } from '../../../src/records/record.js';
import { sampleRun } from '../../helpers/records.js';

/** A run on other data of the same name. */
const onOther = (run: RunRecord): RunRecord => ({
  ...run,
  id: `run-${'0'.repeat(16)}`,
  data: { ...run.data, fingerprint: 'f'.repeat(64), split: { ...run.data.split, train: 45_000 } },
});

test('requireOneDataset: the same settings on different data are refused, with both sorts named', (t) => {
  const runs = [sampleRun({ settings: { seed: 1 } }), sampleRun({ settings: { seed: 2 } })];
  t.notThrows(() => requireOneDataset(runs, 'data/runs'));
  const error = t.throws(() => requireOneDataset([...runs, onOther(runs[0])], 'data/runs'), {
    instanceOf: SettingsError,
  });
  t.is(
    error.message,
    `data/runs has runs on different shapes10 data: 2 on 100 training examples (such as ${runs[0].id}), ` +
      `1 on 45,000 training examples (such as run-${'0'.repeat(16)}); a mean over them would mix both: move those of one sort to another folder`,
  );
});

test('requireOneDataset: other data settings may have other data', (t) => {
  const run = sampleRun();
  const other = onOther(sampleRun({ settings: { data: { name: 'cifar10' } } }));
  t.notThrows(() => requireOneDataset([run, other], 'data/runs'));
});

/** A data folder with a CIFAR-10 of two training images and one for tests. */
function smallCifar(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'sgs-one-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const place = join(folder, 'cifar-10-batches-bin');
  mkdirSync(place);
  writeFileSync(join(place, 'data_batch_1.bin'), new Uint8Array(2 * 3073));
  writeFileSync(join(place, 'test_batch.bin'), new Uint8Array(3073));
  return folder;
}
const cifar = sampleRun({ settings: { data: { name: 'cifar10' } } });
const trial = { group: 'x', experiment: { ...cifar.experiment, seed: 9 }, evaluations: [] };

test('requireDataOf: before a training, data that is not what the records were made on is refused', async (t) => {
  const here = { folder: 'data/runs', dataDir: smallCifar(t) };
  const { fingerprint } = readCifar(here.dataDir, cifar10Form);
  const same = { ...cifar, data: { ...cifar.data, fingerprint } };
  await t.notThrowsAsync(requireDataOf([trial], [same], here));
  await t.notThrowsAsync(requireDataOf([trial], [], here), 'nothing to mix with');
  await t.notThrowsAsync(requireDataOf([], [onOther(cifar)], here), 'nothing to train');
  const error = await t.throwsAsync(requireDataOf([trial], [onOther(cifar)], here), {
    instanceOf: SettingsError,
  });
  t.regex(error.message, /^cifar10 here has 2 training examples and is not what the runs in data\/runs were/);
  t.regex(error.message, /1 on 45,000 training examples .*--runs <folder>.*--data-dir <folder>/);
});

test('requireDataOf: a trial that means a part of the data that is here gets that part', async (t) => {
  const dataDir = smallCifar(t);
  const { fingerprint } = readCifar(dataDir, cifar10Form);
  writeFileSync(join(dataDir, 'cifar-10-batches-bin', 'data_batch_2.bin'), new Uint8Array(3073));
  const there = [{ ...cifar, data: { ...cifar.data, fingerprint } }];
  const here = { folder: 'data/runs', dataDir };
  await t.notThrowsAsync(requireDataOf([{ ...trial, fingerprint }], there, here));
  await t.throwsAsync(requireDataOf([trial], there, here), {
    message: /^cifar10 here has 3 training examples/,
  });
});

test('requireDataOf: data that is not here is left to the training to report', async (t) => {
  const dataDir = join(smallCifar(t), 'elsewhere');
  await t.notThrowsAsync(requireDataOf([trial], [cifar], { folder: 'data/runs', dataDir }));
});
