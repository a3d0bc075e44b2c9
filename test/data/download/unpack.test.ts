import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { unpack } from '../../../src/data/download/unpack.js';
import { DataError } from '../../../src/errors.js';
import { tarGz, zip, type ArchiveEntry } from '../../helpers/archives.js';
import { temporaryFolder } from '../../helpers/folder.js';

/** Unpacks an archive below a fresh folder; gives the folder around it, to see what came out beside it. */
async function unpacked(folder: string, name: string, archive: Buffer): Promise<string[]> {
  writeFileSync(join(folder, name), archive);
  const into = join(folder, 'into');
  mkdirSync(into);
  const names: string[] = [];
  await unpack(join(folder, name), into, (entry) => names.push(entry));
  return names;
}

const kinds = [
  ['a.tar.gz', tarGz],
  ['a.zip', zip],
] as const;

for (const [name, make] of kinds) {
  test(`${name}: files and folders come out as they went in`, async (t) => {
    const folder = temporaryFolder(t);
    const entries: ArchiveEntry[] = [
      { name: 'top/' },
      { name: 'top/one.bin', content: Uint8Array.of(0, 1, 255) },
      { name: 'top/deep/two.txt', content: 'two' },
      { name: 'top/..odd', content: 'not a way out' },
      { name: 'top/empty', content: '' },
    ];
    const names = await unpacked(folder, name, make(entries));
    t.deepEqual(
      names,
      entries.map((entry) => entry.name),
    );
    t.deepEqual([...readFileSync(join(folder, 'into/top/one.bin'))], [0, 1, 255]);
    t.is(readFileSync(join(folder, 'into/top/deep/two.txt'), 'utf8'), 'two');
    t.is(readFileSync(join(folder, 'into/top/..odd'), 'utf8'), 'not a way out');
    t.is(readFileSync(join(folder, 'into/top/empty'), 'utf8'), '');
  });

  const evil: [string, ArchiveEntry, RegExp][] = [
    ['a parent folder', { name: '../escaped', content: 'x' }, /\.\.\/escaped|invalid relative path/],
    [
      'a parent folder on the way',
      { name: 'top/../../escaped', content: 'x' },
      /escaped|invalid relative path/,
    ],
    ['an absolute path', { name: '/escaped', content: 'x' }, /absolute path/],
    ['a drive', { name: 'C:/escaped', content: 'x' }, /absolute path/],
    ['a symbolic link', { name: 'top/link', type: 'symlink', target: '/etc' }, /SymbolicLink|link or device/],
  ];
  for (const [what, entry, message] of evil)
    test(`${name}: ${what} is refused and nothing is written outside`, async (t) => {
      const folder = temporaryFolder(t);
      const archive = make([
        { name: 'top/good', content: 'good' },
        entry,
        { name: 'top/link/passwd', content: 'x' },
      ]);
      await t.throwsAsync(unpacked(folder, name, archive), { instanceOf: DataError, message });
      t.deepEqual(readdirSync(folder).sort(), [name, 'into']);
      t.deepEqual(readdirSync(join(folder, 'into')), ['top']);
      t.deepEqual(readdirSync(join(folder, 'into/top')), ['good']);
    });

  test(`${name}: a cut archive and one that is none are refused by name`, async (t) => {
    const archive = make([{ name: 'top/one', content: Buffer.alloc(5000, 7) }]);
    for (const bytes of [
      archive.subarray(0, archive.length - 30),
      Buffer.from('<html>not found</html>'),
      Buffer.alloc(0),
    ])
      await t.throwsAsync(unpacked(temporaryFolder(t), name, bytes), {
        instanceOf: DataError,
        message: new RegExp(`${name}: cannot be unpacked \\(.+\\); delete it and download it again`),
      });
  });
}

test('tar: hard links and devices are refused', async (t) => {
  for (const type of ['link', 'device'] as const)
    await t.throwsAsync(
      unpacked(
        temporaryFolder(t),
        'a.tar.gz',
        tarGz([{ name: 'x', type, target: type === 'link' ? '/etc/passwd' : '' }]),
      ),
      { instanceOf: DataError, message: /entry "x" is a (Link|CharacterDevice), expected files and folders/ },
    );
});

test('zip: a name with backslashes cannot lead out either, and no entry replaces another', async (t) => {
  await t.throwsAsync(unpacked(temporaryFolder(t), 'a.zip', zip([{ name: '..\\escaped', content: 'x' }])), {
    instanceOf: DataError,
  });
  const twice = [
    { name: 'x', content: '1' },
    { name: 'x', content: '2' },
  ];
  await t.throwsAsync(unpacked(temporaryFolder(t), 'a.zip', zip(twice)), {
    instanceOf: DataError,
    message: /EEXIST/,
  });
});
