import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { shapes10 } from '../src/data/shapes10.js';
import { SettingsError } from '../src/errors.js';
import { requireDataOf, requireOneDataset } from '../src/one-dataset.js';
import type { RunRecord } from '../src/record.js';
import { sampleRun } from './helpers/records.js';

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

test('requireDataOf: before a training, data that is not what the records were made on is refused', async (t) => {
  const run = sampleRun();
  const trial = { group: 'x', experiment: { ...run.experiment, seed: 9 }, evaluations: [] };
  const same = { ...run, data: { ...run.data, fingerprint: shapes10().fingerprint } };
  await t.notThrowsAsync(requireDataOf([trial], [same], { folder: 'data/runs' }));
  await t.notThrowsAsync(requireDataOf([trial], [], { folder: 'data/runs' }), 'nothing to mix with');
  await t.notThrowsAsync(requireDataOf([], [onOther(run)], { folder: 'data/runs' }), 'nothing to train');
  const error = await t.throwsAsync(requireDataOf([trial], [onOther(run)], { folder: 'data/runs' }), {
    instanceOf: SettingsError,
  });
  t.regex(
    error.message,
    /^shapes10 here has 4,000 training examples and is not what the runs in data\/runs were/,
  );
  t.regex(error.message, /1 on 45,000 training examples .*--runs <folder>.*--data-dir <folder>/);
});

test('requireDataOf: data that is not here is left to the training to report', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sgs-no-data-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const run = sampleRun({ settings: { data: { name: 'cifar10' } } });
  const trial = { group: 'x', experiment: { ...run.experiment, seed: 9 }, evaluations: [] };
  await t.notThrowsAsync(requireDataOf([trial], [run], { folder: 'data/runs', dataDir: folder }));
});
