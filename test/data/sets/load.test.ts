// Every data set by its name, from where it is or is made.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { DOWNLOADABLE } from '../../../src/data/sets/index.js';
import * as browser from '../../../src/data/sets/browser/load.js';
import { loadDataset } from '../../../src/data/sets/load.js';
import { DataError, SettingsError, UnsupportedError } from '../../../src/errors.js';
import { cifarFile } from '../../helpers/cifar.js';
import { testWithData } from '../../helpers/needs.js';

test('loadDataset: the embedded images need nothing', async (t) => {
  const { name, kind, shape, classes } = await loadDataset({ name: 'shapes10' });
  t.deepEqual([name, kind, shape, classes.length], ['shapes10', 'images', [32, 32, 3], 10]);
});

test('loadDataset: data that is not there is an error that names the folder and the command', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'sgs-load-'));
  try {
    for (const name of DOWNLOADABLE) {
      const error = await t.throwsAsync(() => loadDataset({ name }, { root }), { instanceOf: DataError });
      t.regex(error.message, new RegExp(`sgs data ${name}`));
      t.true(error.message.includes(root), error.message);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

testWithData('cifar-10-batches-bin/data_batch_1.bin', 'cifar-10-batches-bin/test_batch.bin')(
  'loadDataset: real CIFAR-10',
  async (t) => {
    const { test: part, description } = await loadDataset({ name: 'cifar10' });
    t.is(part.count, 10_000);
    t.regex(description, /of 50,000 training images/);
  },
);

test('loadDataset: a fingerprint chooses among the files of CIFAR-10', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'sgs-load-'));
  t.teardown(() => rmSync(root, { recursive: true }));
  for (const file of ['data_batch_1.bin', 'test_batch.bin'])
    writeFileSync(join(root, file), cifarFile('cifar10', 2));
  const { fingerprint } = await loadDataset({ name: 'cifar10' }, { root });
  writeFileSync(join(root, 'data_batch_2.bin'), cifarFile('cifar10', 3));
  t.is((await loadDataset({ name: 'cifar10' }, { root })).train.count, 5);
  t.is((await loadDataset({ name: 'cifar10' }, { root, fingerprint })).train.count, 2);
});

test('loadDataset: event settings for images are refused', async (t) => {
  for (const setting of [{ pipeline: 'tet' }, { split: 'first-900' }])
    for (const name of ['shapes10', 'cifar10', 'cifar100'] as const)
      await t.throwsAsync(loadDataset({ name, ...setting }), {
        instanceOf: SettingsError,
        message: new RegExp(
          `data\\.${Object.keys(setting)[0]}: .* is for event data, ${name} are images; leave it out`,
        ),
      });
});

test('in a page: shapes10 is drawn, with its fingerprint; what needs files is refused', async (t) => {
  const name = 'shapes10';
  const [there, here] = [await loadDataset({ name }), await browser.loadDataset({ name })];
  t.is(here.fingerprint, there.fingerprint);
  t.true(browser.isLoadable(here.fingerprint));
  t.false(browser.isLoadable('0'.repeat(64)));
  for (const data of [{ name: 'cifar10' }, { name: 'mine', path: 'a.npz' }])
    await t.throwsAsync(browser.loadDataset(data), {
      instanceOf: UnsupportedError,
      message: /a page reads no files/,
    });
  await t.throwsAsync(browser.loadDataset({ name: 'shapes11' }), { instanceOf: SettingsError });
});
