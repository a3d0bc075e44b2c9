import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { downloadDataset, type DownloadProgress } from '../../../src/data/download/download.js';
import type { ArchiveSource } from '../../../src/data/download/sources.js';
import { DataError, SettingsError } from '../../../src/errors.js';
import { sha256 } from '../../../src/hash.js';
import { md5, tarGz, zip, type ArchiveEntry } from '../../helpers/archives.js';
import { fileServer, nobody } from '../../helpers/file-server.js';
import { temporaryFolder } from '../../helpers/folder.js';

const files = { 'data_batch_1.bin': 'the first batch', 'test_batch.bin': 'the test batch' };
const entries: ArchiveEntry[] = [
  { name: 'top/readme.html', content: 'read me' },
  ...Object.entries(files).map(([name, content]) => ({ name: `top/${name}`, content })),
];
const archive = tarGz(entries);

/** The source of an archive that lies at an address. */
const sourceOf = (
  base: string,
  bytes: Buffer = archive,
  more: Partial<ArchiveSource> = {},
): ArchiveSource => ({
  urls: [`${base}/set.tar.gz`],
  file: 'set.tar.gz',
  md5: md5(bytes),
  bytes: bytes.length,
  inside: 'top',
  folder: 'set',
  files: Object.entries(files).map(([name, content]) => ({ name, sha256: sha256(content) })),
  ...more,
});

test('a data set is downloaded, verified and installed; the second time nothing is fetched', async (t) => {
  const server = await fileServer(t, { files: { 'set.tar.gz': archive } });
  const folder = join(temporaryFolder(t), 'made');
  const stages: DownloadProgress[] = [];
  const options = {
    folder,
    archives: [sourceOf(server.url)],
    onProgress: (at: DownloadProgress) => stages.push(at),
  };
  const first = await downloadDataset('cifar10', options);
  t.deepEqual(first, { folders: [join(folder, 'set')], installed: ['set.tar.gz'], present: [] });
  t.deepEqual(readdirSync(folder), ['set'], 'no archive, part or temporary folder is left');
  t.deepEqual(readdirSync(join(folder, 'set')).sort(), ['data_batch_1.bin', 'readme.html', 'test_batch.bin']);
  t.deepEqual([...new Set(stages.map(({ stage }) => stage))], ['verify', 'download', 'unpack']);
  t.deepEqual(stages.filter(({ stage }) => stage === 'download').at(-1), {
    file: 'set.tar.gz',
    stage: 'download',
    done: archive.length,
    total: archive.length,
  });
  const second = await downloadDataset('cifar10', options);
  t.deepEqual(second.present, ['set.tar.gz']);
  t.is(server.requests.length, 1);
});

test('a mirror that is no address of the web is refused, also where all is there: SettingsError', async (t) => {
  for (const source of ['gopher://nowhere.invalid/', '/a/folder', 'nowhere.invalid', ''])
    await t.throwsAsync(downloadDataset('cifar10', { folder: temporaryFolder(t), archives: [], source }), {
      instanceOf: SettingsError,
      message: `source: expected the address of a mirror that begins with http:// or https://, got ${JSON.stringify(source)}`,
    });
});

test('missing files are added to a folder that is there; the ones in it stay', async (t) => {
  const server = await fileServer(t, { files: { 'set.tar.gz': archive } });
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'set'));
  writeFileSync(join(folder, 'set', 'test_batch.bin'), files['test_batch.bin']);
  writeFileSync(join(folder, 'set', 'readme.html'), 'my own notes');
  await downloadDataset('cifar10', { folder, archives: [sourceOf(server.url)] });
  t.is(readFileSync(join(folder, 'set', 'data_batch_1.bin'), 'utf8'), files['data_batch_1.bin']);
  t.is(readFileSync(join(folder, 'set', 'readme.html'), 'utf8'), 'my own notes');
});

test('a file that is not the official one is never replaced', async (t) => {
  const server = await fileServer(t, { files: { 'set.tar.gz': archive } });
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'set'));
  writeFileSync(join(folder, 'set', 'test_batch.bin'), 'a subset');
  await t.throwsAsync(downloadDataset('cifar10', { folder, archives: [sourceOf(server.url)] }), {
    instanceOf: DataError,
    message:
      /test_batch\.bin: expected SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}: damaged, or a part.*move .*set away/,
  });
  t.is(readFileSync(join(folder, 'set', 'test_batch.bin'), 'utf8'), 'a subset');
  t.is(server.requests.length, 0);
});

test('an archive put in place by hand is used without a network and kept; a wrong one is refused', async (t) => {
  const folder = temporaryFolder(t);
  const archives = [sourceOf(await nobody())];
  writeFileSync(join(folder, 'set.tar.gz'), archive);
  await downloadDataset('cifar10', { folder, archives });
  t.deepEqual(readdirSync(folder).sort(), ['set', 'set.tar.gz']);
  const other = temporaryFolder(t);
  writeFileSync(join(other, 'set.tar.gz'), 'something else');
  await t.throwsAsync(downloadDataset('cifar10', { folder: other, archives }), {
    instanceOf: DataError,
    message: /set\.tar\.gz: expected MD5 .*, found .*; delete it and run again/,
  });
});

test('offline: the error names the host and where to put the archive, and nothing is left behind', async (t) => {
  const folder = temporaryFolder(t);
  await t.throwsAsync(downloadDataset('cifar10', { folder, archives: [sourceOf(await nobody())] }), {
    instanceOf: DataError,
    message: new RegExp(
      `could not reach 127.0.0.1:.*put it there as ${join(folder, 'set.tar.gz')}.*--source`,
    ),
  });
  t.deepEqual(readdirSync(folder), []);
});

test('the second address is tried when the first one fails, and a mirror takes the place of both', async (t) => {
  const server = await fileServer(t, { files: { 'set.tar.gz': archive, 'mirror/set.tar.gz': archive } });
  const urls = [`${server.url}/gone`, `${server.url}/set.tar.gz`];
  await downloadDataset('cifar10', {
    folder: temporaryFolder(t),
    archives: [sourceOf('', archive, { urls })],
  });
  t.deepEqual(server.requests, ['gone whole', 'set.tar.gz whole']);
  const source = `${server.url}/mirror/`;
  await downloadDataset('cifar10', {
    folder: temporaryFolder(t),
    source,
    archives: [sourceOf(await nobody())],
  });
  t.is(server.requests.at(-1), 'mirror/set.tar.gz whole');
});

test('an archive that lacks files, or holds other ones, installs nothing', async (t) => {
  const lacking = tarGz(entries.slice(0, 2));
  const other = tarGz([...entries.slice(0, 2), { name: 'top/test_batch.bin', content: 'other' }]);
  for (const [bytes, message] of [
    [lacking, /holds 1 of the 2 expected files, not top.test_batch\.bin/],
    [other, /test_batch\.bin: expected SHA-256/],
  ] as const) {
    const folder = temporaryFolder(t);
    const server = await fileServer(t, { files: { 'set.tar.gz': bytes } });
    await t.throwsAsync(downloadDataset('cifar10', { folder, archives: [sourceOf(server.url, bytes)] }), {
      instanceOf: DataError,
      message,
    });
    t.false(existsSync(join(folder, 'set')));
    t.false(existsSync(join(folder, 'set.unpacking')));
  }
});

test('archives that try to write outside of their folder install nothing (tar and zip)', async (t) => {
  const evil = [...entries, { name: 'top/../../../escaped', content: 'x' }];
  for (const [file, bytes] of [
    ['set.tar.gz', tarGz(evil)],
    ['set.zip', zip(evil)],
  ] as const) {
    const around = temporaryFolder(t);
    const folder = join(around, 'data');
    const server = await fileServer(t, { files: { [file]: bytes } });
    const archives = [sourceOf('', bytes, { urls: [`${server.url}/${file}`], file })];
    await t.throwsAsync(downloadDataset('cifar10', { folder, archives }), {
      instanceOf: DataError,
      message: /escaped|relative/,
    });
    t.deepEqual(readdirSync(around), ['data']);
    t.deepEqual(readdirSync(folder), [file], 'only the archive, for a look at it');
  }
});

test('what a killed process left is cleared away, and several archives fill one data set', async (t) => {
  const classes = ['bird', 'cat'].map((name) => ({
    name,
    bytes: zip([{ name: `${name}/1.aedat`, content: name }]),
  }));
  const server = await fileServer(t, {
    files: Object.fromEntries(classes.map(({ name, bytes }) => [`${name}.zip`, bytes])),
  });
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'dvs/bird.unpacking/bird'), { recursive: true });
  writeFileSync(join(folder, 'dvs/bird.unpacking/bird/1.aedat'), 'half');
  const archives = classes.map(({ name, bytes }) =>
    sourceOf('', bytes, {
      urls: [`${server.url}/${name}.zip`],
      file: `${name}.zip`,
      inside: name,
      folder: `dvs/${name}`,
      files: [{ name: '1.aedat' }],
    }),
  );
  const { installed } = await downloadDataset('cifar10-dvs', { folder, archives });
  t.deepEqual(installed, ['bird.zip', 'cat.zip']);
  t.deepEqual(readdirSync(join(folder, 'dvs')), ['bird', 'cat']);
  t.is(readFileSync(join(folder, 'dvs/bird/1.aedat'), 'utf8'), 'bird');
});

test('a data set that is not there to download, a data folder that cannot be made, an abort before the start', async (t) => {
  const folder = temporaryFolder(t);
  await t.throwsAsync(downloadDataset('shapes10' as 'cifar10', { folder }), {
    instanceOf: SettingsError,
    message: /nothing to download for "shapes10"; choose one of cifar10, cifar100, cifar10-dvs/,
  });
  writeFileSync(join(folder, 'file'), '');
  await t.throwsAsync(downloadDataset('cifar10', { folder: join(folder, 'file', 'below') }), {
    instanceOf: DataError,
    message: /cannot be made \((EEXIST|ENOTDIR)\); choose another data folder/,
  });
  const reason = new Error('stopped');
  await t.throwsAsync(downloadDataset('cifar10', { folder, signal: AbortSignal.abort(reason) }), {
    is: reason,
  });
});

test('folders that must hold so many files: verified, and filled up where some are missing; the others stay', async (t) => {
  const digits: ArchiveEntry[] = ['0/00002.bin', '0/00004.bin', '1/00001.bin'].map((name) => ({
    name: `Train/${name}`,
    content: name,
  }));
  const bytes = zip(digits);
  const server = await fileServer(t, { files: { 'Train.zip': bytes } });
  const folder = temporaryFolder(t);
  const archive = sourceOf('', bytes, {
    urls: [`${server.url}/Train.zip`],
    ...{ file: 'Train.zip', inside: 'Train', folder: 'N-MNIST/Train' },
    files: [
      { name: '0', holds: 2 },
      { name: '1', holds: 1 },
    ],
  });
  const own = join(folder, 'N-MNIST', 'Train', '0', '00002.bin');
  mkdirSync(join(folder, 'N-MNIST', 'Train', '0'), { recursive: true });
  writeFileSync(own, 'mine');
  t.deepEqual((await downloadDataset('nmnist', { folder, archives: [archive] })).installed, ['Train.zip']);
  t.deepEqual(readdirSync(join(folder, 'N-MNIST', 'Train', '0')).sort(), ['00002.bin', '00004.bin']);
  t.is(readFileSync(own, 'utf8'), 'mine');
  t.is(readFileSync(join(folder, 'N-MNIST', 'Train', '1', '00001.bin'), 'utf8'), '1/00001.bin');
  t.deepEqual((await downloadDataset('nmnist', { folder, archives: [archive] })).present, ['Train.zip']);
  const more = { ...archive, files: [{ name: '0', holds: 3 }] };
  await t.throwsAsync(downloadDataset('nmnist', { folder, archives: [more] }), {
    instanceOf: DataError,
    message: /holds 0 of the 1 expected files, not Train.0/,
  });
  const file = { ...archive, files: [{ name: '1/00001.bin', holds: 1 }] };
  await t.throwsAsync(downloadDataset('nmnist', { folder, archives: [file] }), {
    instanceOf: DataError,
    message: /00001\.bin: expected a folder, found something else/,
  });
});
